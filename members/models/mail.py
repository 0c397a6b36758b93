"""The outbox: every mail the site sends to a member, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.waking import next_waking_moment

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from members.models.member import Member

# Whoever took a mail and has not reported back after so long is taken for dead.
CLAIM_LASTS = timedelta(minutes=10)
UNSETTLED = Q(sent_at=None, failed_at=None)


class MailQuerySet(models.QuerySet["Mail"]):
    """Words about mails."""

    def unsettled(self) -> Self:
        """Return what is neither sent nor given up."""
        return self.filter(UNSETTLED)

    def due(self, *, at: datetime | None = None) -> Self:
        """Return what may be sent at that moment (now): unsettled, in no hands, nobody asleep."""
        now = at or timezone.now()
        free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS)
        awake = Q() if next_waking_moment(now) == now else Q(quiet=False)
        return self.unsettled().filter(free, awake, not_before__lte=now)

    def bounced(self) -> Self:
        """Return what did not reach its reader: refused, given up, or sent back later."""
        return self.exclude(failed_at=None)

    def unreached(self) -> Self:
        """Return what bounced, if no later mail has reached the same person since."""
        reached = Mail.objects.filter(failed_at=None, sent_at__gt=models.OuterRef("failed_at"))
        since = reached.filter(member=models.OuterRef("member"))
        return self.bounced().filter(~models.Exists(since))

    def visible_to(self, viewer: Member) -> Self:
        """Return the mails `viewer` may read: their own, whatever their office."""
        return self.filter(member=viewer)


class Mail(models.Model):
    """One mail to one member. Its key says what it is about, so it is posted once for ever."""

    key = models.CharField(max_length=200, unique=True)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="mails")
    kind = models.SlugField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="An iCalendar file that goes with it.")
    quiet = models.BooleanField(default=True)
    optional = models.BooleanField(default=False)  # its reader may switch its kind off
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)
    error = models.CharField(max_length=200, blank=True, editable=False)
    message_id = models.CharField(max_length=330, unique=True, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at=None) | ~Q(error=""), name="mail_failure_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=UNSETTLED, name="mail_unsettled"),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
