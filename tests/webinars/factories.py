"""Webinars, sessions, bookings and attendance; traits are states of the world.

Times are civil times in Europe/London, as people write them: `at(2026, 10, 13, 19)`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.courses.factories import catalogue
from tests.members.factories import MemberFactory
from webinars.models import Attendance, Booking, Session, Topic, WebinarIndexPage, WebinarPage

LONDON = ZoneInfo("Europe/London")


def at(*parts: int) -> dt.datetime:
    """Return a moment by the clock in London."""
    return dt.datetime(*parts, tzinfo=LONDON)  # type: ignore[misc,arg-type]


def webinar_index() -> WebinarIndexPage:
    """Return the list of webinars beside the catalogue; made on first use."""
    if found := WebinarIndexPage.objects.first():
        return found
    home = catalogue().get_parent()
    index = WebinarIndexPage(title="Webinars", slug="webinars")
    home.add_child(instance=index)
    index.save_revision().publish()
    return index


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"subject-{n}")
    title = factory.LazyAttribute(lambda topic: topic.slug.replace("-", " ").capitalize())


class WebinarPageFactory(DjangoModelFactory):
    """A published webinar, open to everyone; `post_kinds` narrows it."""

    class Meta:
        model = WebinarPage

    class Params:
        draft = factory.Trait(live=False)
        by_code = factory.Trait(counts_by=WebinarPage.CountsBy.CODE)
        sensitive = factory.Trait(is_sensitive=True)

    title = factory.Sequence(lambda n: f"Speaking up {n}")
    slug = factory.Sequence(lambda n: f"speaking-up-{n}")
    summary = "An hour on how to speak up."
    about = "<p>What to say when something is wrong.</p>"
    topic = factory.SubFactory(TopicFactory)
    live = True

    @classmethod
    def _create(cls, model_class: type[WebinarPage], *args: Any, **fields: Any) -> WebinarPage:
        post_kinds, live = fields.pop("post_kinds", ()), fields.pop("live")
        page = model_class(live=live, **fields)
        page.post_kinds = list(post_kinds)
        webinar_index().add_child(instance=page)
        if live:
            page.save_revision().publish()
            page.refresh_from_db()
        return page


class SessionFactory(DjangoModelFactory):
    """A session of an hour in a week's time, with a link and 20 places."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    class Params:
        soon = factory.Trait(starts_at=factory.LazyFunction(lambda: _in(minutes=20)))
        live_now = factory.Trait(starts_at=factory.LazyFunction(lambda: _in(minutes=-20)))
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: _in(days=-2)))
        cancelled = factory.Trait(cancelled_at=factory.LazyFunction(timezone.now))

    webinar = factory.SubFactory(WebinarPageFactory)
    starts_at = factory.LazyFunction(lambda: _in(days=7))
    minutes = 60
    ends_at = factory.LazyAttribute(lambda it: it.starts_at + dt.timedelta(minutes=it.minutes))
    capacity = 20
    join_url = factory.Sequence(lambda n: f"https://meet.example.org/j/{n}?pwd=secret")

    @factory.post_generation
    def hosts(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.hosts.set(extracted)


class BookingFactory(DjangoModelFactory):
    """A place, taken without asking whether there is one; `waiting` and `cancelled` are traits."""

    class Meta:
        model = Booking

    class Params:
        waiting = factory.Trait(
            status=Booking.Status.WAITING,
            place=None,
            waiting_number=factory.LazyAttribute(lambda it: it.session.bookings.count() + 1),
        )
        cancelled = factory.Trait(
            status=Booking.Status.CANCELLED,
            place=None,
            cancelled_at=factory.LazyFunction(timezone.now),
        )

    session = factory.SubFactory(SessionFactory)
    member = factory.SubFactory(MemberFactory)
    status = Booking.Status.BOOKED
    place = factory.LazyAttribute(lambda it: it.session.bookings.count() + 1)
    reference = factory.Sequence(lambda n: f"TEST-{n:05d}")
    booked_at = factory.LazyFunction(timezone.now)


class AttendanceFactory(DjangoModelFactory):
    """Somebody who was there for the whole of a session that is over."""

    class Meta:
        model = Attendance

    class Params:
        part = factory.Trait(outcome=Attendance.Outcome.PART, seconds=1200)
        absent = factory.Trait(outcome=Attendance.Outcome.ABSENT, seconds=0)

    session = factory.SubFactory(SessionFactory, over=True)
    member = factory.SubFactory(MemberFactory)
    outcome = Attendance.Outcome.ATTENDED
    how = Attendance.How.FILE
    seconds = 3600


def _in(**time: int) -> dt.datetime:
    return timezone.now().replace(microsecond=0) + dt.timedelta(**time)
