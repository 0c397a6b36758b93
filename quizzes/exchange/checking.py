"""Whether the bank would take a question, asked before anything is written.

Lengths and choices are the model's own; what a type needs is said by `quizzes.completeness`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from quizzes.completeness import Draft, Part, Step, question_problems
from quizzes.kinds import MOST_POINTS, Kind
from quizzes.models import Category, Option, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from quizzes.exchange.items import Item, OptionItem

MOST_TEXT = 20_000
MOST_OPTIONS = 100
MOST_STEPS = 50
TOO_LONG = "“{start}…” is {size:,} characters long, and {most:,} fit. Shorten it."
TOO_MANY_OPTIONS = f"It has more than {MOST_OPTIONS} answers."
TOO_MANY_STEPS = f"It has more than {MOST_STEPS} steps."
TOO_DEEP = "Its topic lies {depth} levels deep; two are kept."
NO_STEM = "There is no question here, only answers. Write what is asked."
NO_KIND = "“{kind}” is no type of question."
BAD_POINTS = f"It counts for {{points}} points. A question counts for 1 to {MOST_POINTS}."
BAD_VALUE = "“{value}” does not fit {name}: {reason}"
BAD_CHARACTER = "It holds a character that belongs to no text."
BAD_NUMBER = "“{text}” is not a number we can use. Write digits, such as 18 or 2.5, at most 15."
NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?\Z")


def mistakes(item: Item) -> list[str]:
    """Return why the bank would refuse a question, each reason with its remedy."""
    wrong = _shape(item)
    if wrong:
        return wrong
    wrong = [*_texts(item), *_values(item), *_unfinished(item)]
    for step in item.steps:
        wrong += mistakes(step.question)
    return list(dict.fromkeys(wrong))


def lacks(item: Item) -> list[str]:
    """Return what is missing before a question without mistakes may be published."""
    return question_problems(_draft(item))


def _shape(item: Item) -> list[str]:
    """Return what makes looking closer useless, or dear."""
    if item.kind not in Kind.values:
        return [NO_KIND.format(kind=item.kind[:40])]
    if len(item.options) > MOST_OPTIONS:
        return [TOO_MANY_OPTIONS]
    return [TOO_MANY_STEPS] if len(item.steps) > MOST_STEPS else []


def _unfinished(item: Item) -> list[str]:
    bare = _draft(item, guidance="-" if item.kind == Kind.ESSAY else "", image=None, nation="")
    problems = question_problems(bare)
    if item.kind == Kind.NUMERIC and not problems:
        texts = (option.text for option in item.options)
        problems = [BAD_NUMBER.format(text=t[:40]) for t in texts if not NUMBER.match(t)]
    return problems


def _draft(item: Item, **instead: str | None) -> Draft:
    fields: dict[str, object] = {
        "kind": item.kind,
        "guidance": item.guidance,
        "image": item.picture,
        "image_alt": item.picture.alt if item.picture else "",
        "nation": item.nation,
        "source": item.source,
        "law_as_at": item.law_as_at,
        "review_by": item.review_by,
    }
    return Draft.told(
        fields | instead,
        parts=[Part(o.text, o.match, o.is_correct) for o in item.options],
        steps=[
            Step(s.question.reference or s.question.stem[:40], s.question.kind, is_published=True)
            for s in item.steps
        ],
    )


def _texts(item: Item) -> list[str]:
    wrong = [] if item.stem.strip() else [NO_STEM]
    for text, most in _with_limits(item):
        if len(text) > most:
            wrong.append(TOO_LONG.format(start=text[:40], size=len(text), most=most))
        if NOT_IN_TEXT.search(text):
            wrong.append(BAD_CHARACTER)
    return wrong


def _with_limits(item: Item) -> Iterable[tuple[str, int]]:
    yield item.stem, MOST_TEXT
    yield item.explanation, MOST_TEXT
    yield item.guidance, MOST_TEXT
    yield item.source, _most(Question, "source")
    if item.picture:
        yield item.picture.alt, _most(Question, "image_alt")
        yield item.picture.name, MOST_TEXT
    for title in item.category:
        yield title, _most(Category, "title")
    for option in item.options:
        yield option.text, _most(Option, "text")
        yield option.match, _most(Option, "match")
        yield option.feedback, _most(Option, "feedback")
    for step in item.steps:
        yield step.lead_in, MOST_TEXT


@cache
def _most(model: type[Model], name: str) -> int:
    return int(model._meta.get_field(name).max_length)  # type: ignore[union-attr,arg-type]


def _values(item: Item) -> list[str]:
    wrong = [] if 1 <= item.points <= MOST_POINTS else [BAD_POINTS.format(points=item.points)]
    if len(item.category) > 2:
        wrong.append(TOO_DEEP.format(depth=len(item.category)))
    wrong += _unfit(Question, item, "reference", "nation", "law_as_at", "review_by")
    wrong += _unfit(Question, item, "option_order")
    for option in item.options:
        wrong += _unfit(Option, option, "weight", "tolerance")
    return wrong


def _unfit(model: type[Model], source: Item | OptionItem, *names: str) -> list[str]:
    """Ask the model's own fields about the values that are there."""
    wrong = []
    for name in names:
        value = getattr(source, name)
        if value is None or value == "":
            continue
        try:
            model._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]
        except ValidationError as error:
            label = name.replace("_", " ")
            reason = " ".join(error.messages)
            wrong.append(BAD_VALUE.format(value=str(value)[:40], name=label, reason=reason))
    return wrong
