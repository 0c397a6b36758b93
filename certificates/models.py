"""The certificate: proof of one completion, with the facts as they were on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from certificates import codes
from members.dates import today

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models import Member


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Words about certificates."""

    def visible_to(self, viewer: Member) -> Self:
        """Return the viewer's own. Others check a certificate by its code."""
        return self.filter(completion__member=viewer)

    def standing(self) -> Self:
        """Return the certificates that were not revoked."""
        return self.filter(revoked_at=None)

    def with_newer(self) -> Self:
        """Say of each, as `has_newer`, whether a later one for the same course stands."""
        later = Certificate.objects.standing().filter(
            completion__member=OuterRef("completion__member"),
            completion__course=OuterRef("completion__course"),
            pk__gt=OuterRef("pk"),
        )
        return self.annotate(has_newer=Exists(later))


class Certificate(models.Model):
    """Proof that a person completed a course. The database refuses changes to its facts.

    Only sharing and revocation ever change. That a newer one has taken its place is derived.
    """

    class Status(models.TextChoices):
        VALID = "valid", "Valid"
        EXPIRED = "expired", "Expired"
        REVOKED = "revoked", "No longer valid"

    class Reason(models.TextChoices):
        MISTAKE = "mistake", "Awarded by mistake"
        OTHER_PERSON = "other-person", "The course was done by somebody else"
        WRONG_FACTS = "wrong-facts", "A fact on it is wrong"
        REQUEST = "request", "The holder asked for it"

    completion = models.OneToOneField(
        "courses.Completion", models.PROTECT, related_name="certificate"
    )
    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=codes.LENGTH, unique=True)
    holder_name = models.CharField("holder", max_length=161)
    holder_surname = models.CharField(
        max_length=400, help_text="Folded (codes.folded), to compare with what a checker types."
    )
    course_title = models.CharField("course", max_length=255)
    edition = models.CharField(max_length=20, blank=True)
    completed_on = models.DateField("completed")
    valid_to = models.DateField("valid until", null=True, blank=True)
    issuer = models.CharField("issued by", max_length=80)
    language = models.CharField(max_length=10)
    issued_at = models.DateTimeField("issued", default=timezone.now)
    is_shared = models.BooleanField("others may check it", default=False)
    revoked_at = models.DateTimeField("revoked", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="revoked by",
    )
    revoked_reason = models.CharField(
        "reason", max_length=20, choices=Reason, blank=True, help_text="Never shown to checkers."
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
                name="certificate_revoked_with_reason",
            )
        ]
        default_permissions = ("view",)
        permissions = [("revoke_certificate", "Can revoke certificates")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Certificate {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:detail", args=[self.pk])

    @property
    def shown_code(self) -> str:
        """The code as it is printed."""
        return codes.shown(self.code)

    @property
    def status(self) -> Certificate.Status:
        """How it stands today. The day printed as `valid until` is still valid."""
        return self.status_on(today())

    def status_on(self, day: date) -> Certificate.Status:
        """Return how it stands on `day`."""
        if self.revoked_at:
            return self.Status.REVOKED
        if self.valid_to and self.valid_to < day:
            return self.Status.EXPIRED
        return self.Status.VALID
