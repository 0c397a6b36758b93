"""What is required of whom. A duty is never a row: see `compliance.duties`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

MOST_GRACE_DAYS = 730


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Words about requirements."""

    def in_force(self, *, on: date) -> Self:
        """Return those that oblige people on that day. The day one is archived is not in it."""
        kept = Q(archived_at=None) | Q(archived_at__date__gt=on)
        return self.filter(kept, applies_from__lte=on)

    def kept(self) -> Self:
        """Return those that nobody archived."""
        return self.filter(archived_at=None)


class Requirement(models.Model):
    """Everyone who holds one of these posts, in this unit or below, must hold one of these courses.

    How long a completion counts, and so how often it is renewed, is set on the course.
    """

    title = models.CharField(
        "name", max_length=120, help_text="For example: Safeguarding for people in post."
    )
    reason = models.TextField(
        "why",
        max_length=600,
        help_text="People who must do it read this. One or two sentences.",
    )
    courses = models.ManyToManyField(
        "courses.CoursePage",
        related_name="requirements",
        verbose_name="what they must complete",
        help_text="If you choose several, any one of them is enough.",
    )
    post_kinds = models.ManyToManyField(
        "members.PostKind", related_name="requirements", verbose_name="who must do it"
    )
    unit = models.ForeignKey(
        "members.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requirements",
        verbose_name="where",
        help_text="This unit and all units below it. Empty means the whole party.",
    )
    applies_from = models.DateField("from", help_text="Nobody has to do it before this day.")
    grace_days = models.PositiveSmallIntegerField(
        "days to do it",
        default=30,
        validators=[MaxValueValidator(MOST_GRACE_DAYS)],
        help_text="Counted from the day the post began, or from the day above if that is later.",
    )
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                condition=Q(archived_at=None),
                name="requirement_title_once",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="requirement_has_a_title"),
            models.CheckConstraint(
                condition=Q(grace_days__lte=MOST_GRACE_DAYS), name="requirement_grace_days"
            ),
        ]
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
