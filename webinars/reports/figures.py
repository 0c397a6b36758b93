"""The report: how many came to the sessions of some time, as far as the viewer may see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as in_words

from members.dates import add_period, end_of, today
from members.models import PostKind, Unit
from webinars.models import Attendance, Session
from webinars.reports.counting import counted
from webinars.reports.folding import folded, is_small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from members.models import Member

OUTCOMES = (  # in the order they are drawn, each with its tone
    (Attendance.Outcome.ATTENDED, "Attended", "done"),
    (Attendance.Outcome.PART, "In part", "doing"),
    (Attendance.Outcome.UNKNOWN, "Not known how long", "quiet"),
    (Attendance.Outcome.ABSENT, "Did not come", "due"),
)
CAME_OR_NOT = (
    (Attendance.Outcome.ATTENDED, "Came", "done"),
    (Attendance.Outcome.ABSENT, "Did not come", "due"),
)
TOGETHER = "Others, together"
NOWHERE = "No region on record"


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    since: date
    until: date

    @classmethod
    def usual(cls) -> Period:
        """The last twelve months."""
        return cls(add_period(today(), years=-1, days=1), today())


@dataclass(frozen=True)
class Line:
    """Some sessions or people, and how many of them came."""

    name: str
    numbers: Counter[str]
    session: Session | None = None
    suppressed: bool = False
    parts: Sequence[tuple[str, str, str]] = OUTCOMES

    @property
    def booked(self) -> int:
        return self.numbers["booked"]

    @property
    def came(self) -> int:
        return self.known - self.absent

    @property
    def absent(self) -> int:
        return self.numbers[Attendance.Outcome.ABSENT]

    @property
    def known(self) -> int:
        """How many people there are of whom it was decided whether they came."""
        return sum(self.numbers[outcome] for outcome, _, _ in OUTCOMES)

    @property
    def percentage(self) -> int:
        """The share that came."""
        return round(100 * self.came / self.known) if self.known else 0

    @property
    def segments(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "count": self.numbers[outcome], "tone": tone}
            for outcome, label, tone in self.parts
        ]

    @property
    def share(self) -> str:
        """Say it in words."""
        if not self.known:
            return f"{_people(self.booked)} booked; attendance is not recorded"
        came = f"{self.percentage}% came ({self.came:,} of {self.known:,})"
        return f"{came}; {self.absent:,} did not"

    @property
    def bar(self) -> dict[str, Any]:
        """Return it as `small_multiples` draws it."""
        named: dict[str, Any] = {"name": self.name, "suppressed": self.suppressed}
        if self.session:
            day = in_words(timezone.localdate(self.session.starts_at), "j F Y")
            named["name"] = f"{self.name}, {day}"
            named["href"] = reverse("webinars:hosting", args=[self.session.pk])
        return {**named, "share": self.share, "segments": self.segments}


@dataclass(frozen=True)
class Figures:
    """The sessions of a period that `viewer` may run, counted."""

    viewer: Member
    period: Period = field(default_factory=Period.usual)

    @cached_property
    def sees_all(self) -> bool:
        """Whether the viewer may see where people are from, however few they are."""
        return self.viewer.has_perm("webinars.host_all")

    @cached_property
    def sessions(self) -> list[Session]:
        """The sessions, the last first."""
        return list(self._asked.past().select_related("webinar"))

    @cached_property
    def by_session(self) -> list[Line]:
        found = self._by_session_and_region
        numbers: dict[int, Counter[str]] = {}
        for (session, _), some in found.items():
            numbers.setdefault(session or 0, Counter()).update(some)
        return [
            Line(one.webinar.title, numbers.get(one.pk, Counter()), one) for one in self.sessions
        ]

    @cached_property
    def by_region(self) -> list[Line]:
        numbers: dict[int | None, Counter[str]] = {}
        for (_, region), some in self._by_session_and_region.items():
            numbers.setdefault(region, Counter()).update(some)
        names = dict(Unit.objects.filter(pk__in=filter(None, numbers)).values_list("pk", "name"))
        return self._shown({names.get(pk or 0, NOWHERE): some for pk, some in numbers.items()})

    @cached_property
    def by_post(self) -> list[Line]:
        numbers = {post or 0: some for (post,), some in counted(self._asked, "post").items()}
        names = dict(PostKind.objects.filter(pk__in=numbers).values_list("pk", "name"))
        return self._shown({names[pk]: some for pk, some in numbers.items()})

    @property
    def bars(self) -> dict[str, list[dict[str, Any]]]:
        """Return what is drawn, by what it is counted by."""
        return {
            "session": [line.bar for line in self.by_session],
            "region": [line.bar for line in self.by_region],
            "post": [line.bar for line in self.by_post],
        }

    @cached_property
    def whole(self) -> Line:
        """All of it together. Somebody at two sessions counts twice."""
        return Line("All", sum((line.numbers for line in self.by_session), Counter()))

    @property
    def sentence(self) -> str:
        """Say the finding in words."""
        number, whole = len(self.sessions), self.whole
        sessions = f"{number:,} session{'' if number == 1 else 's'}"
        if not number:
            return "No session was held in this time."
        if not whole.known:
            return f"{sessions}. Nobody's attendance is recorded yet."
        came = f"{whole.came:,} of {whole.known:,} came ({whole.percentage}%)"
        return f"{sessions}: {came}, {whole.absent:,} had booked and did not come."

    @cached_property
    def _by_session_and_region(self) -> dict[Any, Counter[str]]:
        return counted(self._asked, "session", "region")

    @property
    def _asked(self) -> Any:
        since = end_of(add_period(self.period.since, days=-1))
        held = Q(starts_at__gte=since, starts_at__lt=end_of(self.period.until))
        return Session.objects.hosted_by(self.viewer).standing().past().filter(held)

    def _shown(self, rows: dict[str, Counter[str]]) -> list[Line]:
        in_order = sorted(rows, key=lambda name: (name == NOWHERE, name))
        lines = {name: rows[name] for name in in_order if rows[name].total()}
        if self.sees_all:
            return [Line(name, numbers) for name, numbers in lines.items()]
        shown, together = folded({name: came_or_not(some) for name, some in lines.items()})
        found = [Line(name, numbers, parts=CAME_OR_NOT) for name, numbers in shown.items()]
        if together:
            small = is_small(together)
            found.append(Line(TOGETHER, together, suppressed=small, parts=CAME_OR_NOT))
        return found


def came_or_not(numbers: Counter[str]) -> Counter[str]:
    """Return the same people, of whom is said less: so fewer numbers are small."""
    line = Line("", numbers)
    if not line.known:
        return Counter(booked=line.booked)
    return Counter(attended=line.came, absent=line.absent)


def _people(number: int) -> str:
    return f"{number:,} {'person' if number == 1 else 'people'}"
