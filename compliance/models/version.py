"""The versions of a requirement: what it asks of whom, from which day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from compliance.models.requirement import Requirement

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

MOST_GRACE_DAYS = 730


class RequirementVersionQuerySet(models.QuerySet["RequirementVersion"]):
    """Words about versions."""

    def known(self, before: datetime | None) -> Self:
        """Return those recorded before that moment; all without one."""
        return self if before is None else self.filter(recorded_at__lt=before)


class RequirementVersion(models.Model):
    """How a requirement reads from `effective_from` on, until a later version. Append-only.

    A version replaces all that was planned for its days: the one recorded last wins. The time
    somebody has is told by the version in force on the day their duty began.
    """

    class Audience(models.TextChoices):
        POSTS = "posts", "Everybody who holds one of these posts"
        STAFF = "staff", "All staff"
        EVERYONE = "everyone", "Every member"
        NAMED = "named", "Only people named by hand"

    class Anchor(models.TextChoices):
        START = "start", "From the day the post, or this requirement, began"
        FIXED = "fixed", "Everybody by the same day"
        SIGN_IN = "sign-in", "From the day the person first signs in"

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField(
        "from", help_text="Nobody has to do it before this day, or not in this way."
    )
    is_withdrawn = models.BooleanField(default=False)
    audience = models.CharField(
        "who must do it", max_length=10, choices=Audience, default=Audience.POSTS
    )
    post_kinds = models.ManyToManyField(
        "members.PostKind", related_name="+", verbose_name="which posts", blank=True
    )
    unit = models.ForeignKey(
        "members.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="where",
        help_text="This unit and all units below it. Empty means the whole party.",
    )
    courses = models.ManyToManyField(
        "courses.CoursePage",
        related_name="+",
        verbose_name="what they must complete",
        help_text="If you choose several, any one of them is enough.",
    )
    must_renew = models.BooleanField(
        "it must be renewed",
        default=False,
        help_text="Then no course that counts for good will do.",
    )
    anchor = models.CharField(
        "time is counted", max_length=10, choices=Anchor, default=Anchor.START
    )
    fixed_on = models.DateField("the day for everybody", null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(
        "days to do it",
        default=30,
        validators=[MaxValueValidator(MOST_GRACE_DAYS)],
        help_text="Counted from the day the post began, or from the day above if that is later.",
    )
    reminders = models.JSONField(
        default=list, blank=True, help_text="Codes of the mails that are sent; see `plan`."
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")

    objects = RequirementVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(grace_days__lte=MOST_GRACE_DAYS), name="version_grace_days"
            ),
            models.CheckConstraint(
                condition=~Q(anchor="fixed") | Q(fixed_on__isnull=False),
                name="version_fixed_day_is_given",
            ),
        ]
        ordering = ["requirement", "number"]

    def __str__(self) -> str:
        return f"{self.requirement}, version {self.number}"

    @property
    def path(self) -> str:
        """The tree path of the unit it is for; empty for the whole party."""
        return self.unit.path if self.unit else ""
