"""Sessions of the webinars: to come, on now, over; who has a place, who waits, who was there."""

from __future__ import annotations

import csv
import datetime as dt
from random import Random
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from courses.actions import begin_quiz_of_webinar
from courses.counting import count_attendance
from courses.models import WebinarStepPage
from members.dates import today
from members.models import Member, Unit
from quizzes.actions import save_answer, submit_sitting
from training.demo.accounts import REGION
from training.demo.people import PREFIX, SEED
from webinars.models import Attendance, Booking, Session, WebinarPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ESSENTIALS, SPEAKING_UP = "safeguarding-essentials-live", "speaking-up-live"
MINUTES = {ESSENTIALS: 60, SPEAKING_UP: 45}
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
LINK = "https://meet.example.org/{webinar}-{number}?pwd=demonstration"
ZOOM = (
    "Name (Original Name)",
    "User Email",
    "Join Time",
    "Leave Time",
    "Duration (Minutes)",
    "Guest",
)
PASSED = 6  # of those who were there have answered the quiz since
OUTCOMES = ((Attendance.Outcome.ATTENDED, 20), (Attendance.Outcome.PART, 4))  # the others: absent
BOOKED, WAITING = Booking.Status.BOOKED, Booking.Status.WAITING


def make_webinars() -> None:
    """Make sessions with their places and attendance, once; one that is on now, whenever asked."""
    random = Random(SEED)
    crowd = _crowd()
    if not Session.objects.exists():
        call_command("load_webinars", verbosity=0)
        _make_upcoming(random, crowd)
        _make_past(random, crowd)
    _make_one_on_now(random, crowd)


def report_file() -> Path:
    """Where the report for the session of yesterday is: a host of the demonstration uploads it."""
    path: Path = settings.VAR_DIR / "demo" / "zoom-report.csv"
    return path


def _make_upcoming(random: Random, crowd: Sequence[Member]) -> None:
    full = _session(ESSENTIALS, days=3, capacity=20)
    _book(full, random.sample(crowd, 23), random)
    nearly = _session(ESSENTIALS, days=17, capacity=30)
    _book(nearly, random.sample(crowd, 27), random)
    many = _session(SPEAKING_UP, days=6, at=(19, 0), capacity=300)
    _book(many, [_person("member"), *random.sample(crowd, 34)], random)
    region = Unit.objects.get(code=REGION)
    ours = [one for one in crowd if one.home_unit and one.home_unit.is_descendant_of(region)]
    regional = _session(ESSENTIALS, days=10, unit=region, capacity=40, host="region")
    _book(regional, ours[:12], random)
    _session(SPEAKING_UP, days=38, at=(12, 30), capacity=100)


def _make_past(random: Random, crowd: Sequence[Member]) -> None:
    whole = Attendance.Outcome.ATTENDED
    for webinar, days in ((SPEAKING_UP, -58), (ESSENTIALS, -30)):
        people = random.sample(crowd, 29)
        session = _session(webinar, days=days)
        if webinar == ESSENTIALS:
            people[-6] = _person("member")  # was there for a part
        _book(session, people, random)
        count_attendance(_attend(session, people, random))
        if webinar == ESSENTIALS:
            _let_pass([row.member for row in session.attendance.filter(outcome=whole)[:PASSED]])
    yesterday = _session(ESSENTIALS, days=-1)
    people = [_person("councillor"), *random.sample(crowd, 24)]
    _book(yesterday, people, random)
    _write_report(yesterday, people)


def _make_one_on_now(random: Random, crowd: Sequence[Member]) -> None:
    now = timezone.now()
    if not Session.objects.standing().filter(starts_at__lte=now, ends_at__gt=now).exists():
        start = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
        on_now = _session(SPEAKING_UP, starts_at=start)
        _book(on_now, [_person("member"), *random.sample(crowd, 12)], random)


