"""What people think of training: counted, never written down with a name or a time.

Nobody's answers are kept as a row of their own: an answer adds one to a count. That somebody
answered is kept apart, for as long as they could answer again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Tally(models.Model):
    """How many people gave one answer to one question about one thing."""

    class Moment(models.TextChoices):
        BEFORE = "before", "Before"
        AFTER = "after", "After"

    about = models.CharField(max_length=40, help_text="What it is about, such as session:12.")
    moment = models.CharField(max_length=6, choices=Moment)
    question = models.SlugField(max_length=30)
    answer = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    # What may be shown: brought up to date each time five more people have answered, so that
    # nobody who looks before and after an answer can tell whose it was.
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "moment", "question", "answer"], name="tally_once"
            ),
            models.CheckConstraint(condition=Q(shown__lte=F("count")), name="tally_shows_no_more"),
        ]

    def __str__(self) -> str:
        return f"{self.about}, {self.question}: {self.answer}"


class Given(models.Model):
    """That somebody has answered, not what. Deleted when they can no longer answer."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="+")
    about = models.CharField(max_length=40)
    moment = models.CharField(max_length=6, choices=Tally.Moment)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "about", "moment"], name="given_once")
        ]

    def __str__(self) -> str:
        return f"Somebody about {self.about}"
