"""What first attempts tell about a question, as it was last worked out."""

from __future__ import annotations

from django.db import models


class QuestionStatistic(models.Model):
    """A question's figures over all quizzes, for lists and filters. Worked out anew each night."""

    question = models.OneToOneField("quizzes.Question", models.CASCADE, related_name="statistic")
    answers = models.PositiveIntegerField(help_text="First attempts that were asked it.")
    facility = models.FloatField(help_text="Mean mark, from 0 to 1.")
    discrimination = models.FloatField(null=True, help_text="From -1 to 1: best less weakest.")
    flags = models.JSONField(default=list, help_text="What looks wrong, by name.")
    measured_at = models.DateTimeField()

    class Meta:
        ordering = ["question"]

    def __str__(self) -> str:
        return f"{self.question}: {self.facility:.0%}"
