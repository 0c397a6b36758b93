"""A lesson as people meet it: read, checked for oneself, finished or left for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from courses.models import Completion, CoursePage, Enrolment, ModulePage, StepProgress
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
    ModuleFactory,
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


# --- A lesson -----------------------------------------------------------------------------------
def test_a_lesson_asks_to_sign_in_and_comes_back(client: Client) -> None:
    lesson = modules_of(CourseFactory())[0]
    response = client.get(lesson.address)
    assert response.status_code == 302
    assert lesson.address in response.url.replace("%2F", "/")


def test_yes_finishes_the_part_and_goes_on(client: Client, member: Member) -> None:
    course = CourseFactory()
    first, second = modules_of(course)
    response = client.post(first.address, {"finished": "yes"})
    assert response.url == second.address
    assert StepProgress.objects.get().step_id == first.pk
    assert "Saved. 1 of 2 parts completed." in text_of(client.get(second.address))


def test_no_keeps_the_place_without_finishing(client: Client, member: Member) -> None:
    course = CourseFactory()
    response = client.post(modules_of(course)[0].address, {"finished": "no"})
    assert response.url == course.address
    assert Enrolment.objects.count() == 1
    assert not StepProgress.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"finished": ""}, {"finished": "perhaps"}])
def test_without_a_choice_the_page_says_what_to_do(
    client: Client, member: Member, posted: dict[str, str]
) -> None:
    page = text_of(client.post(modules_of(CourseFactory())[0].address, posted))
    assert "There is a problem" in page
    assert page.count("Choose whether you have finished this part") == 2
    assert "<title>Error: " in page
    assert not Enrolment.objects.exists()


def test_the_last_part_completes_the_course(client: Client, member: Member) -> None:
    course = CourseFactory(modules=1)
    response = client.post(modules_of(course)[0].address, {"finished": "yes"}, follow=True)
    assert "You have completed this course" in text_of(response)
    assert Completion.objects.get().member == member


def test_a_self_check_answers_at_once_and_keeps_nothing(client: Client, member: Member) -> None:
    options = [
        {"text": "One", "correct": True, "feedback": "Because one."},
        {"text": "Two", "correct": False, "feedback": "Two is not."},
    ]
    check = ("self_check", {"question": "How many?", "options": options})
    lesson = ModuleFactory(parent=CourseFactory(), body=[check])
    key = lesson.body[0].id
    page = text_of(client.post(lesson.address, {"check": key, "choice": "2"}))
    assert "Not quite." in page
    assert "Two is not." in page
    assert "Because one." not in page
    assert f'action="#check-{key}"' in page
    assert "There is a problem" not in page
    assert not Enrolment.objects.exists()
    assert "Choose one of the answers" in text_of(client.post(lesson.address, {"check": key}))


def test_a_later_part_of_a_fixed_order_says_what_comes_first(
    client: Client, member: Member
) -> None:
    course = CourseFactory(fixed_order=True)
    first, second = modules_of(course)
    assert "Cannot start yet" in text_of(client.get(course.address))
    page = text_of(client.get(second.address))
    assert "You cannot start this part yet" in page
    assert first.title in page
    client.post(second.address, {"finished": "yes"})
    assert not StepProgress.objects.exists()


def test_a_word_comes_before_the_first_sensitive_part_and_once(
    client: Client, member: Member
) -> None:
    course = CourseFactory(modules=0, content_note="Speaks of abuse in general terms.")
    first = ModuleFactory(parent=course, sensitive=True)
    second = ModuleFactory(parent=course, sensitive=True)
    assert "Before you go on" in text_of(client.get(first.address))
    assert "Read this" in text_of(client.get(f"{first.address}?seen=1"))
    client.post(f"{first.address}?seen=1", {"finished": "yes"})
    assert "Before you go on" not in text_of(client.get(second.address))


def test_parts_of_an_unpublished_course_are_not_served(client: Client, member: Member) -> None:
    course = CourseFactory()
    lesson = modules_of(course)[0]
    course.live = False
    course.save()
    assert client.get(lesson.address).status_code == 404


def test_a_choice_outlives_an_expired_session(client: Client) -> None:
    person = MemberFactory()
    lesson = modules_of(CourseFactory())[0]
    client.post(lesson.address, {"finished": "yes"})
    client.force_login(person)
    page = text_of(client.get(lesson.address))
    assert "Your choice is kept" in page
    assert 'href="#id_finished_0"' in page
    assert "checked" in page
    assert not StepProgress.objects.exists()


def test_saying_whether_it_is_finished_forgets_the_self_check(
    client: Client, member: Member
) -> None:
    # Without an address of its own the form would go to #check-..., past the error above.
    lesson = modules_of(CourseFactory())[0]
    assert f'action="{lesson.address}"' in text_of(client.get(lesson.address))


def test_before_renewal_opens_a_lesson_asks_nothing(client: Client, member: Member) -> None:
    course = CompletionFactory(member=member).course
    lesson = modules_of(course)[0]
    page = text_of(client.get(lesson.address))
    assert "Have you finished this part?" not in page
    client.post(lesson.address, {"finished": "yes"})
    assert Completion.objects.count() == 1
