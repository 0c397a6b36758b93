"""What all answered together: read from what may be shown, never from the running counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.models import Tally
from feedback.questions import CONFIDENCE, CONFIDENT, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from feedback.questions import Question

    Row = dict[str, Any]

BEFORE, AFTER = Tally.Moment.BEFORE.value, Tally.Moment.AFTER.value


@dataclass(frozen=True)
class Side:
    """The answers of one moment: how many people gave which, by question and answer."""

    counts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.people > 0

    @property
    def people(self) -> int:
        return sum(self.counts.get(CONFIDENCE.slug, {}).values())

    @property
    def confident(self) -> int:
        return sum(self.given(CONFIDENCE, number) for number in CONFIDENT)

    def given(self, question: Question, number: int) -> int:
        return self.counts.get(question.slug, {}).get(number, 0)

    def cell(self, question: Question, number: int) -> Row:
        """Return how many gave this answer, of how many, in words too."""
        value, total = self.given(question, number), self.people
        share = f"{value} of {total} ({round(100 * value / total)}%)" if total else ""
        return {"value": value, "total": total, "share": share}


@dataclass(frozen=True)
class Finding:
    """What people said before and after, and what that comes to.

    The two are not paired: nobody knows who is in both.
    """

    before: Side
    after: Side
    question: str = CONFIDENCE.words

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    @property
    def sentence(self) -> str:
        """Say the finding in words."""
        before, after = self.before, self.after
        if before and after:
            return (
                f"Before, {before.confident} of {before.people} said they were confident; "
                f"after, {after.confident} of {after.people}."
            )
        if before:
            return (
                f"Before, {before.confident} of {before.people} said they were confident. "
                "Fewer than five people have answered afterwards."
            )
        if after:
            return (
                f"Afterwards, {after.confident} of {after.people} said they were confident. "
                "Fewer than five people answered before."
            )
        return "Fewer than five people have answered."

    @property
    def pairs(self) -> list[Row]:
        """Return each answer to the question that is asked twice, with both its bars."""
        return [
            {
                "name": words,
                "before": self.before.cell(CONFIDENCE, number),
                "after": self.after.cell(CONFIDENCE, number),
            }
            for number, words in CONFIDENCE.choices
        ]

    @property
    def others(self) -> list[Row]:
        """Return the questions that are asked afterwards only, each with a bar for each answer."""
        if not self.after:
            return []
        return [
            {
                "words": question.words,
                "rows": [
                    {"name": words, **self.after.cell(question, number)}
                    for number, words in question.choices
                ],
            }
            for question in QUESTIONS[AFTER]
            if question is not CONFIDENCE
        ]


def finding_of(about: str) -> Finding:
    """Return what may be shown of what people said about this: one query."""
    counts: dict[str, dict[str, dict[int, int]]] = {BEFORE: {}, AFTER: {}}
    tallies = Tally.objects.filter(about=about, shown__gt=0)
    for moment, question, answer, shown in tallies.values_list(
        "moment", "question", "answer", "shown"
    ):
        counts[moment].setdefault(question, {})[answer] = shown
    return Finding(Side(counts[BEFORE]), Side(counts[AFTER]))
