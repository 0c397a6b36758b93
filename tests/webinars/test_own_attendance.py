"""No host gives attendance to themself, and none says a year later what nobody can look up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from members.models import AuditEvent
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.reports import a_file, a_visitor, outcomes, zoom
from tests.webinars.workbench import a_session, client_of, page, post, upload
from webinars.attendance.deciding import CONFIRMED_IT, confirm, undo
from webinars.attendance.staging import settle

pytestmark = pytest.mark.django_db


def test_a_host_s_own_row_waits_for_another_host() -> None:
    session = a_session()
    host, other = session.hosts.get(), MemberFactory()
    session.hosts.add(other)
    guest = BookingFactory(session=session).member
    BookingFactory(session=session, member=host)
    client = client_of(host)
    upload(client, session, zoom(session, ("Me", host.email, 0, 60), ("G", guest.email, 0, 60)))
    file = session.files.get()
    post(client, "confirm", session.pk, file.pk)
    assert outcomes(session) == {guest.pk: ("attended", 3600)}
    (mine,) = file.visitors.to_settle()
    assert (mine.state, mine.member, mine.reason) == ("doubtful", None, CONFIRMED_IT)
    answer = post(client, "settle", session.pk, file.pk, mine.pk, who="other", other=host.pk)
    assert "This is about you" in answer.content.decode()
    assert "Another host says" in page(client_of(other), "settle", session.pk, file.pk, mine.pk)
    post(client_of(other), "settle", session.pk, file.pk, mine.pk, who="other", other=host.pk)
    assert outcomes(session)[host.pk] == ("attended", 3600)


@pytest.mark.parametrize("settled_first", [True, False])
def test_what_another_host_said_or_confirmed_counts(settled_first: bool) -> None:
    session = a_session()
    host, other = session.hosts.get(), MemberFactory()
    file = a_file(session, by=host)
    visitor = a_visitor(file, member=host)
    if settled_first:
        settle(visitor=visitor, member=None, by=other)
        settle(visitor=visitor, member=host, by=other)
    confirm(file=file, by=host if settled_first else other)
    assert outcomes(session) == {host.pk: ("attended", 3600)}


@pytest.mark.parametrize(("days", "taken"), [(29, 1), (31, 0), (330, 0)])
def test_reports_are_taken_in_for_a_month(days: int, taken: int) -> None:
    region = UnitFactory(parent=UnitFactory(party=True), region=True)
    officer = TenureFactory(post_kind__regional=True, unit=region).member
    session = SessionFactory(unit=region, starts_at=timezone.now() - dt.timedelta(days=days))
    data = zoom(session, ("Jo", "jo@example.org", 0, 60))
    client = client_of(officer)
    assert ("<form" in page(client, "attendance", session.pk).partition("<main")[2]) is bool(taken)
    answer = upload(client, session, data)
    assert session.files.count() == taken
    if not taken:
        assert "until 30 days after the session" in answer.content.decode()
        upload(client_of(MemberFactory(administrator=True)), session, data)
        assert session.files.count() == 1


def test_the_audit_trail_names_a_report_by_its_number() -> None:
    session = a_session()
    host = session.hosts.get()
    file = a_file(session, name="Jo Smith told us.csv")
    a_visitor(file)
    confirm(file=file, by=host)
    undo(file=file, by=host)
    events = AuditEvent.objects.filter(action__startswith="attendance.").order_by("pk")
    assert [event.detail["file"] for event in events] == [file.pk, file.pk]
