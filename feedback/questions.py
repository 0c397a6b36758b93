"""What is asked, as data. Every question is closed: an answer can be counted.

Answers are numbered from 1 in the order they stand here. Never change what a number means: numbers
are what is kept. Write a new question under a new name in place of that.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedback.models import Tally


@dataclass(frozen=True)
class Question:
    """One question; `slug` is its name in the database."""

    slug: str
    words: str
    advice: str  # to who has left it out
    answers: tuple[str, ...]  # the first is 1

    @property
    def choices(self) -> list[tuple[int, str]]:
        return list(enumerate(self.answers, start=1))


CONFIDENCE = Question(
    "confidence",
    "How confident are you that you would know what to do if somebody told you about abuse or "
    "harassment?",
    "Choose how confident you are",
    (
        "Not confident at all",
        "Not very confident",
        "In between",
        "Confident",
        "Very confident",
    ),
)
CONFIDENT = (4, 5)  # the answers of somebody who is confident

USEFUL = Question(
    "useful",
    "Was it useful to you?",
    "Choose how useful it was",
    ("Not useful", "A little useful", "Useful", "Very useful"),
)
PACE = Question(
    "pace",
    "How was the pace?",
    "Choose how the pace was",
    ("Too slow", "About right", "Too fast"),
)
ACCESS = Question(
    "access",
    "Could you take part in the way you needed to?",
    "Choose whether you could take part in the way you needed to",
    ("Yes", "In part", "No"),
)
RECOMMEND = Question(
    "recommend",
    "Would you recommend it to somebody in your party?",
    "Choose whether you would recommend it",
    ("Yes", "Perhaps", "No"),
)

# Both begin with the same question: side by side the answers say what the training changed.
QUESTIONS = {
    Tally.Moment.BEFORE.value: (CONFIDENCE,),
    Tally.Moment.AFTER.value: (CONFIDENCE, USEFUL, PACE, ACCESS, RECOMMEND),
}
