"""The pages of a course as people meet them, through the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from courses.models import CoursePage, Enrolment, ModulePage
from members.dates import add_period, today
from quizzes.models import Quiz
from tests.courses.factories import (
    CategoryFactory,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    ModuleFactory,
    QuizStepFactory,
    catalogue,
)
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


def modules_of(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path"))


def text_of(response: object) -> str:
    return response.content.decode()


# --- The catalogue ------------------------------------------------------------------------------
def test_the_catalogue_is_open_to_everybody(client: Client) -> None:
    course = CourseFactory()
    response = client.get(catalogue().address)
    assert course.title in text_of(response)


def test_search_says_what_was_searched_when_nothing_is_found(client: Client) -> None:
    CourseFactory()
    page = text_of(client.get(catalogue().address, {"q": "submarines"}))
    assert "No courses found for “submarines”" in page
    assert "see all courses" in page


def test_search_and_topic_narrow_the_list(client: Client) -> None:
    topic = CategoryFactory(title="Recognise")
    wanted = CourseFactory(title="Safe branches", modules=0)
    ModuleFactory(parent=wanted, topic=topic)
    other = CourseFactory(title="Other matters")
    page = text_of(client.get(catalogue().address, {"topic": topic.slug}))
    assert wanted.title in page
    assert other.title not in page
    page = text_of(client.get(catalogue().address, {"q": "other"}))
    assert wanted.title not in page


def test_a_search_that_makes_no_sense_shows_all(client: Client) -> None:
    course = CourseFactory()
    page = text_of(client.get(catalogue().address, {"topic": "nowhere"}))
    assert course.title in page


def test_drafts_are_not_in_the_catalogue(client: Client) -> None:
    draft = CourseFactory(live=False, modules=0)
    assert draft.title not in text_of(client.get(catalogue().address))
    assert client.get(draft.address).status_code == 404


# --- The overview -------------------------------------------------------------------------------
def test_a_visitor_sees_what_the_course_is_and_signs_in_to_start(client: Client) -> None:
    course = CourseFactory(modules=3, with_quiz=True)
    page = text_of(client.get(course.address))
    assert "3 parts to read and a quiz" in page
    assert "Sign in and start" in page


def test_start_begins_a_round_and_leads_to_the_first_part(client: Client, member: Member) -> None:
    course = CourseFactory()
    response = client.post(course.address)
    assert response.url == modules_of(course)[0].address
    assert Enrolment.objects.visible_to(member).count() == 1


def test_continue_leads_to_the_part_that_is_next(client: Client, member: Member) -> None:
    course = CourseFactory(modules=3)
    first, second, _ = modules_of(course)
    client.post(first.address, {"finished": "yes"})
    page = text_of(client.get(course.address))
    assert "1 of 3 parts completed" in page
    assert client.post(course.address).url == second.address


def test_looking_writes_nothing(client: Client, member: Member) -> None:
    course = CourseFactory(with_quiz=True)
    for page in [course, *course.steps().specific()]:
        assert client.get(page.address).status_code == 200
    assert not Enrolment.objects.exists()


def test_after_completion_the_page_says_so_and_until_when(client: Client, member: Member) -> None:
    course = CompletionFactory(member=member).course
    page = text_of(client.get(course.address))
    assert "You have completed this course" in page
    assert f"{add_period(today(), months=24):%B %Y}" in page
    assert ">Start<" not in page


def test_when_it_has_ended_it_can_be_taken_again(client: Client, member: Member) -> None:
    course = CompletionFactory(member=member, expired=True).course
    page = text_of(client.get(course.address))
    assert "was valid until" in page
    assert "Take it again" in page
    client.post(course.address)
    assert Enrolment.objects.filter(member=member).count() == 2


def test_a_course_for_adults_says_whom_it_is_for(client: Client) -> None:
    client.force_login(MemberFactory(under_18=True))
    course = CourseFactory(adults_only=True)
    page = text_of(client.get(course.address))
    assert "aged 18 and over" in page
    response = client.get(modules_of(course)[0].address)
    assert response.status_code == 200
    assert "Read this" not in text_of(response)
    client.post(course.address)
    assert not Enrolment.objects.exists()
    assert client.get(f"/learn/{course.slug}/print/").status_code == 404


def test_a_sensitive_course_is_neutral_in_the_tab_and_never_stored(
    client: Client, member: Member
) -> None:
    course = CourseFactory(sensitive=True, title="About harassment")
    for page in [course, modules_of(course)[0]]:
        response = client.get(page.address)
        title = text_of(response).partition("<title>")[2].partition("</title>")[0]
        assert "Training course 1" in title
        assert "harassment" not in title
        assert "no-store" in response["Cache-Control"]
        assert "govuk-exit-this-page" in text_of(response)


def test_a_sensitive_course_is_not_stored_for_visitors_either(client: Client) -> None:
    response = client.get(CourseFactory(sensitive=True).address)
    assert response["Cache-Control"] == "no-store"


# --- The quiz and the printed course ------------------------------------------------------------
def test_the_quiz_page_says_what_to_expect_and_begins_it(client: Client, member: Member) -> None:
    course = CourseFactory(with_quiz=True)
    step = course.steps().last().specific
    assert "There is no time limit" in text_of(client.get(step.address))
    response = client.post(step.address, follow=True)
    sitting = member.sittings.get()
    assert response.redirect_chain[-1][0] == f"/quizzes/{sitting.pk}/1/"
    assert sitting.occasion == Enrolment.objects.get().occasion
    assert sitting.return_to == step.address


def test_a_quiz_that_cannot_begin_says_why(client: Client, member: Member) -> None:
    step = QuizStepFactory(parent=CourseFactory(), quiz__questions=1)
    step.quiz.pool.all()[0].question.unpublish()
    page = text_of(client.post(step.address, follow=True))
    assert "not ready yet" in page


def test_the_whole_course_can_be_printed(client: Client, member: Member) -> None:
    course = CourseFactory(modules=3)
    page = text_of(client.get(f"/learn/{course.slug}/print/"))
    assert all(lesson.title in page for lesson in modules_of(course))
    assert page.count("Read this.") == 3
    assert client.get("/learn/nothing/print/").status_code == 404


def test_printing_asks_to_sign_in(client: Client) -> None:
    course = CourseFactory()
    assert client.get(f"/learn/{course.slug}/print/").status_code == 302


# --- How much is asked of the database ----------------------------------------------------------
@pytest.mark.parametrize("modules", [2, 5])
def test_pages_ask_the_same_number_of_queries_whoever_else_learns(
    client: Client, member: Member, modules: int, django_assert_max_num_queries: object
) -> None:
    course = CourseFactory(modules=modules, with_quiz=True)
    EnrolmentFactory.create_batch(3, course=course)
    CompletionFactory.create_batch(2, course=course)
    lesson, quiz = modules_of(course)[0], course.steps().last().specific
    Quiz.objects.update(draw=2)  # as every quiz that ships
    client.post(lesson.address, {"finished": "yes"})
    client.get(course.address)
    for page in (course, lesson, quiz):
        with django_assert_max_num_queries(10):
            assert client.get(page.address).status_code == 200
