"""The verbs of quizzes: publish, start, answer, submit. Marking by people is in `essays`."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import ReferenceIndex

from members.locking import hold_person
from quizzes.attempts import NoAttemptNow, chances
from quizzes.beginning import begin
from quizzes.marking import mark, passes
from quizzes.models import Answer, Sitting
from quizzes.signals import sitting_marked
from quizzes.writing import keep_for, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from members.models import Member
    from quizzes.models import Question, Quiz

Item = TypeVar("Item", "Question", "Quiz")

LONGEST_PAUSE = 30 * 60  # seconds; whoever took longer was away, and it says nothing


class AlreadySubmitted(Exception):  # noqa: N818 (a state of things, not a fault)
    """The sitting was submitted before, or its time is up; nothing was changed."""


class AlreadySettled(Exception):  # noqa: N818 (a state of things, not a fault)
    """The right answer has been shown; the answer was not changed."""


@transaction.atomic
def publish_question(*, question: Question, by: Member | None) -> Question:
    """Save the question as it stands, as a version of its own, and publish that version."""
    return _publish(question, by)


@transaction.atomic
def publish_quiz(*, quiz: Quiz, by: Member | None) -> Quiz:
    """Save the quiz as it stands and publish it."""
    return _publish(quiz, by)


@transaction.atomic
def start_sitting(*, quiz: Quiz, by: Member, occasion: str = "", return_to: str = "") -> Sitting:
    """Begin a sitting, or return the one this person has open. Raise NoAttemptNow otherwise."""
    _one_start_at_a_time(by)
    standing = chances(quiz=quiz, member=by, occasion=occasion)
    unfinished = standing.open_sitting
    if unfinished and unfinished.occasion == occasion:
        return unfinished
    if standing.refusal:
        raise NoAttemptNow(standing.refusal, standing.try_again_at)
    terms: dict[str, Any] = {
        "occasion": occasion,
        "return_to": return_to,
        "number": standing.made + 1,
    }
    return _taken_over(unfinished, terms) if unfinished else begin(standing, terms)


@transaction.atomic
def save_answer(
    *, answer: Answer, chosen: Sequence[str] = (), typed: str = "", by: Member
) -> Answer:
    """Keep what was chosen or written; nothing clears it.

    Raise AlreadySubmitted or AlreadySettled when it can no longer change, and ValueError when
    this is no answer to this question.
    """
    sitting = _locked(answer.sitting_id, by)
    if not sitting.is_open or sitting.is_over:  # type: ignore[attr-defined]
        raise AlreadySubmitted
    if answer.is_settled:
        raise AlreadySettled
    if not answer.asked.accepts(chosen):
        raise ValueError("not an option of this question")
    if answer.asked.is_typed:
        write(answer, typed)
    answer.chosen = list(chosen)
    answer.answered_at = timezone.now() if chosen or typed.strip() else None
    # Unless it was settled in the meantime, on another device.
    kept = Answer.objects.filter(pk=answer.pk, settled_at=None)
    if not kept.update(chosen=answer.chosen, answered_at=answer.answered_at):
        raise AlreadySettled
    return answer


@transaction.atomic
def settle_answer(*, answer: Answer, by: Member) -> Answer:
    """Fix an answer, so that the right one may be shown. Again, it changes nothing."""
    _locked(answer.sitting_id, by)
    Answer.objects.filter(pk=answer.pk, settled_at=None).update(settled_at=timezone.now())
    answer.refresh_from_db()  # with what was written meanwhile, on another device
    return answer


@transaction.atomic
def submit_sitting(*, sitting: Sitting, by: Member) -> Sitting:
    """Mark what a machine can mark. Again, and at the same time, it is marked once.

    Without essays the sitting has its result and the house is told; otherwise a person marks.
    """
    sitting = _locked(sitting.pk, by)
    if sitting.is_open:
        sitting.is_timed_out = sitting.is_over  # type: ignore[attr-defined]
        sitting.submitted_at = timezone.now()
        _mark(sitting)
        sitting.save(update_fields=["submitted_at", "is_timed_out"])
        finish_marking(sitting)
    return sitting


def close_if_over(sitting: Sitting) -> Sitting:
    """Submit a sitting (read with its clock) whose time is up, for the person who sat it."""
    if not (sitting.is_open and sitting.is_over):  # type: ignore[attr-defined]
        return sitting
    with transaction.atomic():
        # The person may have been given more time since it was read.
        now = _locked(sitting.pk, sitting.member)
        return submit_sitting(sitting=now, by=sitting.member) if now.is_over else now  # type: ignore[attr-defined]


def finish_marking(sitting: Sitting) -> None:
    """Give a submitted sitting its result, once every answer has a mark, and tell the house.

    Called inside the transaction that gave the last mark.
    """
    answers = list(sitting.answers.only("sitting", "mark", "worth", "is_critical"))
    if any(answer.mark is None for answer in answers):
        return
    sitting.score = sum(answer.earned for answer in answers)
    sitting.max_score = sum(answer.worth for answer in answers)
    enough = passes(score=sitting.score, max_score=sitting.max_score, pass_mark=sitting.pass_mark)
    sitting.passed = enough and all(answer.is_right for answer in answers if answer.is_critical)
    sitting.marked_at = timezone.now()
    sitting.save(update_fields=["score", "max_score", "passed", "marked_at"])
    sitting_marked.send(sender=Sitting, sitting=sitting)


def _mark(sitting: Sitting) -> None:
    answers = list(sitting.answers.with_words())
    for answer in answers:
        answer.mark = mark(answer.asked, chosen=answer.chosen, typed=answer.typed)
    _time(sitting, answers)
    Answer.objects.bulk_update(answers, ["mark", "seconds"])
    keep_for([answer for answer in answers if answer.mark is not None])


def _time(sitting: Sitting, answers: Sequence[Answer]) -> None:
    """Note how long each answer took: from the one before, in the order they were given."""
    given = [(answer.answered_at, answer) for answer in answers if answer.answered_at]
    given.sort(key=itemgetter(0))
    moments = [sitting.started_at, *(moment for moment, _ in given)]
    for (_, answer), (before, after) in zip(given, pairwise(moments), strict=True):
        seconds = round((after - before).total_seconds())
        answer.seconds = max(seconds, 0) if seconds <= LONGEST_PAUSE else None


def _publish(item: Item, by: Member | None) -> Item:
    # Not above: from Wagtail 8 on it wants all models to be loaded.
    from wagtail.signal_handlers import disable_reference_index_auto_update  # noqa: PLC0415

    # Else the index of references is made anew for each option, step and line of a pool.
    with disable_reference_index_auto_update():
        item.save()
        item.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    item.refresh_from_db()
    ReferenceIndex.create_or_update_for_object(item)
    return item


def _one_start_at_a_time(member: Member) -> None:
    # The constraint sitting_open_once is the guarantee; the lock turns its error into a wait.
    hold_person(member.pk)


def _locked(pk: int, by: Member) -> Sitting:
    # Answers wait for the mark and marks wait for answers, so no mark is of another answer.
    sitting: Sitting = Sitting.objects.select_for_update().with_clock().get(pk=pk)
    if sitting.member_id != by.pk:
        raise PermissionDenied
    return sitting


def _taken_over(sitting: Sitting, terms: dict[str, Any]) -> Sitting:
    """Let the open sitting count for what the person is doing now: there is only one."""
    Sitting.objects.filter(pk=sitting.pk).update(**terms)
    sitting.refresh_from_db()
    return sitting
