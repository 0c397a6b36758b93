"""The ledger of reminders: who was told what about which duty, and when. Append-only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.dates import end_of

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

REST_DAYS = 14  # an officer's reminder is followed by no other for so long


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Words about reminders."""

    def by_officers(self) -> Self:
        """Return those that an officer sent, not the plan."""
        return self.exclude(sent_by=None)

    def resting(self, *, on: date) -> Self:
        """Return the officers' reminders after which, on that day, none may be sent yet."""
        return self.by_officers().filter(recorded_at__gte=end_of(on - timedelta(days=REST_DAYS)))


class Reminder(models.Model):
    """One reminder of one duty. Those that one mail told share it.

    `cycle` is the last day of the training that is to be renewed, else the day the duty began.
    Without a mail the person had no address: it was noted, and nobody was told.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="reminders")
    requirement = models.ForeignKey(
        "compliance.Requirement", models.PROTECT, related_name="reminders"
    )
    cycle = models.DateField()
    code = models.CharField(max_length=20)  # of `plan`, or an officer's with its day
    sent_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")
    sent_as = models.CharField(max_length=200, blank=True)  # CLP chair of Barry CLP
    mail = models.ForeignKey("members.Mail", models.PROTECT, null=True, related_name="reminders")
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "requirement", "cycle", "code"], name="reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None, sent_as="") | Q(sent_by__isnull=False) & ~Q(sent_as=""),
                name="reminder_by_an_officer_says_who",
            ),
        ]
        default_permissions = ("view",)
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.member}"
