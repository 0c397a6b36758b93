"""Marking by people: take an essay, read it, give it back, mark it. One person has it at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members import audit
from quizzes.actions import finish_marking
from quizzes.essays.telling import tell_result
from quizzes.essays.waiting import refusal, with_facts
from quizzes.models import EssayMark, Sitting, Writing
from quizzes.writing import keep_for

if TYPE_CHECKING:
    from members.models import Member

MARKS = "quizzes.mark_essays"
NOT_YOURS = "You have not taken this essay, or somebody else has it now."
TOO_LATE = "The person has their result: the mark no longer changes."
ALREADY_MARKED = "You have marked this essay already."


class CannotMark(Exception):  # noqa: N818 (a refusal, not a fault)
    """It cannot be done; the message says why, for the marker."""


@transaction.atomic
def take_essay(*, writing: Writing, by: Member) -> Writing:
    """Let this marker alone read and mark it. Again, it changes nothing."""
    writing = _locked(writing, by)
    if reason := refusal(writing, by):
        raise CannotMark(reason)
    if writing.marker_id != by.pk:
        _hand(writing, by)
        _record("essay.taken", writing, by)
    return writing


@transaction.atomic
def give_back(*, writing: Writing, by: Member) -> Writing:
    """Let somebody else take it."""
    writing = _held_by(writing, by)
    if writing.answer.mark is not None:
        raise CannotMark(ALREADY_MARKED)
    _hand(writing, None)
    _record("essay.given-back", writing, by)
    return writing


@transaction.atomic
def read_essay(*, writing: Writing, by: Member) -> str:
    """Open what was written, for its marker. Each look is written down first."""
    if not by.has_perm(MARKS) or not Writing.objects.readable_by(by).contains(writing):
        raise PermissionDenied
    _record("essay.opened", writing, by)
    return writing.text


@transaction.atomic
def mark_essay(*, writing: Writing, mark: int, comment: str = "", by: Member) -> EssayMark:
    """Mark it, or correct the mark while the sitting waits for others. The last mark gives the
    person their result, and they are told. The same mark again changes nothing."""
    writing = _held_by(writing, by)
    answer = writing.answer
    last = answer.essay_marks.last()
    if last and (last.mark, last.comment, last.marked_by_id) == (mark, comment, by.pk):
        return last
    _refuse_once_out(answer.sitting)
    given = EssayMark.objects.create(
        answer=answer, mark=mark, comment=comment, marked_by=by, marked_at=timezone.now()
    )
    answer.mark = mark
    answer.save(update_fields=["mark"])
    keep_for([answer])
    _record("essay.marked", writing, by)
    finish_marking(answer.sitting)
    if answer.sitting.is_marked:
        tell_result(answer.sitting)
    return given


def _refuse_once_out(sitting: Sitting) -> None:
    if sitting.is_marked:
        raise CannotMark(TOO_LATE)


def _held_by(writing: Writing, by: Member) -> Writing:
    writing = _locked(writing, by)
    if writing.marker_id != by.pk:
        raise CannotMark(NOT_YOURS)
    return writing


def _locked(writing: Writing, by: Member) -> Writing:
    if not by.has_perm(MARKS):
        raise PermissionDenied
    _one_marker_at_a_time(writing)
    found: Writing = with_facts(Writing.objects.all()).get(pk=writing.pk)
    return found


def _one_marker_at_a_time(writing: Writing) -> None:
    # The sitting's row is the lock of everything in it: whoever submits waits for it too.
    sittings = Sitting.objects.select_for_update(of=("self",)).only("pk")
    sittings.get(answers=writing.answer_id)


def _hand(writing: Writing, marker: Member | None) -> None:
    writing.marker = marker
    writing.taken_at = timezone.now() if marker else None
    writing.save(update_fields=["marker", "taken_at"])


def _record(action: str, writing: Writing, by: Member) -> None:
    sitting = writing.answer.sitting
    about, title = [sitting.member_id], sitting.quiz.public_title
    audit.record(action, by=by, about=about, quiz=title, question=writing.answer.number)
