"""Fixtures of django-quiz-app 0.5: what `dumpdata` writes of quiz, multichoice, true_false, essay.

A question is two entries with the same number: quiz.question and that of its type.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from quizzes.exchange.items import Item, OptionItem, QuizItem
from quizzes.exchange.json_lines import Document, RefusedError
from quizzes.exchange.moodle import plain
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizzes.exchange.gathering import Gathering

QUESTION, ANSWER = "quiz.question", "multichoice.answer"
CATEGORY, SUBCATEGORY, QUIZ = "quiz.category", "quiz.subcategory", "quiz.quiz"
KINDS = ("multichoice.mcquestion", "true_false.tf_question", "essay.essay_question")
OURS = {QUESTION, ANSWER, CATEGORY, SUBCATEGORY, QUIZ, *KINDS}
PEOPLE = {"quiz.sitting", "quiz.progress"}
ORDERS = {"content": "alphabetical", "none": "written"}  # anything else is random

NOT_A_FIXTURE = "This is not a file of django-quiz-app: a list of its entries is expected."
BAD_ENTRY = "This entry is not as dumpdata writes it: it needs model, pk and fields."
MISSING = "Question {number} is missing its {model} entry. Write out all four apps together."
PEOPLES_RESULTS = "People's sittings and results are not brought in."
FIGURE = "Pictures are not in the file: add “{figure}” by hand."
SEVERAL = "Where several answers are right, the question becomes multiple choice."
NOT_WHOLE = "“{name}” should be a whole number, or null."
HELD = "The quiz “{title}” holds {count} of these questions."


@dataclass(frozen=True, slots=True)
class Row:
    """An entry: a row of a table, and its line."""

    fields: Mapping[str, Any]
    line: int

    def text(self, name: str) -> str:
        """Return a field as text."""
        value = self.fields.get(name)
        return value.strip() if isinstance(value, str) else ""

    def key(self, name: str) -> str:
        """Return the number another entry is referred to by."""
        return _key(self.fields.get(name))


Table = dict[str, Row]


@dataclass(slots=True)
class _Reader:
    """Reads the entries, then puts them together."""

    into: Gathering
    tables: dict[str, Table] = field(default_factory=lambda: {name: {} for name in OURS})
    answers: dict[str, list[Row]] = field(default_factory=dict)
    held: dict[str, list[int]] = field(default_factory=dict)  # by quiz: places in `items`

    def read(self, document: Document) -> None:
        if not document.begins("["):
            raise RefusedError(NOT_A_FIXTURE, document.line)
        for entry, line in document.entries():
            self._entry(entry, line)
        for answer in self.tables[ANSWER].values():
            self.answers.setdefault(answer.key("question"), []).append(answer)
        for number, row in self.tables[QUESTION].items():
            self._question(number, row)
        for number, row in self.tables[QUIZ].items():
            self._quiz(row, self.held.get(number, []))

    def _entry(self, entry: Any, line: int) -> None:
        match entry:
            case {"model": str(model), "pk": int() | str() as pk, "fields": dict(fields)}:
                if model in PEOPLE:
                    self.into.note(line, PEOPLES_RESULTS)
                elif model in OURS:
                    self.tables[model][_key(pk)] = Row(fields, line)
            case _:
                self.into.error(line, BAD_ENTRY)

    def _question(self, number: str, row: Row) -> None:
        model = next((name for name in KINDS if number in self.tables[name]), None)
        if model is None:
            self.into.error(row.line, MISSING.format(number=number[:20], model="second"))
            return
        if figure := row.text("figure"):
            self.into.note(row.line, FIGURE.format(figure=figure[:100]))
        item = Item(
            kind=Kind.ESSAY,
            stem=row.text("content"),
            category=self._category(row),
            explanation=plain(row.text("explanation"), "moodle", row.line, self.into),
            line=row.line,
        )
        if model != KINDS[2]:
            made = self._choice if model == KINDS[0] else _true_false
            item = made(item, self.tables[model][number], number)
        place = len(self.into.found.items)
        if not self.into.add(item):
            return
        quizzes = row.fields.get("quiz")
        for quiz in quizzes if isinstance(quizzes, list) else []:
            self.held.setdefault(_key(quiz), []).append(place)

    def _choice(self, item: Item, row: Row, number: str) -> Item:
        answers = self.answers.get(number, [])
        options = tuple(
            OptionItem(answer.text("content"), is_correct=answer.fields.get("correct") is True)
            for answer in answers
        )
        kind = Kind.SINGLE
        if sum(option.is_correct for option in options) > 1:
            self.into.note(item.line, SEVERAL)
            kind = Kind.MULTIPLE
        order = ORDERS.get(row.text("answer_order"), "random")
        return replace(item, kind=kind, options=options, option_order=order)

    def _category(self, row: Row) -> tuple[str, ...]:
        below = self.tables[SUBCATEGORY].get(row.key("sub_category"))
        above = self.tables[CATEGORY].get(row.key("category"))
        if above is None and below is not None:
            above = self.tables[CATEGORY].get(below.key("category"))
        names = [
            above.text("category") if above else "",
            below.text("sub_category") if below else "",
        ]
        return tuple(name for name in names if name)

    def _quiz(self, row: Row, places: list[int]) -> None:
        category = self.tables[CATEGORY].get(row.key("category"))
        self.into.note(row.line, HELD.format(title=row.text("title")[:60], count=len(places)))
        self.into.add_quiz(
            QuizItem(
                title=row.text("title"),
                places=tuple(places),
                slug=row.text("url"),
                description=row.text("description"),
                category=category.text("category") if category else "",
                draws=self._whole(row, "max_questions"),
                pass_mark=self._whole(row, "pass_mark"),
                pass_text=row.text("success_text"),
                fail_text=row.text("fail_text"),
                is_shuffled=row.fields.get("random_order") is True,
                is_single_attempt=row.fields.get("single_attempt") is True,
                is_told_each_time=row.fields.get("answers_at_end") is not True,
                is_draft=row.fields.get("draft") is True,
                line=row.line,
            )
        )

    def _whole(self, row: Row, name: str) -> int | None:
        value = row.fields.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.into.error(row.line, NOT_WHOLE.format(name=name))
        return None


def read(text: str, into: Gathering) -> None:
    """Read a fixture."""
    try:
        _Reader(into).read(Document(text))
    except RefusedError as refused:
        into.error(refused.line, str(refused))


def _true_false(item: Item, row: Row, number: str) -> Item:
    is_true = row.fields.get("correct") is True
    options = (OptionItem("True", is_correct=is_true), OptionItem("False", is_correct=not is_true))
    return replace(item, kind=Kind.TRUE_FALSE, options=options)


def _key(value: object) -> str:
    if isinstance(value, int) and abs(value) > 10**18:  # no number of a row
        return ""
    return str(value) if isinstance(value, int | str) else ""
