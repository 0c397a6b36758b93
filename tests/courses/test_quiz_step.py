"""A quiz as a part of a course: passed, it finishes its part; not passed, it says what to read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.utils import timezone

from courses.actions import CannotStart, begin_quiz, finish_step
from courses.models import Completion, CoursePage, ModulePage, QuizStepPage, StepProgress
from courses.progress import progress_of
from courses.templatetags.courses_tags import course_of, reading_for
from quizzes.actions import save_answer, start_sitting, submit_sitting
from quizzes.models import Question
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
    ModuleFactory,
    QuizStepFactory,
)
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def quiz_of(course: CoursePage) -> QuizStepPage:
    return QuizStepPage.objects.child_of(course).get()


def sit(sitting: object, member: object, *, right: bool) -> object:
    for answer in sitting.answers.all():
        question = Question.objects.get(pk=answer.question_id)
        key = next(option.key for option in question.options.all() if option.is_correct is right)
        save_answer(answer=answer, chosen=[key], by=member)
    return submit_sitting(sitting=sitting, by=member)


def test_a_pass_finishes_the_part_and_with_the_last_one_the_course() -> None:
    course, member = CourseFactory(modules=1, with_quiz=True), MemberFactory()
    finish_step(step=ModulePage.objects.child_of(course).get(), by=member)
    sitting = sit(begin_quiz(step=quiz_of(course), by=member), member, right=True)
    assert Completion.objects.get().member == member
    outcome = course_of(sitting)
    assert outcome.completion == Completion.objects.get()
    assert outcome.next_url == course.address


def test_before_the_last_part_a_pass_leads_on() -> None:
    course, member = CourseFactory(modules=1, with_quiz=True), MemberFactory()
    lesson = ModulePage.objects.child_of(course).get()
    sitting = sit(begin_quiz(step=quiz_of(course), by=member), member, right=True)
    assert course_of(sitting).completion is None
    assert course_of(sitting).next_url == lesson.address


def test_not_passing_finishes_nothing_and_names_what_to_read_again() -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    step = quiz_of(course)
    topic = step.quiz.pool.all()[0].question.category
    lesson = ModuleFactory(parent=course, topic=topic)
    ModuleFactory(parent=course)
    sitting = sit(begin_quiz(step=step, by=member), member, right=False)
    assert not StepProgress.objects.exists()
    assert [(one.title, one.url, one.topic) for one in reading_for(sitting)] == [
        (lesson.title, lesson.address, topic.title)
    ]
    assert course_of(sitting).next_url == course.address


def test_the_same_quiz_sat_for_something_else_finishes_nothing() -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    sitting = sit(start_sitting(quiz=quiz_of(course).quiz, by=member), member, right=True)
    assert not StepProgress.objects.exists()
    assert course_of(sitting) is None
    assert reading_for(sitting) == []


@pytest.mark.parametrize("occasion", ["enrolment:", "enrolment:x", "enrolment:999", "other:1"])
def test_an_occasion_of_nobody_s_finishes_nothing(occasion: str) -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    quiz = quiz_of(course).quiz
    sit(start_sitting(quiz=quiz, by=member, occasion=occasion), member, right=True)
    assert not StepProgress.objects.exists()


def test_another_person_s_round_is_not_finished() -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    theirs = begin_quiz(step=quiz_of(course), by=MemberFactory()).occasion
    mine = start_sitting(quiz=quiz_of(course).quiz, by=member, occasion=theirs)
    sit(mine, member, right=True)
    assert not StepProgress.objects.exists()


def test_a_quiz_that_was_begun_says_so_and_is_still_the_next_part() -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    sitting = begin_quiz(step=quiz_of(course), by=member)
    assert progress_of(member, course).next_step.status == "In progress"
    sit(sitting, member, right=False)
    assert progress_of(member, course).next_step.status == "In progress"
    assert progress_of(MemberFactory(), course).next_step.status == "Not started"


def test_going_on_with_a_quiz_leads_to_where_one_left_off(client: Client) -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    client.force_login(member)
    address = quiz_of(course).address
    client.post(address)
    first = member.sittings.get().answers.first()
    save_answer(answer=first, chosen=first.option_order[:1], by=member)
    page = client.post(address, follow=True)
    assert page.redirect_chain[-1][0] == f"/quizzes/{first.sitting_id}/2/"


def test_after_not_passing_the_quiz_page_leads_to_the_answers(client: Client) -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    sitting = sit(begin_quiz(step=quiz_of(course), by=member), member, right=False)
    client.force_login(member)
    page = client.get(quiz_of(course).address).content.decode()
    assert f"Last time you got 0 of {sitting.max_shown}." in page
    assert f'href="/quizzes/{sitting.pk}/result/"' in page


def test_a_passed_quiz_is_not_begun_again() -> None:
    course, member = CourseFactory(modules=1, with_quiz=True), MemberFactory()
    sit(begin_quiz(step=quiz_of(course), by=member), member, right=True)
    with pytest.raises(CannotStart, match="already passed"):
        begin_quiz(step=quiz_of(course), by=member)


def test_in_a_fixed_order_the_quiz_waits_for_the_lessons() -> None:
    course, member = CourseFactory(modules=1, with_quiz=True, fixed_order=True), MemberFactory()
    with pytest.raises(CannotStart, match="Finish"):
        begin_quiz(step=quiz_of(course), by=member)


def test_a_renewal_counts_its_own_attempts() -> None:
    member = MemberFactory()
    course = CourseFactory(modules=0, with_quiz=True)
    CompletionFactory(
        course=course,
        member=member,
        completed_on=dt.date(2020, 1, 1),
        valid_to=dt.date(2022, 1, 1),
        recorded_at=timezone.now(),
    )
    sitting = begin_quiz(step=quiz_of(course), by=member)
    assert sitting.number == 1
    assert sitting.occasion == member.enrolments.get(cycle=2).occasion


def test_the_tags_load_in_a_template() -> None:
    course, member = CourseFactory(modules=0, with_quiz=True), MemberFactory()
    sitting = sit(begin_quiz(step=quiz_of(course), by=member), member, right=True)
    source = "{% load courses_tags %}{% course_of sitting as it %}{{ it.course }}"
    assert Template(source).render(Context({"sitting": sitting})) == course.title


def test_the_step_needs_its_quiz_page(client: object) -> None:
    step = QuizStepFactory(parent=CourseFactory())
    client.force_login(MemberFactory())
    page = client.get(step.address).content.decode()
    assert "Nobody but you sees your answers" in page
