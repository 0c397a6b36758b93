"""Taking questions out of the bank, as items for any format."""

from __future__ import annotations

from dataclasses import fields
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from members import audit
from quizzes.exchange.encoding import tidy
from quizzes.exchange.formats import left_out, write
from quizzes.exchange.items import Item, OptionItem, Picture, StepItem
from quizzes.exchange.leaving_out import finished
from quizzes.exchange.true_first import true_first
from quizzes.models import Category, Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from wagtail.images.models import AbstractImage

    from members.models import Member
    from quizzes.models.bank import QuestionQuerySet

BATCH = 500
FIELDS = [field.name for field in fields(OptionItem)]
TEXTS = ("text", "match", "feedback")


CONTENT_TYPES = {
    "gift": "text/plain; charset=utf-8",
    "moodle_xml": "application/xml",
    "json": "application/json",
}
WITH_SCENARIOS = {"json"}  # elsewhere their steps go out as questions of their own


class Export(NamedTuple):
    """A file of questions."""

    content: bytes
    questions: int
    left_out: list[str]  # what is not finished, and what the format cannot say


def export_questions(
    *,
    questions: QuestionQuerySet,
    format: str,  # noqa: A002 (the word for it)
    by: Member | None,
) -> Export:
    """Write these questions in a format. Who took them out is written down."""
    whole = format in WITH_SCENARIOS
    items, unfinished = finished(map(true_first, items_of(questions, whole=whole)))
    content = write(items, format)
    audit.record("questions.exported", by=by, format=format, questions=len(items))
    return Export(content, len(items), [*unfinished, *left_out(items, format)])


def items_of(questions: QuestionQuerySet, *, whole: bool = True) -> Iterator[Item]:
    """Yield the questions in a number of queries that grows only with every few hundred.

    What people meet is what is written: the row. A question that was never published is written
    as its last draft. Where scenarios are `whole`, their steps do not come once more by themselves.
    """
    if whole:
        questions = questions.exclude(step_of__scenario__in=questions.order_by().values("pk"))
    rows = questions.select_related("image", "latest_revision").prefetch_related(
        "options", "steps__question__options", "steps__question__image"
    )
    paths = _paths()
    question: Question
    for question in rows.iterator(chunk_size=BATCH):  # type: ignore[assignment]
        yield item_of(_as_it_stands(question), paths)


def item_of(question: Question, paths: dict[int, tuple[str, ...]]) -> Item:
    """Return a question as an item."""
    return Item(
        kind=question.kind,
        stem=tidy(question.stem),
        options=tuple(_option(option) for option in question.options.all()),
        steps=tuple(
            StepItem(item_of(step.question, paths), tidy(step.lead_in))
            for step in question.steps.all()
        ),
        reference=question.reference,
        category=paths[question.category_id],
        explanation=tidy(question.explanation),
        guidance=tidy(question.guidance),
        points=question.points,
        is_partial=question.is_partial,
        is_case_sensitive=question.is_case_sensitive,
        option_order=question.option_order,
        nation=question.nation,
        source=question.source,
        law_as_at=_day(question.law_as_at),
        review_by=_day(question.review_by),
        picture=_picture(question.image, question.image_alt),
    )


def _as_it_stands(question: Question) -> Question:
    """Return the question as people meet it, or the last draft of one they never met."""
    version = question.latest_revision
    if question.live or version is None or not question.has_unpublished_changes:
        return question
    draft: Question = Question.from_serializable_data(version.content, check_fks=False)
    if draft.image_id == question.image_id:
        draft.image = question.image
    _share_steps(question, draft)
    return draft


def _share_steps(question: Question, draft: Question) -> None:
    # What is read already need not be read again for each draft.
    known = {step.question_id: step.question for step in question.steps.all()}
    for step in draft.steps.all():
        if step.question_id in known:
            step.question = known[step.question_id]


def _option(option: object) -> OptionItem:
    values: dict[str, Any] = {name: getattr(option, name) for name in FIELDS}
    return OptionItem(**values | {name: tidy(values[name]) for name in TEXTS})


def _picture(image: AbstractImage | None, alt: str) -> Picture | None:
    if image is None:
        return None
    try:
        with image.file.storage.open(image.file.name, "rb") as file:
            return Picture(PurePath(image.file.name).name, file.read(), alt)
    except OSError:  # the file is gone; the question still stands
        return None


def _paths() -> dict[int, tuple[str, ...]]:
    """Return the titles of every category, from the highest down."""
    return {
        category.pk: (*((category.parent.title,) if category.parent else ()), category.title)
        for category in Category.objects.select_related("parent")
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
