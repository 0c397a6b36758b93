"""What a reader finds, gathered and checked on the way; it stops where a file goes too far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from quizzes.exchange.checking import lacks, mistakes, quiz_mistakes, too_much
from quizzes.exchange.items import Found, Item, QuizItem, Remark
from quizzes.exchange.true_first import true_first

MOST_QUESTIONS = 10_000
MOST_QUIZZES = 1_000
MOST_ERRORS = 200
MOST_NAMED = 10
TOO_MANY = f"There are more than {MOST_QUESTIONS:,} questions here. Split the file."
TOO_MANY_QUIZZES = f"There are more than {MOST_QUIZZES:,} quizzes here. Split the file."
TOO_MANY_ERRORS = "There are more mistakes after this one. Mend these first."
NOTHING = "There are no questions in this file."
TWICE = "“{reference}” is also the reference of the question on line {line}. Each needs its own."
NAME_TWICE = "Two questions have the same name; the second one is given a new reference."
ID_TWICE = (
    "“{reference}” is also the ID of the question on line {line}, in another category: "
    "this one is given a new reference."
)
DRAFT = "It comes in as a draft. {lack}"
NO_EXPLANATION = "Before it is published, write an explanation."


class Enough(Exception):  # noqa: N818 (it ends the reading; it is no mistake)
    """Nothing more is read."""


@dataclass(slots=True)
class Gathering:
    """Takes in what a reader finds."""

    found: Found = field(default_factory=Found)
    _notes: dict[str, list[int]] = field(default_factory=dict)
    _references: dict[str, Item] = field(default_factory=dict)

    def add(self, item: Item, *, is_named: bool = False) -> bool:
        """Take a question, and return whether it was taken.

        `is_named`: the reference is only a name, which may be there twice.
        """
        if len(self.found.items) == MOST_QUESTIONS:
            self.error(item.line, TOO_MANY)
            raise Enough
        if reason := too_much(item):
            self.skip(item.line, reason)
            return False
        item = self._once(true_first(item), is_named=is_named)
        wrong = mistakes(item)
        for reason in wrong:
            self.error(item.line, reason)
        if not wrong:
            self._say_what_it_lacks(item)
            self.found.items.append(item)
        return not wrong

    def add_quiz(self, quiz: QuizItem) -> None:
        """Take a quiz that holds some of the questions."""
        if len(self.found.quizzes) == MOST_QUIZZES:
            self.error(quiz.line, TOO_MANY_QUIZZES)
            raise Enough
        wrong = quiz_mistakes(quiz)
        for reason in wrong:
            self.error(quiz.line, reason)
        if not wrong:
            self.found.quizzes.append(quiz)

    def skip(self, line: int, reason: str) -> None:
        """Leave a question out that the bank has no type or no room for."""
        self.found.skipped.append(Remark(line, reason))
        if len(self.found.skipped) > MOST_QUESTIONS:
            self.error(line, TOO_MANY)
            raise Enough

    def error(self, line: int, reason: str) -> None:
        """Refuse the file because of this place."""
        self.found.errors.append(Remark(line, reason))
        if len(self.found.errors) == MOST_ERRORS:
            self.found.errors.append(Remark(line, TOO_MANY_ERRORS))
            raise Enough

    def note(self, line: int, reason: str) -> None:
        """Say what was simplified. The same about many places is said once, with the lines."""
        lines = self._notes.setdefault(reason, [])
        if lines[-1:] != [line]:
            lines.append(line)

    def finished(self) -> Found:
        """Return what was found."""
        found = self.found
        found.notes = [
            Remark(lines[0], reason + _and_also(lines[1:])) for reason, lines in self._notes.items()
        ]
        if not (found.items or found.errors or found.skipped):
            found.errors.append(Remark(1, NOTHING))
        return found

    def _once(self, item: Item, *, is_named: bool) -> Item:
        if item.reference not in self._references:
            if item.reference:
                self._references[item.reference] = item
            return item
        if is_named:
            self.note(item.line, NAME_TWICE)
            return replace(item, reference="")
        other = self._references[item.reference]
        if item.is_local and item.category != other.category:
            self.note(item.line, ID_TWICE.format(reference=item.reference, line=other.line))
            return replace(item, reference="")
        self.error(item.line, TWICE.format(reference=item.reference, line=other.line))
        return item

    def _say_what_it_lacks(self, item: Item) -> None:
        if not item.explanation:
            self.note(item.line, DRAFT.format(lack=NO_EXPLANATION))
        for lack in lacks(item):
            self.note(item.line, DRAFT.format(lack=lack))


def _and_also(lines: list[int]) -> str:
    if not lines:
        return ""
    named = ", ".join(map(str, lines[:MOST_NAMED]))
    more = len(lines) - MOST_NAMED
    rest = f" and {more:,} more" if more > 0 else ""
    return f" (Also line{'s' * (len(lines) > 1)} {named}{rest}.)"
