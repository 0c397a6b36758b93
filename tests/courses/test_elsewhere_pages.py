"""The member's page for training done elsewhere, and where its state is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from courses.elsewhere import approve, send_back, withdraw
from courses.models import CoursePage, Evidence
from tests.courses.factories import CourseFactory
from tests.courses.proofs import PDF, a_claim, days_ago, decider, fields, open_course
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db

MINE = "/my-training/"


def address(course: CoursePage) -> str:
    return reverse("courses:elsewhere", args=[course.slug])


def test_a_proof_is_handed_in_and_then_waits(client: Client, member: Member) -> None:
    course = open_course()
    assert "I have done this training elsewhere" in client.get(course.address).text
    page = client.post(address(course), fields(), follow=True)
    assert "We will look at it. Until then your training stands as before." in page.text
    claim = Evidence.objects.get()
    assert (claim.member, claim.course, claim.submitted_by) == (member, course, member)
    assert claim.completed_on == days_ago(30)
    for where in (course.address, MINE, address(course)):
        page = client.get(where)
        assert "Waiting for us" in page.text
        assert 'type="file"' not in page.text


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"provider": ""}, "Say who gave the training."),
        ({"completed_on_day": ""}, "Give the day as numbers"),
        ({"completed_on_month": "13"}, "Give the day as numbers"),
        ({"completed_on_year": "1999"}, "before the year 2000"),
        ({"completed_on_year": "2999"}, "has not come yet"),
        (
            {"expires_on_day": "1", "expires_on_month": "1", "expires_on_year": "2001"},
            "before the day the training was finished",
        ),
        ({"file": ""}, "Choose a photo or a PDF"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, member: Member, changed: dict[str, str], reason: str
) -> None:
    page = client.post(address(open_course()), fields() | {"provider": "Unite"} | changed)
    assert "There is a problem" in page.text
    assert reason in page.text
    assert changed.get("provider", "Unite") in page.text
    assert "choose the file again" in page.text
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "proof.pdf", "This file is empty"),
        (b"MZ" + PDF, "proof.pdf", "not a PDF, JPEG or PNG"),
        (PDF + b"0" * (5 * 1024 * 1024), "proof.pdf", "larger than 5 MB"),
    ],
)
def test_a_wrong_file_is_refused_with_a_remedy(
    client: Client, member: Member, content: bytes, name: str, reason: str
) -> None:
    page = client.post(address(open_course()), fields(content, name))
    assert reason in page.text
    assert not Evidence.objects.exists()


def test_sent_back_says_why_everywhere_and_is_sent_again(client: Client, member: Member) -> None:
    claim = a_claim(member)
    send_back(evidence=claim, reason="The photo shows no name.", by=decider())
    for where in (claim.course.address, MINE, address(claim.course)):
        page = client.get(where)
        assert "The photo shows no name." in page.text
        assert "Send it again" in page.text
    assert 'value="A council"' in client.get(address(claim.course)).text
    client.post(address(claim.course), fields())
    assert Evidence.objects.waiting().get().replaces == claim


def test_approved_says_until_when(client: Client, member: Member) -> None:
    claim = a_claim(member)
    approve(evidence=claim, completed_on=days_ago(30), expires_on=None, by=decider())
    page = client.get(address(claim.course))
    assert "Approved" in page.text
    assert "kept until" in page.text
    assert "You have completed this course" in client.get(claim.course.address).text
    assert "Approved" in client.get(MINE).text


def test_withdrawing_by_the_button(client: Client, member: Member) -> None:
    claim = a_claim(member)
    assert "Withdraw it" in client.get(address(claim.course)).text
    page = client.post(reverse("courses:withdraw", args=[claim.pk]), follow=True)
    assert "You have withdrawn it" in page.text
    page = client.post(reverse("courses:withdraw", args=[claim.pk]), follow=True)
    assert "decided already" in page.text


def test_a_second_tab_is_told_that_one_waits(client: Client, member: Member) -> None:
    claim = a_claim(member)
    page = client.post(address(claim.course), fields(), follow=True)
    assert "waiting already" in page.text
    assert Evidence.objects.get() == claim


def test_nobody_sees_or_touches_another_persons_claim(client: Client, member: Member) -> None:
    claim = a_claim()
    assert client.post(reverse("courses:withdraw", args=[claim.pk])).status_code == 404
    page = client.get(address(claim.course))
    assert "A council" not in page.text
    assert Evidence.objects.waiting().exists()


def test_where_it_is_not_offered_there_is_no_page(client: Client, member: Member) -> None:
    closed = CourseFactory()
    assert client.get(address(closed)).status_code == 404
    assert "elsewhere" not in client.get(closed.address).text
    adults = open_course(adults_only=True)
    client.force_login(MemberFactory(under_18=True))
    assert client.get(address(adults)).status_code == 404
    assert address(adults) not in client.get(MINE).text


@pytest.mark.parametrize("is_same", [True, False])
def test_a_lapsed_session_keeps_what_was_typed_for_who_typed_it(
    client: Client, member: Member, is_same: bool
) -> None:
    course = open_course()
    assert f'name="who" value="{member.pk}"' in client.get(address(course)).text
    client.logout()
    client.post(address(course), fields(provider="Canary College") | {"who": member.pk})
    client.force_login(member if is_same else MemberFactory())
    assert ("Canary College" in client.get(address(course)).text) is is_same
    assert not Evidence.objects.exists()


def test_the_page_takes_as_many_queries_with_other_peoples_claims(
    client: Client, member: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    claim = a_claim(member)
    for where in (address(claim.course), claim.course.address, MINE):
        client.get(where)
        with django_assert_max_num_queries(40) as few:
            client.get(where)
        for _ in range(3):
            other = a_claim(course=claim.course)
            withdraw(evidence=other, by=other.member)
        with django_assert_max_num_queries(len(few)):
            client.get(where)
