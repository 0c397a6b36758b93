"""Two thousand people book a session of 500 places, 16 at a time, on PostgreSQL.

Whether each place is sold once and the line is in order is asserted. The times are those one
person waits, and the processor time of one booking; against inserting the same row bare, as many
at a time. All 16 share one process, so on two processors they wait for each other's Python too.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bench.timing import statements
from members.models import Mail, Member
from webinars.booking.verbs import book, cancel_booking
from webinars.models import Booking, Session, WebinarPage
from webinars.site import ensure_webinars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BOOKINGS, PLACES, AT_A_TIME = 2_000, 500, 16


def measure() -> Iterator[dict[str, Any]]:
    """Yield what one booking takes in a crowd and by itself; nothing of it is kept."""
    if connection.vendor != "postgresql":
        return  # writers queue anyway
    begun = timezone.now()
    webinar = _webinar()
    try:
        people = list(Member.objects.filter(is_active=True).exclude(email=None)[:BOOKINGS])
        assert len(people) == BOOKINGS, "the party is too small"
        yield from _spike(webinar, people)
    finally:
        Mail.objects.filter(kind="webinar", created_at__gte=begun).delete()
        DBTaskResult.objects.filter(enqueued_at__gte=begun).delete()
        Booking.objects.filter(session__webinar=webinar).delete()
        webinar.sessions.all().delete()
        webinar.delete()


def _spike(webinar: WebinarPage, people: list[Member]) -> Iterator[dict[str, Any]]:
    bare = _session(webinar)
    base, _, base_cpu = _crowd(lambda n: _insert(bare, people[n], n))
    Booking.objects.filter(session=bare).delete()
    session = _session(webinar)
    times, took, cpu = _crowd(lambda n: book(session=session, by=people[n]))
    _check(session)
    half, most = _percentiles(times)
    base_half, base_most = _percentiles(base)
    yield {
        "name": "booking in a spike: 2,000 for 500 places, 16 at a time",
        "value": half,
        "unit": "ms, half of the bookings",
        "p95": most,
        "seconds for all": round(took, 2),
        "CPU": cpu,
        "base": f"a bare INSERT of the same row, 16 at a time: {base_half} ms, p95 {base_most} ms,"
        f" CPU {base_cpu} ms",
        "ratio": round(half / base_half, 2),
        "ratio of p95": round(most / base_most, 2),
        "ratio of CPU": round(cpu / base_cpu, 2),
    }
    mine = session.bookings.booked().first()
    assert mine
    sent = statements(lambda: cancel_booking(booking=mine, by=mine.member))
    again = statements(lambda: book(session=session, by=mine.member))
    yield {
        "name": "statements of a booking that waits, and of a cancellation that moves one up",
        "value": len(again),
        "unit": "statements",
        "cancellation": len(sent),
    }


def _check(session: Session) -> None:
    """Every place is sold once, and everybody else waits in a line without gaps."""
    places = session.bookings.booked().order_by("place").values_list("place", flat=True)
    assert list(places) == list(range(1, PLACES + 1)), "not sold once"
    line = session.bookings.waiting().values_list("waiting_number", flat=True)
    assert list(line) == list(range(1, BOOKINGS - PLACES + 1)), "not in order"


def _crowd(act: Callable[[int], object]) -> tuple[list[float], float, float]:
    """Do it for everybody, so many at a time; return what each took in ms, all of them in seconds,
    and the processor time of one in ms."""

    def timed(number: int) -> float:
        begun = time.perf_counter()
        act(number)
        return (time.perf_counter() - begun) * 1000

    def ready() -> None:
        connection.ensure_connection()

    begun, working = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(AT_A_TIME, initializer=ready) as crowd:
        times = list(crowd.map(timed, range(BOOKINGS)))
        took = time.perf_counter() - begun
        cpu = (time.process_time() - working) / BOOKINGS * 1000
        list(crowd.map(lambda _: connection.close(), range(AT_A_TIME * 4)))
    return times, took, round(cpu, 2)


def _insert(session: Session, member: Member, number: int) -> None:
    waiting = Booking.Status.WAITING
    row = {"session": session, "member": member, "status": waiting, "waiting_number": number + 1}
    reference = f"SPIKE-{number}"
    Booking(**row, reference=reference, booked_at=timezone.now()).save(force_insert=True)


def _percentiles(times: list[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20)
    return round(cuts[9], 2), round(cuts[18], 2)


def _webinar() -> WebinarPage:
    words = {"summary": "Everybody comes.", "about": "<p>At once.</p>"}
    webinar = WebinarPage(title="A spike", slug="spike", **words)
    ensure_webinars().add_child(instance=webinar)
    return webinar


def _session(webinar: WebinarPage) -> Session:
    session = Session(webinar=webinar, capacity=PLACES)
    session.set_time(timezone.now() + timedelta(days=7), 60)
    session.save()
    return session
