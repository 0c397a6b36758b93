"""The types of questions. What a type asks of its author and its learner hangs on its name."""

from __future__ import annotations

from django.db import models

MOST_POINTS = 10
MOST_ANSWER = 1_000  # characters


class Kind(models.TextChoices):
    """The types of questions."""

    SINGLE = "single", "Single choice"
    MULTIPLE = "multiple", "Multiple choice"
    TRUE_FALSE = "true_false", "True or false"
    MATCHING = "matching", "Matching"
    ORDERING = "ordering", "Putting in order"
    NUMERIC = "numeric", "A number"
    SHORT_TEXT = "short_text", "Short text"
    SCENARIO = "scenario", "Scenario with several steps"
    ESSAY = "essay", "Essay, marked by a person"


ONE_OF = frozenset({Kind.SINGLE, Kind.TRUE_FALSE})
CHOICES = ONE_OF | {Kind.MULTIPLE}
NO_STEPS_OF = frozenset({Kind.SCENARIO, Kind.ESSAY})  # what cannot be a step of a scenario
TYPED = frozenset({Kind.SHORT_TEXT, Kind.ESSAY})  # where people write: see quizzes.writing
