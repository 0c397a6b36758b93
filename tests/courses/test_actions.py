"""Starting, finishing, completing: written once, by the course's rule, and never rewritten."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from courses.actions import CannotStart, enrol, finish_step
from courses.models import Completion, CoursePage, Enrolment, ModulePage, StepProgress
from courses.progress import progress_of
from courses.signals import course_completed
from members.dates import add_period, today
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
    ModuleFactory,
    QuizStepFactory,
)
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db


def modules_of(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path"))


def finish_all(course: CoursePage, member: object) -> None:
    for step in modules_of(course):
        finish_step(step=step, by=member)


def test_enrol_twice_is_one_round() -> None:
    course, member = CourseFactory(), MemberFactory()
    assert enrol(course=course, by=member) == enrol(course=course, by=member)


def test_enrol_names_the_edition_that_was_current() -> None:
    course = CourseFactory()
    assert enrol(course=course, by=MemberFactory()).revision_id == course.live_revision_id


def test_finish_step_is_idempotent_and_names_the_revision_read() -> None:
    course, member = CourseFactory(), MemberFactory()
    step = modules_of(course)[0]
    first = finish_step(step=step, by=member)
    assert first == finish_step(step=step, by=member)
    assert first.revision_id == step.live_revision_id
    assert not Completion.objects.exists()


def test_completion_is_written_once_with_the_facts_of_the_day() -> None:
    course, member = CourseFactory(), MemberFactory()
    finish_all(course, member)
    finish_all(course, member)
    completion = Completion.objects.get()
    assert completion.course_title == course.title
    assert completion.revision_id == course.live_revision_id
    assert completion.completed_on == today()
    assert completion.valid_to == add_period(today(), months=24)
    assert completion.edition.endswith(str(today().year))


def test_completion_is_announced_once_inside_the_transaction() -> None:
    heard = []

    def listen(completion: Completion, **kwargs: object) -> None:
        heard.append((completion, transaction.get_connection().in_atomic_block))

    course_completed.connect(listen)
    try:
        course, member = CourseFactory(), MemberFactory()
        finish_all(course, member)
        finish_all(course, member)
    finally:
        course_completed.disconnect(listen)
    assert heard == [(Completion.objects.get(), True)]


def test_a_failing_listener_leaves_neither_completion_nor_progress() -> None:
    def fail(**kwargs: object) -> None:
        raise RuntimeError

    course, member = CourseFactory(modules=1), MemberFactory()
    course_completed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            finish_all(course, member)
    finally:
        course_completed.disconnect(fail)
    assert not StepProgress.objects.exists()
    assert not Completion.objects.exists()


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_rewrite_a_completion(verb: str) -> None:
    completions = Completion.objects.filter(pk=CompletionFactory().pk)
    rewrite = {
        "update": lambda: completions.update(course_title="Another"),
        "delete": lambda: completions._raw_delete(completions.db),
    }
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rewrite[verb]()
    assert completions.exists()


def test_other_people_s_progress_is_not_mine() -> None:
    course, member = CourseFactory(), MemberFactory()
    finish_all(course, MemberFactory())
    assert progress_of(member, course).done == 0
    assert not Enrolment.objects.visible_to(member).exists()


def test_a_part_added_half_way_is_asked_for_and_what_is_finished_stays() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    finish_step(step=modules_of(course)[0], by=member)
    ModuleFactory(parent=course)
    finish_step(step=modules_of(course)[1], by=member)
    assert not Completion.objects.exists()
    assert progress_of(member, course).in_words == "2 of 3 parts completed"
    finish_step(step=modules_of(course)[2], by=member)
    assert Completion.objects.exists()


def test_when_the_last_missing_part_is_withdrawn_going_on_completes() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    first, second = modules_of(course)
    finish_step(step=first, by=member)
    second.unpublish()
    enrol(course=course, by=member)
    assert Completion.objects.count() == 1


def test_a_draft_edit_changes_nothing_for_who_is_half_way() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    first, second = modules_of(course)
    finish_step(step=first, by=member)
    before = progress_of(member, course)
    live = second.live_revision_id
    second.title = "A title in a draft"
    second.save_revision()
    ModuleFactory(parent=course, draft=True)
    course.validity_months = 12
    course.save_revision()
    course.refresh_from_db()
    after = progress_of(member, course)
    assert [(s.title, s.state) for s in after.steps] == [(s.title, s.state) for s in before.steps]
    second.refresh_from_db()
    assert finish_step(step=second, by=member).revision_id == live
    assert Completion.objects.get().valid_to == add_period(today(), months=24)


def test_publishing_again_loses_no_progress() -> None:
    course, member = CourseFactory(modules=2), MemberFactory()
    first = modules_of(course)[0]
    finish_step(step=first, by=member)
    first.title = "Better title"
    first.save_revision().publish()
    course.save_revision().publish()
    course.refresh_from_db()
    assert progress_of(member, course).done == 1


def test_fixed_order_refuses_a_later_part_and_says_which_comes_first() -> None:
    course, member = CourseFactory(fixed_order=True), MemberFactory()
    first, second = modules_of(course)
    with pytest.raises(CannotStart, match=first.title):
        finish_step(step=second, by=member)
    assert not Enrolment.objects.exists()
    finish_step(step=first, by=member)
    finish_step(step=second, by=member)
    assert Completion.objects.exists()


def test_a_quiz_cannot_be_finished_by_saying_so() -> None:
    course = CourseFactory(modules=1)
    step = QuizStepFactory(parent=course)
    with pytest.raises(CannotStart):
        finish_step(step=step, by=MemberFactory())


def test_a_draft_part_cannot_be_finished() -> None:
    draft = ModuleFactory(parent=CourseFactory(), draft=True)
    with pytest.raises(CannotStart):
        finish_step(step=draft, by=MemberFactory())


def test_a_course_for_adults_is_closed_to_under_18s() -> None:
    course = CourseFactory(adults_only=True)
    with pytest.raises(CannotStart, match="18"):
        enrol(course=course, by=MemberFactory(under_18=True))
    assert enrol(course=course, by=MemberFactory())


def test_a_course_without_parts_is_never_completed() -> None:
    course = CourseFactory(modules=0)
    with pytest.raises(CannotStart):
        enrol(course=course, by=MemberFactory())


def test_progress_takes_three_queries_however_many_parts(
    django_assert_num_queries: object,
) -> None:
    course, member = CourseFactory(modules=4, with_quiz=True), MemberFactory()
    finish_step(step=modules_of(course)[0], by=member)
    for _ in range(3):
        finish_all(course, MemberFactory())
    with django_assert_num_queries(3):
        progress = progress_of(member, course)
        assert [step.url for step in progress.steps]
        assert [step.minutes for step in progress.steps]