def _session(  # noqa: PLR0913 (the facts of one row, by name)
    webinar: str,
    *,
    days: int = 0,
    at: tuple[int, int] = (18, 30),
    starts_at: dt.datetime | None = None,
    capacity: int | None = None,
    unit: Unit | None = None,
    host: str = "host",
) -> Session:
    day = today() + dt.timedelta(days=days)
    session = Session(
        webinar=WebinarPage.objects.get(slug=webinar),
        capacity=capacity,
        unit=unit,
        join_url=LINK.format(webinar=webinar, number=Session.objects.count() + 1),
    )
    evening = timezone.make_aware(dt.datetime.combine(day, dt.time(*at)))
    session.set_time(starts_at or evening, MINUTES[webinar])
    session.attendance_closed_at = session.ends_at if days < -1 else None
    session.save()
    session.hosts.set([_person(host)])
    return session


def _book(session: Session, people: Iterable[Member], random: Random) -> None:
    """Give places in order; who comes after the last one waits."""
    most = session.capacity or len(list(people))
    before = min(session.starts_at, timezone.now())
    Booking.objects.bulk_create(
        Booking(
            session=session,
            member=member,
            status=BOOKED if number <= most else WAITING,
            place=number if number <= most else None,
            waiting_number=None if number <= most else number - most,
            reference=_reference(random),
            booked_at=before - dt.timedelta(hours=200 - number),
        )
        for number, member in enumerate(people, start=1)
    )


def _reference(random: Random) -> str:
    letters = "".join(random.choices(LETTERS, k=8))
    return f"{letters[:4]}-{letters[4:]}"


def _attend(session: Session, people: Sequence[Member], random: Random) -> list[Attendance]:
    """Decide who of them was there: most, some for a part, the last few not."""
    outcomes = [outcome for outcome, number in OUTCOMES for _ in range(number)]
    outcomes += [Attendance.Outcome.ABSENT] * (len(people) - len(outcomes))
    share = {"attended": (0.8, 1), "part": (0.3, 0.6), "absent": (0, 0)}
    rows = [
        Attendance(
            session=session,
            member=member,
            outcome=outcome,
            how=Attendance.How.FILE,
            seconds=round(session.minutes * 60 * random.uniform(*share[outcome])),
            decided_at=session.ends_at + dt.timedelta(hours=14),
            decided_by=_person("host"),
        )
        for member, outcome in zip(people, outcomes, strict=True)
    ]
    return Attendance.objects.bulk_create(rows)


def _let_pass(people: Iterable[Member]) -> None:
    """Let these people answer the quiz after the webinar, all right."""
    step = WebinarStepPage.objects.filter(webinar__slug=ESSENTIALS).exclude(quiz=None).first()
    if step is None:
        return  # a site without our courses
    for member in people:
        sitting = begin_quiz_of_webinar(step=step, by=member)
        for answer in sitting.answers.select_related("revision", "question"):
            save_answer(answer=answer, chosen=sorted(answer.asked.right), by=member)
        submit_sitting(sitting=sitting, by=member)


def _write_report(session: Session, people: Sequence[Member]) -> None:
    """Write what Zoom would say: most are easy to recognise, a few are not."""
    rows: list[tuple[str, str, int, int]] = [("Hana Begum (Host)", "host@example.org", -5, 61)]
    for number, member in enumerate(people[:21]):
        name, email = member.get_full_name(), member.email or ""
        came, left = number % 4, 60 if number % 7 else 25
        if number in {5, 11}:  # signed in nowhere, under half a name
            name, email = f"{member.given_name} {member.family_name[0]}.", ""
        if number == 8:  # the train went into a tunnel
            rows.append((name, email, came, 20))
            came = 24
        rows.append((name, email, came, left))
    rows.append(("iPhone", "", 2, 58))
    path = report_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(ZOOM)
        for name, email, came, left in rows:
            moments = [_clock(session, minute) for minute in (came, left)]
            sheet.writerow([name, email, *moments, left - came, "Yes"])


def _clock(session: Session, minute: int) -> str:
    moment = timezone.localtime(session.starts_at + dt.timedelta(minutes=minute))
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _crowd() -> list[Member]:
    """Return invented adults who may come."""
    found = Member.objects.filter(membership_number__startswith=PREFIX, is_under_18=False)
    return list(found.select_related("home_unit").order_by("pk")[:400])


def _person(name: str) -> Member:
    person: Member = Member.objects.get(email=f"{name}@example.org")
    return person
