"""A report that names many: tasks finish what it counts for, and no lost task loses anything."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.models import Certificate
from courses import counting, tasks
from courses.counting import AT_ONCE, finish_left
from courses.finishing import finish_each, to_finish
from courses.models import Attended, Completion, Enrolment, StepProgress
from courses.progress import progress_of
from courses.tasks import finish_attended
from members.dates import today
from tests.courses.webinars import a_report, counted, live_course, pass_quiz
from tests.members.factories import MemberFactory
from tests.webinars.workbench import client_of, page, post
from webinars.attendance.deciding import confirm, decide_by_hand, undo
from webinars.models import Attendance

if TYPE_CHECKING:
    from typing import Any

    from members.models import Member

pytestmark = pytest.mark.django_db
MANY = AT_ONCE + 3


@pytest.fixture
def host() -> Member:
    return MemberFactory()


# --- At once, or by tasks -----------------------------------------------------------------------
def test_as_many_as_a_page_can_wait_for_are_counted_at_once(host: Member) -> None:
    _, step = live_course()
    confirm(file=a_report(step, AT_ONCE), by=host)
    assert counted() == Certificate.objects.count() == AT_ONCE


def test_more_are_counted_by_tasks_after_the_commit(
    host: Member, django_capture_on_commit_callbacks: Any
) -> None:
    course, step = live_course()
    file = a_report(step, MANY, days_ago=40)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(file=file, by=host)
        assert Attendance.objects.count() == Attended.objects.count() == MANY
        assert not StepProgress.objects.exists()
        member = Attendance.objects.first().member
        assert progress_of(member, course).next_step.status == "In progress"
    assert counted() == Certificate.objects.count() == MANY
    day = today() - dt.timedelta(days=40)
    assert {done.completed_on for done in Completion.objects.all()} == {day}
    assert {done.valid_to for done in Completion.objects.all()} == {course.valid_to(day)}


def test_each_task_has_some_of_them(
    host: Member, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(counting, "TOGETHER", 20)
    _, step = live_course()
    batches: list[int] = []

    def finish(ids: list[int]) -> tuple[int, int]:
        batches.append(len(ids))
        return finish_each(ids)

    monkeypatch.setattr(tasks, "finish_each", finish)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(file=a_report(step, MANY), by=host)
    assert batches == [20, MANY - 20]
    assert counted() == MANY


def test_a_quiz_needs_no_task(host: Member) -> None:
    """It opens in the act itself: only who has passed it before is left to be finished."""
    _, step = live_course(step__with_quiz=True)
    confirm(file=a_report(step, MANY), by=host)
    assert not to_finish().exists()
    pass_quiz(step, Attendance.objects.first().member)
    assert counted() == 1


def test_a_task_that_runs_twice_changes_nothing(host: Member) -> None:
    _, step = live_course()
    confirm(file=a_report(step, MANY), by=host)
    ids = list(Attended.objects.values_list("pk", flat=True))
    assert [finish_attended.func(ids) for _ in range(2)] == [MANY, MANY]
    assert counted() == StepProgress.objects.count() == Enrolment.objects.count() == MANY
    assert finish_attended.func([0, *ids[:1]]) == 1  # what is not there any more


# --- Changed before the task has come -----------------------------------------------------------
def test_undone_before_the_task_it_counts_for_nothing(
    host: Member, django_capture_on_commit_callbacks: Any
) -> None:
    _, step = live_course()
    file = a_report(step, MANY)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(file=file, by=host)
        undo(file=file, by=host)
    assert not Completion.objects.exists()
    assert not StepProgress.objects.exists()
    assert finish_left() == (0, 0)


def test_a_task_reads_anew_what_was_decided_since(
    host: Member, django_capture_on_commit_callbacks: Any
) -> None:
    _, step = live_course()
    file = a_report(step, MANY)
    less, none = (visitor.member for visitor in file.visitors.all()[:2])
    with django_capture_on_commit_callbacks(execute=True):
        confirm(file=file, by=host)
        for member, outcome in ((less, "part"), (none, "absent")):
            decide_by_hand(session=file.session, member=member, outcome=outcome, by=host)
    assert counted() == MANY - 2
    assert not Completion.objects.filter(member__in=[less, none]).exists()


# --- What it costs ------------------------------------------------------------------------------
def cost(act: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_cost__a_host_waits_no_longer_for_more_people(host: Member) -> None:
    _, step = live_course()
    files = [a_report(step, people) for people in (MANY, 3 * MANY)]
    few, many = (cost(lambda file=file: confirm(file=file, by=host)) for file in files)
    assert few == many


def test_cost__each_person_the_same(host: Member) -> None:
    _, step = live_course()
    confirm(file=a_report(step, MANY), by=host)
    ids = list(Attended.objects.order_by("pk").values_list("pk", flat=True))
    finish_each(ids[:1])  # what a process reads once
    one, four = cost(lambda: finish_each(ids[1:2])), cost(lambda: finish_each(ids[2:6]))
    each = (four - one) / 3
    assert (one - each, each) == (1, EACH)
    assert counted() == 1 + 1 + 4


EACH = 27


def test_the_host_reads_that_it_takes_some_minutes(
    host: Member, django_capture_on_commit_callbacks: Any
) -> None:
    _, step = live_course()
    file = a_report(step, MANY)
    file.session.hosts.add(host)
    desk = client_of(host)
    with django_capture_on_commit_callbacks(execute=True):
        post(desk, "confirm", file.session_id, file.pk)
        words = f"The training of {MANY} people is being brought up to date"
        assert words in page(desk, "attendance", file.session_id)
    assert "brought up to date" not in page(desk, "attendance", file.session_id)
