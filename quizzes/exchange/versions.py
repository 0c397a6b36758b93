"""Many questions saved as versions at once, each as Wagtail would leave it saved by itself.

`publish_question` costs a dozen queries; ten thousand questions would take many minutes and hold
a lock all the while. So rows are written in sets, and what Wagtail does for each on the way is
done here: the version, the reference index, the entry in the log, and the signal `published`.
Signals of saving are not sent: of those who listen, only the reference index concerns a question.
A test compares what comes of it with what `publish_question` leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.signals import published

from quizzes.exchange.building import ALWAYS, IF_SAID
from quizzes.models import Option, Question, ScenarioStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from members.models import Member

ROW = [*ALWAYS, *IF_SAID, "category", "image", "image_alt"]
ROWS = 200  # of options in a statement


def save_drafts(questions: Sequence[Question], *, by: Member | None) -> None:
    """Save questions as drafts. One that is in the bank keeps its row; the draft is a version."""
    is_new = {id(question): question.pk is None for question in questions}
    _insert([question for question in questions if question.pk is None])
    now = timezone.now()
    versions = _save_versions(questions, by, now)
    _point(questions, has_unpublished_changes=True, latest_revision=_newest())
    for question, version in zip(questions, versions, strict=True):
        question.latest_revision, question.has_unpublished_changes = version, True
    _index([question for question in questions if is_new[id(question)]])
    deeds = ["wagtail.create" if is_new[id(q)] else "wagtail.edit" for q in questions]
    _log(questions, versions, deeds, by, now)


def save_published(questions: Sequence[Question], *, by: Member | None) -> None:
    """Save questions that are whole, and publish them."""
    _rewrite([question for question in questions if question.pk is not None])
    _insert([question for question in questions if question.pk is None])
    now = timezone.now()
    versions = _save_versions(questions, by, now)
    newest, first = _newest(), [q for q in questions if q.first_published_at is None]
    _point(first, first_published_at=now)
    _point(
        questions,
        live=True,
        has_unpublished_changes=False,
        expired=False,
        last_published_at=now,
        latest_revision=newest,
        live_revision=newest,
    )
    for question, version in zip(questions, versions, strict=True):
        _mark_published(question, version, now)
    _index(questions)
    _log(questions, versions, ["wagtail.publish"] * len(versions), by, now)
    for question, version in zip(questions, versions, strict=True):
        published.send(sender=Question, instance=question, revision=version)


def _mark_published(question: Question, version: Revision, now: datetime) -> None:
    question.live, question.has_unpublished_changes, question.expired = True, False, False
    question.latest_revision = question.live_revision = version
    question.first_published_at = question.first_published_at or now
    question.last_published_at = now


def _insert(questions: Sequence[Question]) -> None:
    Question.objects.bulk_create(questions)
    _insert_children(questions)


def _rewrite(questions: Sequence[Question]) -> None:
    """Write the rows of questions that are in the bank; answers name options by key, not by row."""
    if not questions:
        return
    Question.objects.bulk_update(questions, ROW, batch_size=100)
    Option.objects.filter(question__in=questions).delete()
    ScenarioStep.objects.filter(scenario__in=questions).delete()
    # What was scheduled gives way to what is published now.
    scheduled = Revision.objects.filter(
        base_content_type=Question.get_base_content_type(),
        object_id__in=[str(question.pk) for question in questions],
        approved_go_live_at__isnull=False,
    )
    scheduled.update(approved_go_live_at=None)
    _insert_children(questions)


def _insert_children(questions: Iterable[Question]) -> None:
    options = [option for question in questions for option in question.options.all()]
    steps = [step for question in questions for step in question.steps.all()]
    for option in options:
        option.question = option.question  # its parent has a key by now
    for step in steps:
        step.scenario = step.scenario
    Option.objects.bulk_create(options, batch_size=ROWS)
    ScenarioStep.objects.bulk_create(steps, batch_size=ROWS)


def _save_versions(
    questions: Sequence[Question], by: Member | None, now: datetime
) -> list[Revision]:
    kind = Question.get_content_type()
    made: list[Revision] = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(question.pk),
            user=by,
            created_at=now,
            object_str=str(question),
            content=question.serializable_data(),
        )
        for question in questions
    )
    return made


def _newest() -> Subquery:
    """Return, in a query about questions, the newest version of each."""
    versions = Revision.objects.filter(
        base_content_type=Question.get_base_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Subquery(versions.order_by("-created_at", "-pk").values("pk")[:1])


def _point(questions: Sequence[Question], **fields: object) -> None:
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(**fields)


def _index(questions: Sequence[Question]) -> None:
    """Note what each question refers to, so that its image or category tells where it is used."""
    kind = Question.get_content_type()
    keys = [str(question.pk) for question in questions]
    ReferenceIndex.objects.filter(base_content_type=kind, object_id__in=keys).delete()
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=kind,
            base_content_type=kind,
            object_id=question.pk,
            to_content_type_id=to_kind,
            to_object_id=to,
            model_path=model_path,
            content_path=path,
            content_path_hash=ReferenceIndex._get_content_path_hash(path),
        )
        for question in questions
        for to_kind, to, model_path, path in ReferenceIndex._extract_references_from_object(
            question
        )
    )


def _log(
    questions: Sequence[Question],
    versions: Sequence[Revision],
    deeds: Sequence[str],
    by: Member | None,
    now: datetime,
) -> None:
    # Without the name of the request: entries that share one are shown as a single entry.
    kind = ContentType.objects.get_for_model(Question, for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(question.pk),
            label=str(question),
            action=deed,
            timestamp=now,
            user=by,
            revision=version,
            content_changed=True,
        )
        for question, version, deed in zip(questions, versions, deeds, strict=True)
    )
