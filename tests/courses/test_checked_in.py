"""Who enters the code on the screen was there: at once, for the host, and for their courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate
from courses.models import Completion
from members.dates import add_period, today
from tests.courses.webinars import live_course, pass_quiz
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory
from tests.webinars.reports import outcomes
from webinars.attendance.deciding import close_attendance
from webinars.checking_in.verbs import show_code
from webinars.forgetting import forget
from webinars.models import CheckIn, Session

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


def a_session(**fields: object) -> Session:
    """A session that goes on now, of a webinar that counts by the code, with a host."""
    if "webinar" not in fields:
        fields["webinar"] = WebinarPageFactory(by_code=True)
    return SessionFactory(hosts=[MemberFactory()], live_now=True, **fields)


def enter_code(session: Session, member: Member) -> Client:
    """Enter the code as somebody does who reads it off the screen."""
    code = show_code(session=session, by=session.hosts.get()).code
    client = Client()
    client.force_login(member)
    page = client.post(reverse("webinars:check_in", args=[session.pk]), {"code": code}, follow=True)
    assert "Your attendance is recorded" in page.content.decode()
    return client


def over(session: Session) -> Session:
    Session.objects.filter(pk=session.pk).update(
        starts_at=add_period(session.starts_at, days=-2),
        ends_at=add_period(session.ends_at, days=-2),
    )
    session.refresh_from_db()
    return session


def test_who_checks_in_was_there_and_who_did_not_is_not_decided() -> None:
    session = a_session()
    member, other = (BookingFactory(session=session).member for _ in range(2))
    client = enter_code(session, member)
    assert outcomes(session) == {member.pk: ("attended", None)}
    its = reverse("webinars:session", args=[session.pk])
    assert "You can join now" in str(client.get(its).context["standing"].words)  # and again
    over(session)
    assert "You were there" in client.get(its).content.decode()
    host = Client()
    host.force_login(session.hosts.get())
    page = host.get(reverse("webinars:close_attendance", args=[session.pk]))
    assert page.context["undecided"] == 1
    close_attendance(session=session, by=session.hosts.get())
    assert outcomes(session) == {member.pk: ("attended", None), other.pk: ("absent", 0)}


def test_the_course_is_done_with_its_certificate() -> None:
    _, step = live_course(step__webinar=WebinarPageFactory(by_code=True))
    session = a_session(webinar=step.webinar)
    member = BookingFactory(session=session).member
    enter_code(session, member)
    done = Completion.objects.get()
    assert (done.member, done.source, done.completed_on) == (member, "webinar", today())
    assert Certificate.objects.get().completion == done
    enter_code(session, member)  # again
    assert Completion.objects.count() == CheckIn.objects.count() == 1


def test_with_a_quiz_the_quiz_finishes_it() -> None:
    _, step = live_course(step__webinar=WebinarPageFactory(by_code=True), step__with_quiz=True)
    session = a_session(webinar=step.webinar)
    member = BookingFactory(session=session).member
    enter_code(session, member)
    assert not Completion.objects.exists()
    pass_quiz(step, member)
    assert Completion.objects.get().member == member


def test_it_stays_when_the_check_ins_are_forgotten() -> None:
    _, step = live_course(step__webinar=WebinarPageFactory(by_code=True))
    session = a_session(webinar=step.webinar)
    member = BookingFactory(session=session).member
    enter_code(session, member)
    over(session)
    forget(add_period(today(), days=40))
    assert not CheckIn.objects.exists()
    close_attendance(session=session, by=session.hosts.get())
    assert outcomes(session)[member.pk] == ("attended", None)
    assert Completion.objects.standing().get().member == member
