"""Sittings whose time is up are submitted as they stand, by the database's clock."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.clock import database_now
from quizzes import actions
from quizzes.actions import AlreadySubmitted, close_if_over, save_answer
from quizzes.models import Sitting
from tests.quizzes.essays import begun, essay_quiz
from tests.quizzes.factories import QuizFactory, SittingFactory, answer_it

if TYPE_CHECKING:
    from quizzes.models import Quiz

pytestmark = pytest.mark.django_db


def timed(*, minutes_left: int, quiz: Quiz | None = None, right: int | None = None) -> Sitting:
    quiz = quiz or QuizFactory(time_limit_minutes=30)
    return leave(SittingFactory(quiz=quiz, right=right), minutes_left=minutes_left)


def leave(sitting: Sitting, *, minutes_left: int) -> Sitting:
    closes_at = database_now() + dt.timedelta(minutes=minutes_left)
    Sitting.objects.filter(pk=sitting.pk).update(closes_at=closes_at)
    sitting.refresh_from_db()
    return sitting


def close() -> str:
    out = StringIO()
    call_command("close_sittings", stdout=out)
    return out.getvalue()


def state(sitting: Sitting) -> tuple[bool, bool, int | None]:
    sitting.refresh_from_db()
    return sitting.is_open, sitting.is_timed_out, sitting.score


def test_only_sittings_whose_time_is_up_are_submitted_and_only_once() -> None:
    over, going, unlimited = timed(minutes_left=-1, right=2), timed(minutes_left=5), begun()
    assert close() == "Submitted: 1 sittings whose time was up.\n"
    assert state(over) == (False, True, 200)
    assert state(going)[0]
    assert state(unlimited)[0]
    moment = over.submitted_at
    assert close() == "Submitted: 0 sittings whose time was up.\n"
    over.refresh_from_db()
    assert over.submitted_at == moment


def test_an_essay_whose_time_is_up_waits_for_its_marker() -> None:
    sitting = leave(begun(essay_quiz(time_limit_minutes=30)), minutes_left=-1)
    close()
    assert state(sitting) == (False, True, None)
    assert sitting.awaits_marking


def test_what_cannot_be_submitted_keeps_nobody_else_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken, well = timed(minutes_left=-2), timed(minutes_left=-1)
    submit = actions.submit_sitting

    def fail(*, sitting: Sitting, **by: object) -> Sitting:
        if sitting.pk == broken.pk:
            raise RuntimeError
        return submit(sitting=sitting, **by)

    monkeypatch.setattr(actions, "submit_sitting", fail)
    with pytest.raises(CommandError, match="1 sittings could not be submitted"):
        close()
    assert (state(broken)[0], state(well)[0]) == (True, False)


def test_who_was_given_more_time_in_the_meantime_goes_on() -> None:
    sitting = timed(minutes_left=-1)
    read = Sitting.objects.with_clock().get(pk=sitting.pk)
    leave(sitting, minutes_left=5)
    assert close_if_over(read).is_open


def test_a_web_machine_whose_clock_is_wrong_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over, going = timed(minutes_left=-5), timed(minutes_left=5)
    now = timezone.now
    for wrong in (dt.timedelta(hours=1), dt.timedelta(hours=-1)):
        monkeypatch.setattr(timezone, "now", lambda wrong=wrong: now() + wrong)
        answer_it(going.answers.select_related("revision", "sitting__member").first())
        with pytest.raises(AlreadySubmitted):
            save_answer(answer=over.answers.select_related("revision")[0], by=over.member)
    close()
    assert (state(over)[0], state(going)[0]) == (False, True)


@pytest.mark.postgresql
def test_a_sitting_begins_by_the_database_s_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + dt.timedelta(hours=1))
    sitting = SittingFactory(quiz=QuizFactory(time_limit_minutes=30))
    assert sitting.closes_at < database_now() + dt.timedelta(minutes=31)
    close()
    assert state(sitting)[0]
