"""Marking by people: who takes, reads and marks an essay, and what comes of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from members.models import AuditEvent, Mail
from quizzes.actions import submit_sitting
from quizzes.essays.actions import CannotMark, give_back, mark_essay, read_essay, take_essay
from quizzes.models import EssayMark, Sitting, Writing
from tests.members.factories import MemberFactory
from tests.quizzes.essays import TEXT, begun, essay_quiz, handed_in, marker, permitted, written

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


def taken(by: Member, sitting: Sitting | None = None) -> Writing:
    return take_essay(writing=written(sitting or handed_in()), by=by)


def all_taken(by: Member, sitting: Sitting) -> list[Writing]:
    essays = Writing.objects.filter(answer__sitting=sitting).order_by("pk")
    return [take_essay(writing=writing, by=by) for writing in essays]


def deeds() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


# --- Taking ---------------------------------------------------------------------------------------
def test_one_marker_takes_an_essay_and_reads_it() -> None:
    ann = marker()
    writing = taken(ann)
    assert take_essay(writing=writing, by=ann).taken_at == writing.taken_at
    assert read_essay(writing=writing, by=ann) == TEXT
    assert deeds() == ["essay.taken", "essay.opened"]
    assert set(AuditEvent.objects.values_list("subjects", flat=True)) == {
        writing.answer.sitting.member_id
    }


def test_what_somebody_has_taken_is_refused_until_it_is_given_back() -> None:
    ann, ben = marker(), marker()
    writing = taken(ann)
    with pytest.raises(CannotMark, match=f"{ann} has taken this essay"):
        take_essay(writing=writing, by=ben)
    with pytest.raises(CannotMark, match="somebody else has it"):
        give_back(writing=writing, by=ben)
    give_back(writing=writing, by=ann)
    assert take_essay(writing=writing, by=ben).marker == ben


def test_nobody_keeps_an_essay_for_longer_than_a_week() -> None:
    ann, ben = marker(), marker()
    writing = taken(ann)
    Writing.objects.update(taken_at=timezone.now() - dt.timedelta(days=8))
    assert take_essay(writing=writing, by=ben).marker == ben
    with pytest.raises(CannotMark):
        mark_essay(writing=writing, mark=100, by=ann)
    with pytest.raises(PermissionDenied):
        read_essay(writing=writing, by=ann)


def test_what_a_marker_who_left_had_taken_is_free() -> None:
    ann, ben = marker(), marker()
    writing = taken(ann)
    ann.is_active = False
    ann.save()
    assert take_essay(writing=writing, by=ben).marker == ben


@pytest.mark.parametrize("state", ["own", "open", "marked"])
def test_what_cannot_be_taken(state: str) -> None:
    ann, ben = marker(), marker()
    sitting = begun() if state == "open" else handed_in(member=ann if state == "own" else None)
    if state == "marked":
        mark_essay(writing=taken(ben, sitting), mark=50, by=ben)
    with pytest.raises(CannotMark):
        take_essay(writing=written(sitting), by=ann)


def test_nobody_without_the_permission_takes_reads_or_marks() -> None:
    ann, looker = marker(), permitted("view_sitting")
    writing = taken(ann)
    Writing.objects.update(marker=looker)
    for deed in (take_essay, give_back, read_essay):
        with pytest.raises(PermissionDenied):
            deed(writing=writing, by=looker)
    with pytest.raises(PermissionDenied):
        mark_essay(writing=writing, mark=100, by=looker)
    with pytest.raises(PermissionDenied):
        read_essay(writing=writing, by=MemberFactory(administrator=True))


# --- Marking --------------------------------------------------------------------------------------
def test_the_last_mark_gives_the_result_once(told: list[int]) -> None:
    ann = marker()
    sitting = handed_in(essay_quiz(essays=2, others=2))
    first, second = all_taken(ann, sitting)
    mark_essay(writing=first, mark=50, comment="Say whom you tell.", by=ann)
    sitting.refresh_from_db()
    assert (sitting.awaits_marking, told, Mail.objects.count()) == (True, [], 0)
    mark_essay(writing=second, mark=75, by=ann)
    sitting.refresh_from_db()
    assert (sitting.score, sitting.max_score, sitting.passed) == (325, 400, True)
    assert told == [sitting.pk]
    first.refresh_from_db()
    assert first.delete_after == timezone.localdate() + dt.timedelta(days=90)


def test_a_mark_is_corrected_while_the_sitting_waits_and_never_after() -> None:
    ann = marker()
    first, second = all_taken(ann, handed_in(essay_quiz(essays=2)))
    mark_essay(writing=first, mark=0, by=ann)
    mark_essay(writing=first, mark=100, by=ann)
    assert [given.mark for given in first.answer.essay_marks.all()] == [0, 100]
    with pytest.raises(CannotMark, match="marked this essay already"):
        give_back(writing=first, by=ann)
    mark_essay(writing=second, mark=100, by=ann)
    with pytest.raises(CannotMark, match="no longer changes"):
        mark_essay(writing=first, mark=0, by=ann)
    assert Sitting.objects.get().score == 300


def test_the_same_mark_again_changes_nothing(told: list[int]) -> None:
    ann = marker()
    writing = taken(ann)
    first = mark_essay(writing=writing, mark=100, by=ann)
    assert mark_essay(writing=writing, mark=100, by=ann) == first
    assert (EssayMark.objects.count(), len(told), Mail.objects.count()) == (1, 1, 1)


def test_a_question_that_must_be_right_needs_the_whole_mark() -> None:
    ann, quiz = marker(), essay_quiz(others=5, pass_mark=50)
    quiz.pool.filter(question__kind="essay").update(is_critical=True)
    sitting = handed_in(quiz)
    mark_essay(writing=taken(ann, sitting), mark=75, by=ann)
    sitting.refresh_from_db()
    assert (sitting.reached_the_mark, sitting.passed) == (True, False)


def test_an_essay_nobody_wrote_waits_for_nobody(told: list[int]) -> None:
    sitting = handed_in()
    assert not told
    empty = begun(sitting.quiz, text="  ")
    assert submit_sitting(sitting=empty, by=empty.member).is_marked
    assert told == [empty.pk]


def test_marks_are_never_rewritten() -> None:
    ann = marker()
    given = mark_essay(writing=taken(ann), mark=50, by=ann)
    for deed in (EssayMark.objects.filter(pk=given.pk).delete, given.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


# --- Telling --------------------------------------------------------------------------------------
@pytest.mark.parametrize("sensitive", [False, True])
def test_the_person_is_told_that_the_result_is_there_and_not_what_it_is(sensitive: bool) -> None:
    ann, quiz = marker(), essay_quiz(is_sensitive=sensitive, title="Grooming")
    sitting = handed_in(quiz)
    mark_essay(writing=taken(ann, sitting), mark=50, comment="Good.", by=ann)
    mail = Mail.objects.get()
    assert mail.member == sitting.member
    said = mail.subject + mail.text + mail.html
    assert ("Grooming" in said) is not sensitive
    assert "Grooming" not in mail.subject
    assert f"/quizzes/{sitting.pk}/result/" in mail.text
    for secret in (TEXT, "Good.", "passed", "50"):
        assert secret not in mail.text.replace(str(sitting.pk), "")
