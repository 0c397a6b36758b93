"""Certificates for tests; traits are states of the world."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from certificates import actions
from certificates.models import Certificate
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.members.factories import MemberFactory


class CertificateFactory(DjangoModelFactory):
    """A certificate awarded the way the site does it. `holder` and `course` may be given."""

    class Meta:
        model = Certificate

    class Params:
        shared = factory.Trait(is_shared=True)
        revoked = factory.Trait(
            revoked_at=factory.LazyFunction(timezone.now),
            revoked_by=factory.SubFactory(MemberFactory),
            revoked_reason=Certificate.Reason.MISTAKE,
        )
        expired = factory.Trait(completion__expired=True)

    completion = factory.SubFactory(
        CompletionFactory, course=factory.SubFactory(CourseFactory, modules=0)
    )

    @classmethod
    def _create(cls, model_class: type[Certificate], *args: Any, **fields: Any) -> Certificate:
        certificate = actions.award(completion=fields.pop("completion"))
        assert certificate
        for name, value in fields.items():
            setattr(certificate, name, value)
        certificate.save(update_fields=list(fields) or None)
        return certificate
