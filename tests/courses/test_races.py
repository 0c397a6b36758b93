"""Two things at the same moment: on PostgreSQL, where writers can meet."""

from __future__ import annotations

import pytest

from courses.actions import enrol, finish_step
from courses.models import Completion, Enrolment, ModulePage
from courses.signals import course_completed
from tests.courses.factories import CourseFactory
from tests.crowds import failures
from tests.members.factories import MemberFactory

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_pressing_start_twice_begins_one_round() -> None:
    course, member = CourseFactory(), MemberFactory()
    start = lambda: enrol(course=course, by=member)  # noqa: E731
    assert failures(start, start, start) == []
    assert Enrolment.objects.count() == 1


def test_the_last_two_parts_at_once_complete_the_course_once() -> None:
    heard = []

    def listen(completion: Completion, **kwargs: object) -> None:
        heard.append(completion.pk)

    course, member = CourseFactory(), MemberFactory()
    enrol(course=course, by=member)
    first, second = ModulePage.objects.child_of(course)
    course_completed.connect(listen)
    try:
        failed = failures(
            lambda: finish_step(step=first, by=member),
            lambda: finish_step(step=second, by=member),
            lambda: finish_step(step=second, by=member),
        )
    finally:
        course_completed.disconnect(listen)
    assert failed == []
    assert heard == [Completion.objects.get().pk]
