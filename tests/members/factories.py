"""People, units and posts for tests; traits are states of the world."""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from members.models import Member, PostKind, Tenure, Unit


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member
        skip_postgeneration_save = True

    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")
    email = factory.Sequence(lambda n: f"member{n}@example.org")
    membership_number = factory.Sequence(lambda n: f"{n:06}")

    class Params:
        without_email = factory.Trait(email=None)
        under_18 = factory.Trait(is_under_18=True)
        administrator = factory.Trait(is_superuser=True)


class UnitFactory(DjangoModelFactory):
    """A unit under `parent`; without a parent a root (the party)."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Unit {n}")
    code = factory.Sequence(lambda n: f"U{n}")
    kind = Unit.Kind.CLP

    class Params:
        party = factory.Trait(kind=Unit.Kind.PARTY)
        region = factory.Trait(kind=Unit.Kind.REGION)
        branch = factory.Trait(kind=Unit.Kind.BRANCH)

    @classmethod
    def _create(cls, model_class: type[Unit], *args: object, **fields: object) -> Unit:
        parent = fields.pop("parent", None)
        if parent is None:
            return model_class.add_root(**fields)
        # Re-read: treebeard keeps the number of children on the parent object.
        return Unit.objects.get(pk=parent.pk).add_child(**fields)


class PostKindFactory(DjangoModelFactory):
    class Meta:
        model = PostKind
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"post-{n}")
    name = factory.LazyAttribute(lambda kind: kind.code.replace("-", " ").capitalize())
    group = PostKind.Group.VOLUNTEER

    class Params:
        chair = factory.Trait(code="clp-chair", name="CLP chair", oversight="unit")
        councillor = factory.Trait(code="councillor", name="Councillor", group="elected")
        figures = factory.Trait(
            code="nec-member", name="NEC member", group="panel", oversight="figures"
        )
        regional = factory.Trait(
            code="regional-officer", name="Regional officer", group="staff", oversight="unit"
        )
        national = factory.Trait(
            code="national-officer", name="National officer", group="staff", oversight="unit"
        )


class TenureFactory(DjangoModelFactory):
    class Meta:
        model = Tenure

    member = factory.SubFactory(MemberFactory)
    post_kind = factory.SubFactory(PostKindFactory)
    unit = factory.SubFactory(UnitFactory)
    started_on = dt.date(2025, 1, 1)

    class Params:
        chair = factory.Trait(post_kind=factory.SubFactory(PostKindFactory, chair=True))
        councillor = factory.Trait(post_kind=factory.SubFactory(PostKindFactory, councillor=True))
        ended = factory.Trait(ended_on=dt.date(2025, 6, 1))
