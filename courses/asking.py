"""Questions in a course file: what they lack, and how they become the bank's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.completeness import Draft, Part, Step, question_problems
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Facts = dict[str, Any]

TWICE = "This key is there twice. Give every question a key of its own."
NOT_FOR = "A question of this type has no “{name}”. It has “{right}”."
FIELDS = {  # what holds a type's answers
    Kind.SINGLE: "options",
    Kind.MULTIPLE: "options",
    Kind.TRUE_FALSE: "options",
    Kind.MATCHING: "pairs",
    Kind.ORDERING: "items",
    Kind.NUMERIC: "answers",
    Kind.SHORT_TEXT: "accepted",
    Kind.SCENARIO: "parts",
    Kind.ESSAY: "guidance",
}


def option_rows(facts: Facts) -> list[Facts]:
    """Return the options of a question as fields of the bank, in the order written."""
    rows = ROWS.get(Kind(facts["type"]), _no_rows)(facts)
    last = len(rows) - 1
    blank = {"match": "", "tolerance": None, "is_correct": True, "feedback": "", "is_pinned": False}
    pins = bool(facts.get("pin_last"))
    return [
        blank | row | {"is_pinned": pins and place == last, "text": str(row["text"])}
        for place, row in enumerate(rows)
    ]


def question_mistakes(quiz: Facts) -> Iterator[tuple[str, str]]:
    """Say what is wrong in the questions of a quiz whose fields are well formed."""
    seen: set[str] = set()
    for question in quiz.get("questions") or []:
        if not isinstance(question, dict):
            continue
        for one in [question, *(question.get("parts") or [])]:
            place = f"quiz.questions, {one.get('key')}"
            if one.get("key") in seen:
                yield place, TWICE
            seen.add(one.get("key"))
            yield from ((place, remedy) for remedy in _mistakes(one))


def _mistakes(facts: Facts) -> Iterator[str]:
    if facts.get("type") not in Kind.values:
        return
    kind = Kind(facts["type"])
    for name in {*FIELDS.values()} - {FIELDS[kind]}:
        if facts.get(name):
            yield NOT_FOR.format(name=name, right=FIELDS[kind])
    try:
        parts = [Part(r["text"], r["match"], r["is_correct"]) for r in option_rows(facts)]
        steps = [
            Step(part["key"], part["type"], is_published=True) for part in facts.get("parts") or []
        ]
    except (KeyError, TypeError, AttributeError):
        return  # the fields are not well formed: that is said elsewhere
    yield from question_problems(Draft.told(facts | {"kind": kind}, parts=parts, steps=steps))


def _choices(facts: Facts) -> list[Facts]:
    return [
        {
            "text": option["text"],
            "is_correct": bool(option.get("correct")),
            "feedback": option.get("feedback") or "",
        }
        for option in facts.get("options") or []
    ]


def _pairs(facts: Facts) -> list[Facts]:
    pairs = [{"text": p["left"], "match": str(p["right"])} for p in facts.get("pairs") or []]
    extra = [{"text": "", "match": str(one)} for one in facts.get("extra") or []]
    return pairs + extra


def _items(facts: Facts) -> list[Facts]:
    return [{"text": item} for item in facts.get("items") or []]


def _numbers(facts: Facts) -> list[Facts]:
    return [
        {
            "text": answer["value"],
            "tolerance": answer.get("tolerance"),
            "feedback": answer.get("feedback") or "",
        }
        for answer in facts.get("answers") or []
    ]


def _texts(facts: Facts) -> list[Facts]:
    return [{"text": text} for text in facts.get("accepted") or []]


def _no_rows(facts: Facts) -> list[Facts]:
    return []


ROWS = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.TRUE_FALSE: _choices,
    Kind.MATCHING: _pairs,
    Kind.ORDERING: _items,
    Kind.NUMERIC: _numbers,
    Kind.SHORT_TEXT: _texts,
}
