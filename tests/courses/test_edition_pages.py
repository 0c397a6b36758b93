"""Editions on pages: the author's form and its check, and what learners read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from certificates.actions import award
from courses.models import CoursePage, Edition, ModulePage
from members.dates import today
from tests.courses.factories import CompletionFactory, CourseFactory, EnrolmentFactory
from tests.courses.test_publishing import minor, publish
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db
MONTH = dt.timedelta(days=30)


def form(course: CoursePage) -> str:
    return reverse("courses_new_edition", args=[course.pk])


def answers(**changes: str) -> dict[str, str]:
    facts = {"kind": "major", "what_changed": "The law of October.", "half_way": "again"}
    return facts | {"old_count_until": str(today() + MONTH), "follows": "1"} | changes


@pytest.fixture
def author(client: Client) -> Member:
    person = MemberFactory(administrator=True)
    client.force_login(person)
    return person


# --- The author ---------------------------------------------------------------------------------
def test_the_course_s_page_leads_to_the_form(client: Client, author: Member) -> None:
    course = CourseFactory()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text
    assert edit.count(form(course)) == 2  # in the page's menu and in its panel
    assert "This is the first edition." in edit
    assert "declares edition 2" in client.get(form(course)).text


def test_the_check_says_whom_it_touches_and_publishes_nothing(
    client: Client, author: Member
) -> None:
    course = CourseFactory()
    CompletionFactory.create_batch(2, course=course)
    EnrolmentFactory(course=course)
    part = ModulePage.objects.child_of(course).first()
    part.title = "A part in new words"
    part.save_revision()
    page = client.post(form(course), answers()).text
    assert "A part in new words" in page
    assert "2 people have a completion that would count longer" in page
    assert "1 person is half-way" in page
    assert "They start again at the first part" in page
    assert not Edition.objects.exists()


def test_then_it_is_published_and_listed(client: Client, author: Member) -> None:
    course = CourseFactory()
    response = client.post(form(course), answers(publish="yes"))
    assert response.status_code == 302
    edition = Edition.objects.get()
    assert (edition.old_count_until, edition.recorded_by) == (today() + MONTH, author)
    page = client.get(response["Location"]).text
    assert "The law of October." in page
    assert "people half-way started again" in page


def test_a_double_click_publishes_one(client: Client, author: Member) -> None:
    course = CourseFactory()
    for _ in range(2):
        response = client.post(form(course), answers(publish="yes"), follow=True)
    assert Edition.objects.count() == 1
    assert "edition 2 in the meantime" in response.text


def test_something_can_be_changed(client: Client, author: Member) -> None:
    page = client.post(form(CourseFactory()), answers(change="yes")).text
    assert "See what it would do" in page
    assert "The law of October." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what_changed": ""}, "Say what is new"),
        ({"kind": ""}, "Choose what kind of edition"),
        ({"old_count_until": "2020-01-01"}, "This day is over."),
        ({"old_count_until": "soon"}, "Enter a valid date"),
        ({"kind": "minor"}, "Take the day away"),
        ({"kind": "minor", "old_count_until": ""}, "people go on where they are"),
    ],
)
def test_mistakes_are_told_at_their_field(
    client: Client, author: Member, changes: dict[str, str], words: str
) -> None:
    page = client.post(form(CourseFactory()), answers(publish="yes", **changes)).text
    assert words in page
    assert not Edition.objects.exists()


def test_a_draft_course_has_no_editions(client: Client, author: Member) -> None:
    course = CourseFactory(live=False, modules=0)
    assert client.get(form(course)).status_code == 404
    assert form(course) not in client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text


def test_others_publish_no_edition(client: Client) -> None:
    course, editor = CourseFactory(), MemberFactory()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for person in (MemberFactory(), editor):
        client.force_login(person)
        assert client.get(form(course)).status_code != 200
        client.post(form(course), answers(publish="yes"))
    assert not Edition.objects.exists()


def test_a_course_with_editions_is_not_deleted(client: Client, author: Member) -> None:
    course = CourseFactory()
    minor(course)
    client.post(reverse("wagtailadmin_pages:delete", args=[course.pk]))
    assert CoursePage.objects.filter(pk=course.pk).exists()


# --- The learner --------------------------------------------------------------------------------
def test_the_course_says_until_when_and_what_is_new(client: Client) -> None:
    done, until = CompletionFactory(), today() + MONTH
    publish(done.course, old_count_until=until)
    client.force_login(done.member)
    page = client.get(done.course.address).text
    day = f"{until.day} {until:%B %Y}"
    assert f"We have updated this course. What you did counts until {day}." in page
    assert "What is new: The law of October." in page
    assert "You can renew it now." in page


def test_over_it_says_until_when_it_counted(client: Client) -> None:
    done = CompletionFactory(completed_on=today() - MONTH)
    publish(done.course)
    client.force_login(done.member)
    page = client.get(done.course.address).text
    assert "We have updated this course. What you did counted until" in page
    assert "What is new: The law of October." in page


def test_who_is_half_way_reads_why_it_starts_again(client: Client) -> None:
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.member)
    publish(enrolment.course, half_way=Edition.HalfWay.AGAIN)
    assert "since you began it" in client.get(enrolment.course.address).text
    client.post(enrolment.course.address)
    assert "since you began it" not in client.get(enrolment.course.address).text


def test_my_training_and_the_certificate_keep_the_date_and_say_it_in_words(
    client: Client,
) -> None:
    done, until = CompletionFactory(), today() + MONTH
    certificate = award(completion=done)
    publish(done.course, old_count_until=until)
    client.force_login(done.member)
    day = f"counts until {until.day} {until:%B %Y}"
    stamped = f"{done.valid_to.day} {done.valid_to:%B %Y}"
    for address in (reverse("my_training"), certificate.get_absolute_url()):
        page = client.get(address).text
        assert stamped in page
        assert day in page


def test_without_a_new_edition_nothing_is_said(client: Client) -> None:
    done = CompletionFactory()
    certificate = award(completion=done)
    minor(done.course)
    client.force_login(done.member)
    for address in (
        reverse("my_training"),
        certificate.get_absolute_url(),
        done.course.address,
    ):
        assert "We have updated" not in client.get(address).text
