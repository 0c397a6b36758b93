"""What one person needs to have the same chance as everybody else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Adjustment(models.Model):
    """Extra attempts and extra time at one quiz for one person. The reason is nobody's business."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="adjustments")
    quiz = models.ForeignKey("quizzes.Quiz", models.CASCADE, related_name="adjustments")
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    extra_time = models.PositiveSmallIntegerField(
        "extra time (%)", default=0, help_text="25 gives a quarter more; 100 twice the time."
    )
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["member", "quiz"], name="adjustment_once"),
            models.CheckConstraint(
                condition=Q(extra_attempts__gt=0) | Q(extra_time__gt=0),
                name="adjustment_gives_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} at {self.quiz}"
