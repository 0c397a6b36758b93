"""Webinars: the list of two hundred sessions, and the attendance report of a large one."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test.utils import override_settings
from django.utils import timezone

from bench.pages import ROUNDS, bare_page, client_for, fetch, result
from bench.timing import cpu_ms, statements, undone
from courses.models import HomePage
from members.models import Member
from webinars.attendance.deciding import confirm
from webinars.attendance.staging import stage
from webinars.models import (
    Attendance,
    Booking,
    Session,
    Topic,
    Visitor,
    WebinarIndexPage,
    WebinarPage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.models import Page

WEBINARS, SESSIONS_OF_EACH = 20, 10
PEOPLE = 5_000
BATCH = 500
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
CLOCK = "%Y-%m-%d %H:%M:%S"


def measure() -> Iterator[dict[str, Any]]:
    """Yield the results. Nothing that was made for them is kept."""
    with undone():
        yield list_of_sessions()
    with undone():
        yield import_of_a_report()


def list_of_sessions() -> dict[str, Any]:
    """Return what the list takes when two hundred sessions are to come, and others book."""
    index = _index()
    for number in range(WEBINARS):
        _webinar(index, number)
    name = f"list of {WEBINARS * SESSIONS_OF_EACH} sessions"
    with override_settings(ROOT_URLCONF="bench.urls"):
        act = fetch(client_for("councillor@example.org"), index.url)
        base = bare_page()
        return result(name, cpu_ms(act, ROUNDS), base, act)


def import_of_a_report() -> dict[str, Any]:
    """Return what it takes to take in and confirm a Zoom report of five thousand joinings.

    Everybody in it had booked. Once: it is too long for several rounds.
    """
    session = _webinar(_index(), 0).sessions.order_by("pk")[0]
    session.set_time(timezone.now() - timedelta(days=1), 60)
    session.save()
    by, people = Member.objects.get(email="admin@example.org"), _booked(session)
    content = _report(session, people)

    def take_in() -> None:
        file = stage(session=session, data=content, name="report.csv", by=by)
        confirm(file=file, by=by)

    with undone():
        begun = time.perf_counter()
        sent = statements(take_in)
        took = time.perf_counter() - begun
        visitors = list(Visitor.objects.filter(file__session=session))
        attendance = list(session.attendance.all())
        assert len(visitors) == len(attendance) == PEOPLE
        assert {row.outcome for row in attendance} == {Attendance.Outcome.ATTENDED}
        session.attendance.all().delete()
        Visitor.objects.all().delete()
        begun = time.perf_counter()
        Visitor.objects.bulk_create(visitors, batch_size=BATCH)
        Attendance.objects.bulk_create(attendance, batch_size=BATCH)
        bare = time.perf_counter() - begun
    return {
        "name": f"import of a report of {PEOPLE:,} rows",
        "value": round(took * 1000, 3),
        "unit": "ms",
        "base": f"bulk_create of the same rows: {bare * 1000:.2f} ms",
        "ratio": round(took / bare, 2),
        "queries": len(sent),
        "rows_a_second": round(PEOPLE / took),
    }


def _index() -> Page:
    if index := WebinarIndexPage.objects.first():
        return index
    index = WebinarIndexPage(title="Webinars", slug="webinars")
    HomePage.objects.get().add_child(instance=index)
    return index


def _webinar(index: Page, number: int) -> WebinarPage:
    """Return a webinar with its sessions to come."""
    topic, _ = Topic.objects.get_or_create(slug="bench", defaults={"title": "Speaking up"})
    page = WebinarPage(
        title=f"Speaking up {number}",
        slug=f"bench-{number}",
        summary="An hour on how to speak up.",
        about="<p>What to say when something is wrong.</p>",
        topic=topic,
        live=True,
    )
    index.add_child(instance=page)
    sessions = [Session(webinar=page, capacity=40) for _ in range(SESSIONS_OF_EACH)]
    for day, session in enumerate(sessions):
        session.set_time(timezone.now() + timedelta(days=day + 1, minutes=number), 60)
    Session.objects.bulk_create(sessions)
    return page


def _booked(session: Session) -> list[Member]:
    people = list(Member.objects.filter(membership_number__startswith="B")[:PEOPLE])
    now = timezone.now()
    Booking.objects.bulk_create(
        [
            Booking(
                session=session,
                member=member,
                status=Booking.Status.BOOKED,
                place=place,
                reference=f"BENCH-{place}",
                booked_at=now,
            )
            for place, member in enumerate(people, start=1)
        ],
        batch_size=BATCH,
    )
    return people


def _report(session: Session, people: list[Member]) -> bytes:
    starts = f"{timezone.localtime(session.starts_at):{CLOCK}}"
    ends = f"{timezone.localtime(session.ends_at):{CLOCK}}"
    rows = [f"{one.get_full_name()},{one.email},{starts},{ends},60,No" for one in people]
    return "\n".join([HEAD, *rows]).encode()
