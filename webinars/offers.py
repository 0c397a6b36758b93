"""A session as it stands for one reader: what the list, the page of a webinar and home say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from webinars.audience import open_sessions
from webinars.models import Booking, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member
    from webinars.models.session import SessionQuerySet

FEW = 10  # from here on it is said how many places are left
FULL = "Full: join the waiting list"
MINE = {Booking.Status.BOOKED: "You are booked", Booking.Status.WAITING: "On the waiting list"}
TONES = {Booking.Status.BOOKED: "done", Booking.Status.WAITING: "due"}


@dataclass(frozen=True)
class Offer:
    """A session (of `for_reader`) and whether it is open to who reads it."""

    session: Session
    is_open: bool = True

    @property
    def is_mine(self) -> bool:
        return bool(self.session.mine)

    @property
    def may_wait(self) -> bool:
        """Whether there is no place but the waiting list."""
        return self.is_open and not self.is_mine and self.session.places_left == 0

    @property
    def words(self) -> str:
        """How it stands, in a few words; "" when there is nothing to say but that it is on."""
        if self.is_mine:
            return MINE[Booking.Status(self.session.mine)]
        if not self.is_open:
            return "Not open to you"
        left = self.session.places_left
        if left is None or left >= FEW:
            return ""
        return f"{left} place{'' if left == 1 else 's'} left" if left else FULL

    @property
    def tone(self) -> str:
        """The colour of the words, as the component `tag` names it."""
        if self.is_mine:
            return TONES[Booking.Status(self.session.mine)]
        return "quiet" if self.may_wait or not self.is_open else "due"

    @property
    def is_on(self) -> bool:
        return self.session.starts_at <= timezone.now() < self.session.ends_at

    @property
    def speakers(self) -> str:
        """Who speaks: those of this session, or else those of the webinar."""
        named = [block.value["name"] for block in self.session.webinar.speakers]
        return self.session.speakers or ", ".join(named)

    @property
    def access(self) -> list[str]:
        """What makes it possible for more people to take part."""
        webinar = self.session.webinar
        offered = {
            "Live captions": webinar.has_captions,
            "British Sign Language": webinar.has_sign_language,
        }
        return [words for words, has in offered.items() if has]

    @property
    def href(self) -> str:
        """Where the reader goes on: to their booking, or to the webinar to choose a session."""
        return reverse("webinars:session", args=[self.session.pk]) if self.is_mine else self.about

    @property
    def about(self) -> str:
        return f"{self.session.webinar.address}#session-{self.session.pk}"


def offers(sessions: Iterable[Session], *, open_to: set[int] | None = None) -> list[Offer]:
    """Return sessions as offers; `open_to` names those that are open, None says that all are."""
    return [Offer(it, is_open=open_to is None or it.pk in open_to) for it in sessions]


def upcoming(reader: Member | None) -> SessionQuerySet:
    """Return the sessions that the reader may book, the next first, each with how it stands."""
    coming = open_sessions(reader, Session.objects.published().standing().upcoming())
    return coming.for_reader(reader).select_related("webinar__topic", "unit")
