"""Organisations for tests; traits are states of the world."""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from support.models import Audience, SupportOrganisation


class AudienceFactory(DjangoModelFactory):
    class Meta:
        model = Audience
        django_get_or_create = ("slug",)

    slug = "women"
    name = factory.LazyAttribute(lambda audience: audience.slug.capitalize())


class SupportOrganisationFactory(DjangoModelFactory):
    class Meta:
        model = SupportOrganisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Helpline {n}")
    who_for = "Anybody"
    phone = "0800 000 000"
    web = "https://helpline.example"
    in_england = True
    is_confirmed = True

    class Params:
        checked = factory.Trait(last_checked=dt.date(2026, 11, 3), review_by=dt.date(2099, 1, 1))
        hidden = factory.Trait(is_listed=False)
        unconfirmed = factory.Trait(is_confirmed=False)

    @factory.post_generation
    def audiences(self, create: bool, slugs: list[str] | None, **kwargs: object) -> None:
        for slug in slugs or []:
            self.audiences.add(AudienceFactory(slug=slug))
