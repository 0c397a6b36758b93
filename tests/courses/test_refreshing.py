"""Refreshers: a shorter course that renews a longer one, in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.exceptions import ValidationError

from certificates.models import Certificate
from courses.actions import enrol, finish_step
from courses.models import Completion, CoursePage, Edition, ModulePage
from courses.progress import progress_of
from courses.publishing import publish_edition
from members.dates import today
from tests.courses.factories import CompletionFactory, CourseFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from members.models import Member

pytestmark = pytest.mark.django_db
DONE = dt.date(2026, 1, 10)
ENDS = dt.date(2028, 1, 10)
OFFER = "refresher (20 minutes)</a> or the whole course again"


@pytest.fixture
def refresher() -> CoursePage:
    return CourseFactory(title="In brief", modules=1, minutes=20, for_good=True)


@pytest.fixture
def course(refresher: CoursePage) -> CoursePage:
    return CourseFactory(title="In full", refresher=refresher)


def on(day: dt.date) -> time_machine.travel:
    return time_machine.travel(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC))


def take(course: CoursePage, member: Member) -> None:
    enrol(course=course, by=member)
    for step in ModulePage.objects.child_of(course):
        finish_step(step=step, by=member)


def renewals(member: Member, course: CoursePage) -> list[Completion]:
    return list(Completion.objects.filter(member=member, course=course, source="refresher"))


def page_of(client: Client, course: CoursePage, member: Member) -> str:
    client.force_login(member)
    return client.get(course.address).text


@pytest.mark.parametrize(
    ("day", "renewed"),
    [
        (dt.date(2027, 10, 11), False),  # the day before renewal opens
        (dt.date(2027, 10, 12), True),
        (ENDS, True),
        (dt.date(2028, 1, 11), False),
    ],
)
def test_it_renews_in_the_window_and_no_other_day(
    client: Client, course: CoursePage, refresher: CoursePage, day: dt.date, renewed: bool
) -> None:
    member = CompletionFactory(course=course, completed_on=DONE).member
    with on(day):
        assert (OFFER in page_of(client, course, member)) is renewed
        take(refresher, member)
        found = renewals(member, course)
    assert bool(found) is renewed
    assert [done.valid_to for done in found] == ([dt.date(2030, 1, 10)] if renewed else [])


def test_the_renewal_has_a_certificate(course: CoursePage, refresher: CoursePage) -> None:
    member = CompletionFactory(course=course, completed_on=DONE).member
    with on(ENDS):
        take(refresher, member)
    certificate = Certificate.objects.get(completion__course=course)
    assert certificate.completion.source == Completion.Source.REFRESHER
    assert (certificate.course_title, certificate.valid_to) == ("In full", dt.date(2030, 1, 10))


def test_it_can_be_taken_again_at_every_renewal(course: CoursePage, refresher: CoursePage) -> None:
    """Though the refresher itself counts for good."""
    member = CompletionFactory(course=course, completed_on=DONE).member
    for year in (2028, 2030, 2032):
        with on(dt.date(year, 1, 5)):
            take(refresher, member)
            assert not progress_of(member, refresher).may_renew
    assert [done.valid_to.year for done in renewals(member, course)] == [2034, 2032, 2030]


def test_taken_too_early_it_can_be_taken_again(course: CoursePage, refresher: CoursePage) -> None:
    member = CompletionFactory(course=course, completed_on=DONE).member
    with on(dt.date(2027, 10, 1)):
        take(refresher, member)
    assert not renewals(member, course)
    with on(dt.date(2027, 12, 1)):
        assert progress_of(member, refresher).may_renew
        take(refresher, member)
    assert len(renewals(member, course)) == 1


def test_without_the_course_it_renews_nothing(course: CoursePage, refresher: CoursePage) -> None:
    member = MemberFactory()
    CompletionFactory(course=course, valid_to=today())  # somebody else's
    take(refresher, member)
    assert not Completion.objects.filter(member=member, course=course).exists()


def test_after_a_major_edition_the_whole_course_is_needed(
    client: Client, course: CoursePage, refresher: CoursePage
) -> None:
    done = CompletionFactory(course=course, valid_to=today(), renews_from=today())
    publish_edition(
        course=course,
        kind=Edition.Kind.MAJOR,
        what_changed="The new law.",
        old_count_until=today(),
        half_way=Edition.HalfWay.KEEP,
        by=MemberFactory(administrator=True),
    )
    page = page_of(client, course, done.member)
    assert OFFER not in page
    assert "you need the whole course" in page
    take(refresher, done.member)
    assert not renewals(done.member, course)


def test_late_the_page_says_plainly_that_the_whole_course_is_needed(
    client: Client, course: CoursePage
) -> None:
    done = CompletionFactory(course=course, expired=True, renews_from=today() - dt.timedelta(9))
    page = page_of(client, course, done.member)
    assert "The refresher is not enough any more: you need the whole course." in page
    assert "Take the whole course again" in page


def test_before_the_window_the_page_says_from_when(client: Client, course: CoursePage) -> None:
    done = CompletionFactory(course=course)
    page = page_of(client, course, done.member)
    assert "You can renew from" in page
    assert "refresher (20 minutes)</a> or the whole course." in page


def test_a_refresher_says_what_it_is_for(
    client: Client, course: CoursePage, refresher: CoursePage
) -> None:
    assert (
        "It renews a longer course while you can renew that one"
        in client.get(refresher.address).text
    )
    assert "does not renew it for you now" in page_of(client, refresher, MemberFactory())
    done = CompletionFactory(course=course, valid_to=today(), renews_from=today())
    assert "if you finish the refresher today, it is renewed for you" in page_of(
        client, refresher, done.member
    )


def test_a_draft_refresher_is_not_offered(client: Client, course: CoursePage) -> None:
    CoursePage.objects.filter(title="In brief").update(live=False)
    done = CompletionFactory(course=course, valid_to=today(), renews_from=today())
    page = page_of(client, course, done.member)
    assert "refresher" not in page
    assert "You can renew it now." in page


def test_a_refresher_is_neither_itself_nor_has_one(
    course: CoursePage, refresher: CoursePage
) -> None:
    course.refresher = course
    with pytest.raises(ValidationError, match="its own refresher"):
        course.full_clean()
    third = CourseFactory()
    third.refresher = CoursePage.objects.get(title="In full")
    with pytest.raises(ValidationError, match="has a refresher itself"):
        third.full_clean()
    refresher.refresher = CourseFactory()
    with pytest.raises(ValidationError, match="is the refresher of “In full”"):
        refresher.full_clean()


def test_the_page_asks_as_often_whoever_else_there_is(
    client: Client,
    course: CoursePage,
    refresher: CoursePage,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    done = CompletionFactory(course=course, valid_to=today(), renews_from=today())
    page_of(client, course, done.member)
    with django_assert_num_queries(15):  # two of them ask whether there is something to say of it
        client.get(course.address)
    CompletionFactory.create_batch(3, course=course, valid_to=today(), renews_from=today())
    CompletionFactory.create_batch(2, course=refresher)
    with django_assert_num_queries(15):  # two of them ask whether there is something to say of it
        client.get(course.address)
