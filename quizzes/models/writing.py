"""What people wrote, sealed; and how a person marked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from members.sealing import seal, unseal

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models import Member


class WritingQuerySet(models.QuerySet["Writing"]):
    """Words about what was written."""

    def waiting(self) -> Self:
        """Return the essays that are submitted and not marked yet, the oldest first."""
        waiting = self.filter(
            answer__sitting__submitted_at__isnull=False,
            answer__sitting__marked_at=None,
            answer__mark=None,
        )
        return waiting.order_by("answer__sitting__submitted_at", "pk")

    def readable_by(self, marker: Member) -> Self:
        """Return what this marker took to mark: nobody else's text is opened."""
        return self.filter(marker=marker)

    def to_forget(self, on: date) -> Self:
        """Return what is marked and no longer kept on this day."""
        return self.filter(delete_after__lt=on)

    def left_since(self, day: date) -> Self:
        """Return what was written before this day and never handed in."""
        left = self.filter(answer__sitting__submitted_at=None)
        return left.filter(answer__answered_at__date__lt=day)


class Writing(models.Model):
    """What was written for one answer. It is sealed, and deleted 90 days after marking."""

    answer = models.OneToOneField("quizzes.Answer", models.CASCADE, related_name="writing")
    sealed = models.TextField()
    marker = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, related_name="writings_to_mark"
    )
    taken_at = models.DateTimeField(null=True)
    delete_after = models.DateField(null=True, help_text="The last day it is kept.")

    objects = WritingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(marker=None, taken_at=None)
                | Q(marker__isnull=False, taken_at__isnull=False),
                name="writing_taken_by_somebody",
            )
        ]
        permissions = [("mark_essays", "Can mark essays")]

    def __str__(self) -> str:
        return f"What was written for answer {self.answer_id}"

    @property
    def text(self) -> str:
        return unseal(self.sealed)

    @text.setter
    def text(self, value: str) -> None:
        self.sealed = seal(value)


class EssayMark(models.Model):
    """One mark a person gave. The latest counts; earlier ones stay."""

    answer = models.ForeignKey("quizzes.Answer", models.CASCADE, related_name="essay_marks")
    mark = models.PositiveSmallIntegerField(help_text="Per cent.")
    comment = models.TextField(blank=True)
    marked_by = models.ForeignKey("members.Member", models.PROTECT, related_name="essay_marks")
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mark__lte=100), name="essay_mark_in_per_cent")
        ]

    def __str__(self) -> str:
        return f"{self.mark}% by {self.marked_by}"
