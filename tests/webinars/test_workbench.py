"""The pages with which a host turns a report into attendance."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import AuditEvent
from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory, BookingFactory, SessionFactory
from tests.webinars.reports import a_file, a_visitor, outcomes, zoom
from tests.webinars.workbench import a_session, booked, client_of, page, post, upload
from webinars.models import Session, Visitor

if TYPE_CHECKING:
    from django.test import Client


pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_session()


@pytest.fixture
def host(session: Session) -> Client:
    return client_of(session.hosts.get())


def test_a_report_is_uploaded_looked_through_settled_and_confirmed(
    host: Client, session: Session
) -> None:
    jo = booked(session, "Jo", "Smith", email="jo@example.org")
    al = booked(session, "Alison", "Brown")
    data = zoom(session, ("Jo Smith", jo.email, 0, 50), ("Alyson Brown", "", 0, 20))
    answer = upload(host, session, data)
    file = session.files.get()
    assert answer["Location"] == reverse("webinars:attendance_file", args=[session.pk, file.pk])
    preview = host.get(answer["Location"]).content.decode()
    assert "Alyson Brown" in preview
    assert "Alison Brown" in preview  # in doubt, so it comes first, with whom it could be
    where = session.pk, file.pk
    assert "Same e-mail address" in page(host, "attendance_file", *where, show="matched")
    doubtful = file.visitors.get(state="doubtful")
    assert "Alison Brown" in page(host, "settle", *where, doubtful.pk)
    post(host, "settle", *where, doubtful.pk, who=al.pk)
    assert outcomes(session) == {}
    post(host, "confirm", *where)
    assert outcomes(session) == {jo.pk: ("attended", 3000), al.pk: ("part", 1200)}
    assert "50 of 60 minutes" in page(host, "attendance", session.pk)


def test_the_same_report_again_leads_to_the_one_that_is_there(
    host: Client, session: Session
) -> None:
    data = zoom(session, ("Jo", "", 0, 50))
    assert upload(host, session, data)["Location"] == upload(host, session, data)["Location"]


@pytest.mark.parametrize(
    ("data", "words"), [(b"Dear all", "We read the participants report"), (b"", "is empty")]
)
def test_a_file_that_is_no_report_is_explained(
    host: Client, session: Session, data: bytes, words: str
) -> None:
    answer = upload(host, session, data)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert words in answer.content.decode()
    assert not session.files.exists()


def test_close_and_undo(host: Client, session: Session) -> None:
    jo, al = booked(session, "Jo", "Smith"), booked(session, "Al", "Brown")
    file = a_file(session)
    a_visitor(file, member=jo)
    assert "waits for you to confirm" in page(host, "close_attendance", session.pk)
    post(host, "confirm", session.pk, file.pk)
    assert "1 person has a place" in page(host, "close_attendance", session.pk)
    post(host, "close_attendance", session.pk)
    assert outcomes(session)[al.pk] == ("absent", 0)
    assert "open again" in page(host, "undo", session.pk, file.pk)
    post(host, "undo", session.pk, file.pk)
    assert outcomes(session) == {}
    assert post(host, "undo", session.pk, file.pk).status_code == 302  # sent twice
    gone = host.get(reverse("webinars:attendance_file", args=[session.pk, file.pk]))
    assert gone.status_code == 404


def test_after_30_days_nothing_is_undone_and_no_name_is_shown(
    host: Client, session: Session
) -> None:
    member = booked(session, "Jo", "Smith")
    file = a_file(session)
    a_visitor(file, member=member)
    post(host, "confirm", session.pk, file.pk)
    file.visitors.all().delete()
    session.set_time(session.starts_at - dt.timedelta(days=31), 60)
    session.save()
    assert "cannot be undone" in page(host, "undo", session.pk, file.pk)
    post(host, "undo", session.pk, file.pk)
    assert outcomes(session) == {member.pk: ("attended", 3600)}
    assert "Jo Smith" not in page(host, "attendance", session.pk)
    by_hand = host.get(reverse("webinars:by_hand", args=[session.pk, member.pk]))
    assert by_hand.status_code == 404


@pytest.mark.parametrize("state", [{"live_now": True}, {"over": True, "cancelled": True}])
def test_before_the_end_nothing_is_taken_in(state: dict[str, bool]) -> None:
    session = SessionFactory(**state, hosts=[MemberFactory()])
    client = client_of(session.hosts.get())
    assert 'type="file"' not in page(client, "attendance", session.pk)
    upload(client, session, zoom(session, ("Jo", "", 0, 50)))
    post(client, "close_attendance", session.pk)
    assert not session.files.exists()
    session.refresh_from_db()
    assert session.attendance_closed_at is None


def test_whoever_does_not_run_the_session_finds_nothing(session: Session) -> None:
    file = a_file(session)
    visitor, member = a_visitor(file, state="doubtful", member=None), booked(session, "Jo", "S")
    client = client_of(a_session().hosts.get())
    for name, args in EVERY:
        where = [{"file": file.pk, "visitor": visitor.pk, "member": member.pk}[one] for one in args]
        for method in (client.get, client.post):
            answer = method(reverse(f"webinars:{name}", args=[session.pk, *where]))
            assert answer.status_code in {404, 405}
    assert not session.attendance.exists()


def test_a_report_of_another_session_is_not_here(host: Client, session: Session) -> None:
    other = a_file(SessionFactory(over=True))
    visitor = a_visitor(other)
    for name, args in (("attendance_file", [other.pk]), ("settle", [other.pk, visitor.pk])):
        answer = host.get(reverse(f"webinars:{name}", args=[session.pk, *args]))
        assert answer.status_code == 404
    mine = a_file(session)
    answer = host.get(reverse("webinars:settle", args=[session.pk, mine.pk, visitor.pk]))
    assert answer.status_code == 404


def test_that_names_were_looked_at_is_written(host: Client, session: Session) -> None:
    member = booked(session, "Jo", "Smith")
    page(host, "attendance", session.pk)
    event = AuditEvent.objects.get(action="attendance.viewed")
    assert event.subject_ids == [member.pk]


EVERY = [
    ("attendance", []),
    ("close_attendance", []),
    ("by_hand", ["member"]),
    ("attendance_file", ["file"]),
    ("confirm", ["file"]),
    ("undo", ["file"]),
    ("settle", ["file", "visitor"]),
]


def test_cost__the_same_for_one_person_and_for_twenty(host: Client, session: Session) -> None:
    file = a_file(session)
    pages = [("attendance", [], {})]
    pages += [("attendance_file", [file.pk], {"show": state}) for state in Visitor.State.values]
    page(host, "attendance", session.pk)  # what a process reads once
    costs = []
    for many in (1, 19):
        for _ in range(many):
            row = AttendanceFactory(session=session, member=BookingFactory(session=session).member)
            a_visitor(file, member=row.member)
            a_visitor(file)
            for state in ("doubtful", "unmatched", "ignored"):
                a_visitor(file, member=None, state=state)
        costs.append([cost(host, name, session.pk, *args, **query) for name, args, query in pages])
    assert costs[0] == costs[1]


def cost(client: Client, name: str, *args: int, **query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, name, *args, **query)
    return len(queries)
