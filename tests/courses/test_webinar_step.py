"""The page of a webinar in a course: every state, through the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from courses.actions import enrol
from courses.models import Completion, CoursePage, Enrolment, WebinarStepPage
from courses.progress import progress_of
from members.dates import today
from quizzes.models import Quiz
from tests.courses.factories import CompletionFactory, CourseFactory, LiveQuizFactory
from tests.courses.webinars import (
    WebinarStepFactory,
    answer,
    live_course,
    pass_quiz,
    session_of,
    was_at,
    watch,
)
from tests.members.factories import MemberFactory, UnitFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db


def page_of(client: Client, step: WebinarStepPage) -> str:
    response = client.get(step.address)
    assert response.status_code == 200
    return " ".join(response.text.split())


# --- What there is to do ------------------------------------------------------------------------
def test_it_says_how_it_counts_and_what_can_be_booked(client: Client, member: Member) -> None:
    _, step = live_course(step__with_quiz=True)
    sessions = SessionFactory.create_batch(4, webinar=step.webinar)
    others = [
        SessionFactory(webinar=step.webinar, cancelled=True),
        SessionFactory(webinar=step.webinar, over=True),
        SessionFactory(webinar=step.webinar, unit=UnitFactory(region=True)),
        SessionFactory(),
    ]
    html = page_of(client, step)
    assert "at least 75% of the session, and then pass a short quiz" in html
    assert "Sessions you can book" in html
    assert [it.get_absolute_url() in html for it in sessions] == [True, True, True, False]
    assert not any(it.get_absolute_url() in html for it in others)
    assert "Start the questions" not in html
    assert not Enrolment.objects.exists()


def test_a_place_and_a_place_in_the_queue(client: Client, member: Member) -> None:
    _, step = live_course()
    mine = BookingFactory(member=member, session__webinar=step.webinar)
    SessionFactory(webinar=step.webinar)
    BookingFactory(session=mine.session)
    html = page_of(client, step)
    assert "You have a place at" in html
    assert "Other sessions" in html
    assert html.count(mine.session.get_absolute_url()) == 1
    mine.status, mine.place, mine.waiting_number = "waiting", None, 1
    mine.save()
    assert "You are on the waiting list for" in page_of(client, step)


def test_nothing_to_book_and_not_for_this_person(client: Client, member: Member) -> None:
    _, step = live_course()
    assert "There is no session to book" in page_of(client, step)
    step.webinar.unit = UnitFactory(region=True)
    step.webinar.save()
    assert "This webinar is for people in" in page_of(client, step)


def test_after_the_session_it_waits_for_the_hosts(client: Client, member: Member) -> None:
    _, step = live_course()
    booking = BookingFactory(member=member, session=session_of(step))
    assert "within 3 days" in page_of(client, step)
    was_at(step, member, "absent", session=booking.session)
    assert "within 3 days" not in page_of(client, step)


def test_a_code_counts_by_itself(client: Client, member: Member) -> None:
    _, step = live_course(step__webinar__by_code=True)
    assert "check in with the code" in page_of(client, step)


# --- After it -----------------------------------------------------------------------------------
def test_there_and_done(client: Client, member: Member) -> None:
    course, step = live_course()
    was_at(step, member)
    html = page_of(client, step)
    assert "You have done this part. You were there at" in html
    assert "Sessions you can book" not in html
    assert "You have completed this course" in client.get(course.address).text


def test_a_part_without_a_quiz(client: Client, member: Member) -> None:
    _, step = live_course()
    SessionFactory(webinar=step.webinar)
    was_at(step, member, "part")
    html = page_of(client, step)
    assert "You were there for 20 of 60 minutes" in html
    assert "You were there for a part. Book another session." in html
    assert "Sessions you can book" in html


def test_a_part_with_a_quiz_from_the_recording_to_the_end(client: Client, member: Member) -> None:
    _, step = live_course(step__with_quiz=True, step__webinar__recorded="talk")
    there = was_at(step, member, "part")
    assert "The recording is not here yet" in page_of(client, step)
    assert client.post(step.address, follow=True).text.count("once it is recorded") == 1
    watch(there)
    html = page_of(client, step)
    assert "you have watched the rest" in html
    sitting_page = client.post(step.address, follow=True)
    sitting = member.sittings.get()
    assert sitting_page.redirect_chain[-1][0] == f"/quizzes/{sitting.pk}/1/"
    assert "Continue" in page_of(client, step)
    answer(sitting, member)
    assert "You have done this part" in page_of(client, step)
    assert Completion.objects.get().member == member


def test_the_recording_is_offered_to_who_missed_a_part(client: Client, member: Member) -> None:
    _, step = live_course(step__with_quiz=True)
    there = was_at(step, member, outcome="unknown", seconds=None)
    assert "we do not know for how long" in page_of(client, step)
    assert "It was not recorded" in page_of(client, step)
    watch(was_at(step, MemberFactory(), "part", session=there.session))
    assert reverse("webinars:recording", args=[there.session_id]) in page_of(client, step)


def test_a_quiz_not_passed_may_be_tried_again(client: Client, member: Member) -> None:
    _, step = live_course(step__with_quiz=True)
    was_at(step, member)
    assert "Start the questions" in page_of(client, step)
    pass_quiz(step, member, right=False)
    html = page_of(client, step)
    assert "Last time you got 0 of" in html
    assert "Start the questions" in html


def test_to_renew_one_comes_to_another_session(client: Client, member: Member) -> None:
    course, step = live_course()
    CompletionFactory(course=course, member=member, valid_to=today(), renews_from=today())
    SessionFactory(webinar=step.webinar)
    html = page_of(client, step)
    assert "come to another session" in html
    assert "Sessions you can book" in html


# --- Whom it is not for -------------------------------------------------------------------------
def test_the_walls_are_those_of_every_part(client: Client) -> None:
    course, step = live_course(modules=1, fixed_order=True, adults_only=True)
    assert client.get(step.address).status_code == 302
    client.force_login(MemberFactory(under_18=True))
    assert "aged 18 and over" in page_of(client, step)
    client.force_login(MemberFactory())
    assert "You cannot start this part yet" in page_of(client, step)
    course.unpublish()
    assert client.get(step.address).status_code == 404


def test_a_sensitive_webinar_is_never_stored(client: Client, member: Member) -> None:
    _, step = live_course(step__webinar__sensitive=True)
    response = client.get(step.address)
    assert "no-store" in response["Cache-Control"]
    assert "govuk-exit-this-page" in response.text


# --- On the course's page, on paper, in the editor ----------------------------------------------
def test_the_course_says_that_a_part_is_live(client: Client, member: Member) -> None:
    course, step = live_course(modules=2, with_quiz=True)
    html = client.get(course.address).text
    assert "2 parts to read, a webinar and a quiz" in html
    assert "About 60 minutes, live" in html
    assert step.title in client.get(f"/learn/{course.slug}/print/").text
    alone, _ = live_course()
    html = client.get(alone.address).text
    assert "a webinar" in html
    assert "on one page" not in html


@pytest.mark.parametrize("webinars", [1, 3])
def test_the_course_asks_no_more_for_its_webinars(
    client: Client, member: Member, webinars: int, django_assert_max_num_queries: object
) -> None:
    course, step = live_course(modules=2, with_quiz=True)
    for _ in range(webinars - 1):
        WebinarStepFactory(parent=course)
    was_at(step, member)
    was_at(step, MemberFactory())
    Quiz.objects.update(draw=2)
    client.get(course.address)
    with django_assert_max_num_queries(10):
        assert client.get(course.address).status_code == 200


@pytest.mark.parametrize("more", [1, 20])
def test_the_page_asks_as_often_whoever_else_books(
    client: Client, member: Member, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _, step = live_course(modules=1, step__with_quiz=True)
    was_at(step, member, "part")
    BookingFactory(member=member, session__webinar=step.webinar)
    for session in SessionFactory.create_batch(more, webinar=step.webinar):
        BookingFactory(session=session)
    client.get(step.address)
    with django_assert_num_queries(15):
        client.get(step.address)


def test_it_is_published_after_its_webinar_and_its_quiz(member: Member) -> None:
    course = CourseFactory()
    draft = WebinarStepFactory(parent=course, draft=True, webinar=WebinarPageFactory(draft=True))
    with pytest.raises(ValidationError, match="webinar is not published"):
        draft.save_revision().publish()
    quiz = LiveQuizFactory(live=False)
    Quiz.objects.filter(pk=quiz.pk).update(live=False)
    draft = WebinarStepFactory(parent=course, draft=True, quiz=Quiz.objects.get(pk=quiz.pk))
    with pytest.raises(ValidationError, match="quiz is not published"):
        draft.save_revision().publish()
    assert progress_of(member, course).total == 2


def test_start_leads_to_it(client: Client, member: Member) -> None:
    course, step = live_course()
    assert client.post(course.address).url == step.address
    enrol(course=course, by=member)
    assert Enrolment.objects.count() == 1
    assert isinstance(course, CoursePage)
