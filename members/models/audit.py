"""The audit trail: who did, or looked at, what of whom. Appended, chained, never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from typing import Self

    from members.models.member import Member

GENESIS = "0" * 64


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Words about the trail."""

    def about(self, member: Member) -> Self:
        """Return the events in which somebody else dealt with this member's record."""
        return self.filter(subjects=member).exclude(actor=member)


class AuditEvent(models.Model):
    """One act. Each row carries the hash of the row before, so a change anywhere shows.

    The unique `previous_hash` makes the chain one line: two writers cannot both follow one row.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, related_name="acts", verbose_name="who"
    )
    action = models.CharField("what", max_length=60)
    unit = models.ForeignKey(
        "members.Unit", models.PROTECT, null=True, related_name="+", verbose_name="where"
    )
    subjects = models.ManyToManyField(
        "members.Member", through="members.AuditSubject", related_name="+", verbose_name="whom"
    )
    subject_ids = models.JSONField(default=list, editable=False)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    @property
    def subject_names(self) -> str:
        """Whom it is about, as a line of names."""
        return ", ".join(str(member) for member in self.subjects.all())

    @property
    def detail_words(self) -> str:
        """The details as a line of words."""
        return "; ".join(
            f"{key}: {_in_words(value)}" for key, value in self.detail.items() if value
        )

    def fingerprint(self) -> str:
        """Return the hash this row must carry: over the row before and all it says itself."""
        facts = [
            self.previous_hash,
            self.at.astimezone(UTC).isoformat(),
            self.actor_id,
            self.action,
            self.unit_id,
            self.subject_ids,
            self.detail,
        ]
        text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _in_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class AuditSubject(models.Model):
    """A person an event is about: what lets people see the views of their own record."""

    event = models.ForeignKey(AuditEvent, models.PROTECT, related_name="+")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "event"], name="audit_subject_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.event_id}"
