"""Whether the bank would take a question or a quiz, asked before anything is written.

Lengths and choices are the model's own; what a type needs is said by `quizzes.completeness`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from quizzes.completeness import Draft, Part, Step, question_problems
from quizzes.kinds import MOST_ANSWER, MOST_POINTS, Kind
from quizzes.models import Category, Option, Question, Quiz

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from quizzes.exchange.items import Item, OptionItem, QuizItem

MOST_TEXT = 20_000
MOST_OPTIONS = 100
MOST_STEPS = 50
MOST_DRAWN = 10_000
TOO_LONG = "“{start}…” is {size:,} characters long, and {most:,} fit. Shorten it."
LONG_ANSWER = "“{start}…” is {size:,} characters long; an answer holds {most:,}. It is left out."
TOO_MANY_OPTIONS = f"It has more than {MOST_OPTIONS} answers."
TOO_MANY_STEPS = f"It has more than {MOST_STEPS} steps."
TOO_DEEP = "Its topic lies {depth} levels deep; two are kept."
NO_STEM = "There is no question here, only answers. Write what is asked."
NO_KIND = "“{kind}” is no type of question."
BAD_POINTS = f"It counts for {{points}} points. A question counts for 1 to {MOST_POINTS}."
BAD_VALUE = "“{value}” does not fit {name}: {reason}"
BAD_CHARACTER = "It holds a character that belongs to no text."
QUIZ = "The quiz “{title}”: {reason}"
NO_TITLE = "It has no title. Write one."
BAD_DRAW = (
    f"It asks {{draws}} questions in a sitting. Write a whole number from 1 to {MOST_DRAWN:,}, "
    "or nothing if it asks all of them."
)
BAD_MARK = (
    "Its pass mark is {mark}. Write a whole number from 1 to 100, in per cent, "
    "or 0 if it has none of its own."
)
NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def mistakes(item: Item) -> list[str]:
    """Return why the bank would refuse a question, each reason with its remedy."""
    wrong = _shape(item)
    if wrong:
        return wrong
    wrong = [*_texts(item), *_values(item), *_unfinished(item)]
    for step in item.steps:
        wrong += mistakes(step.question)
    return list(dict.fromkeys(wrong))


def too_much(item: Item) -> str:
    """Return why a question is left out and the rest of the file comes in all the same, if so."""
    for option in item.options:
        for text in (option.text, option.match):
            if len(text) > MOST_ANSWER:
                return LONG_ANSWER.format(start=text[:40], size=len(text), most=MOST_ANSWER)
    return next((why for step in item.steps if (why := too_much(step.question))), "")


def quiz_mistakes(quiz: QuizItem) -> list[str]:
    """Return why the bank would refuse a quiz, each reason with its remedy."""
    wrong = [] if quiz.title.strip() else [NO_TITLE]
    wrong += _unfit_texts(
        [
            (quiz.title, _most(Quiz, "title")),
            (quiz.category, _most(Category, "title")),
            *((text, MOST_TEXT) for text in (quiz.description, quiz.pass_text, quiz.fail_text)),
        ]
    )
    if quiz.draws is not None and not 1 <= quiz.draws <= MOST_DRAWN:
        wrong.append(BAD_DRAW.format(draws=str(quiz.draws)[:40]))
    if quiz.pass_mark is not None and not 0 <= quiz.pass_mark <= 100:
        wrong.append(BAD_MARK.format(mark=str(quiz.pass_mark)[:40]))
    return [QUIZ.format(title=quiz.title[:60], reason=reason) for reason in wrong]


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
    return question_problems(bare)


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
    return ([] if item.stem.strip() else [NO_STEM]) + _unfit_texts(_with_limits(item))


def _unfit_texts(texts: Iterable[tuple[str, int]]) -> list[str]:
    wrong = []
    for text, most in texts:
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
        yield option.text, MOST_ANSWER
        yield option.match, MOST_ANSWER
        yield option.feedback, MOST_TEXT
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
