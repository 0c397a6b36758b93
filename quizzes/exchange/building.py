"""Questions of the bank made of items, in memory: nothing here asks the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from quizzes.models import Option, Question, ScenarioStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from quizzes.exchange.items import Item

ALWAYS = ("kind", "stem", "points", "is_partial", "is_case_sensitive", "option_order")
# A format that cannot say these leaves them empty: what an author wrote then stays.
IF_SAID = ("explanation", "guidance", "nation", "source", "law_as_at", "review_by")
DAYS = ("law_as_at", "review_by")
PARTS = ("text", "match", "is_correct", "weight", "tolerance", "feedback", "is_pinned")
# What the database would be asked about these is known: the import made or found them.
KNOWN = {"reference", "category", "image", "latest_revision", "live_revision"}
LACK = {"explanation": "Before it is published, write an explanation."}

Print = tuple[str, str, tuple[tuple[str, str], ...]]


def build(item: Item, *, question: Question | None = None, steps: Sequence[int] = ()) -> Question:
    """Return the question an item describes: a new draft, or this one with its new words.

    Options that stay keep the key by which people's answers name them.
    """
    question = question or Question(live=False)
    for name in ALWAYS:
        setattr(question, name, getattr(item, name))
    for name in IF_SAID:
        if said := getattr(item, name):
            setattr(question, name, parse_date(said) if name in DAYS else said)
    keys = _keys(question)
    question.options = [
        Option(
            sort_order=place,
            **{name: getattr(part, name) for name in PARTS},
            **_key(keys, part.text, part.match),
        )
        for place, part in enumerate(item.options)
    ]
    question.steps = [
        ScenarioStep(question_id=pk, lead_in=step.lead_in, sort_order=place)
        for place, (pk, step) in enumerate(zip(steps, item.steps, strict=True))
    ]
    return question


def lacks(question: Question) -> list[str]:
    """Return what the question lacks before it may be published."""
    try:
        question.clean_fields(exclude=KNOWN)
    except ValidationError as error:
        named = error.message_dict.items()
        return [LACK.get(name) or f"{name.capitalize()}: {' '.join(said)}" for name, said in named]
    return question.problems()


def words(question: Question) -> tuple[Any, ...]:
    """Return all that an import may change, to see whether it changes anything."""
    fields = [getattr(question, name) for name in (*ALWAYS, *IF_SAID, "category_id", "image_alt")]
    options = [tuple(getattr(o, name) for name in PARTS) for o in question.options.all()]
    steps = [(step.question_id, step.lead_in) for step in question.steps.all()]
    return (*fields, question.image_id, tuple(options), tuple(steps))


def print_of(item: Item) -> Print:
    """Return what makes two questions of a file, or one of the bank, the same question."""
    return _print(item.kind, item.stem, ((part.text, part.match) for part in item.options))


def print_of_question(question: Question) -> Print:
    """Return the same of a question in the bank."""
    pairs = ((option.text, option.match) for option in question.options.all())
    return _print(question.kind, question.stem, pairs)


def _print(kind: str, stem: str, pairs: Iterable[tuple[str, str]]) -> Print:
    return kind, stem, tuple(sorted(pairs))


def _keys(question: Question) -> dict[tuple[str, str], str]:
    if question.pk is None:
        return {}
    return {(option.text, option.match): option.key for option in question.options.all()}


def _key(keys: dict[tuple[str, str], str], text: str, match: str) -> dict[str, str]:
    known = keys.pop((text, match), None)
    return {"key": known} if known else {}
