"""A region's and the party's places side by side, as far as who asks may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.db.models.functions import Substr
from django.utils import timezone

from compliance.duty import tallies
from compliance.models import MonthlyFigure
from compliance.reports import posts
from compliance.reports.suppression import hidden_cells, hidden_parts
from members.models import Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from compliance.duty.people import AsAt
    from compliance.duty.tallies import Part, Tally
    from compliance.duty.terms import Terms

NOT_SHOWN = "Not shown"
NO_CHANGE = "No change"
NOBODY = "Nobody holds a role that needs training"
UP_TO_DATE, DUE, OVERDUE, WHOLE = range(4)
STALE_DAYS = 90
CLP_LENGTH = 3 * Unit.steplen  # party, nation or region, CLP


@dataclass(frozen=True)
class Shown:
    """A tally as far as it may be seen: what is None is there, but is not shown."""

    tally: Tally
    hidden: Collection[int] = ()

    @property
    def people(self) -> int | None:
        return self._seen(WHOLE, self.tally.people)

    @property
    def up_to_date(self) -> int | None:
        return self._seen(UP_TO_DATE, self.tally.up_to_date)

    @property
    def due(self) -> int | None:
        return self._seen(DUE, self.tally.due)

    @property
    def overdue(self) -> int | None:
        return self._seen(OVERDUE, self.tally.overdue)

    @property
    def percentage(self) -> int | None:
        """The share up to date. With the whole it is as good as the number."""
        if self.people is None or self.up_to_date is None or not self.people:
            return None
        return self.tally.percentage

    def _seen(self, cell: int, count: int) -> int | None:
        return None if cell in self.hidden else count


@dataclass(frozen=True)
class Line:
    """A place in the table."""

    part: Part
    shown: Shown
    before: MonthlyFigure | None = None  # a month ago
    without_secretary: int = 0
    stale: int = 0  # how many CLPs in it whose posts have long not changed on record
    changed_at: datetime | None = None  # when a post in it last changed on record

    @property
    def unit(self) -> Unit:
        return self.part.unit

    @property
    def share(self) -> str:
        """The share in words, with the number of people it is of."""
        if self.shown.people == 0:
            return NOBODY
        return NOT_SHOWN if self.shown.percentage is None else self.part.share

    @property
    def trend(self) -> str:
        """How the share compares with a month ago, in words."""
        then = self.before.percentage if self.before else None
        if self.shown.percentage is None or then is None:
            return ""
        points = self.shown.percentage - then
        if not points:
            return NO_CHANGE
        what = "point" if abs(points) == 1 else "points"
        return f"{'Up' if points > 0 else 'Down'} {abs(points)} {what}"

    @property
    def has_moved(self) -> bool:
        return self.trend not in ("", NO_CHANGE)

    @property
    def in_order(self) -> tuple[bool, int, str]:
        """The smallest share first; what is not shown has no place in that order."""
        share = self.shown.percentage
        return share is None, share or 0, self.unit.name


def parts_of(tally: Tally) -> tuple[int, int, int]:
    """Return the people obliged, by how they stand; MonthlyFigure.parts has the same order."""
    return tally.up_to_date, tally.due, tally.overdue


def lines(here: Unit, as_at: AsAt, asked: Sequence[Terms] | None, *, named: bool) -> list[Line]:
    """Return the places below this unit, in six queries."""
    found = tallies.parts(here, as_at=as_at, asked=asked)
    parts = [part for part in found if not part.is_itself]
    shown = shown_parts(parts, named=named)
    before = _month_before(parts, as_at, named=named)
    length = len(here.path) + Unit.steplen
    secretaries = _by_place(posts.without_secretary(here, as_at), length)
    changed = last_changes(here) if as_at.is_today else {}
    stale = _by_place(stale_clps(here, changed) if as_at.is_today else [], length)
    return [
        Line(
            part,
            one,
            before.get(part.unit.pk),
            secretaries[part.unit.path],
            stale[part.unit.path],
            max(
                (at for path, at in changed.items() if path.startswith(part.unit.path)),
                default=None,
            ),
        )
        for part, one in zip(parts, shown, strict=True)
    ]


def shown_parts(parts: Sequence[Part], *, named: bool) -> list[Shown]:
    """Return what may be seen of each: all of it, by who may see names."""
    if named:
        return [Shown(part.tally) for part in parts]
    hidden = hidden_cells([parts_of(part.tally) for part in parts])
    return [
        Shown(part.tally, {column for row, column in hidden if row == number})
        for number, part in enumerate(parts)
    ]


def shown_here(here: Unit, tally: Tally, as_at: AsAt, asked: Sequence[Terms]) -> Shown:
    """Return what may be seen of a unit without names: what the table above it shows, no more."""
    above = here.get_parent()
    if above is None:
        return Shown(tally, hidden_parts(parts_of(tally)))
    found = tallies.parts(above, as_at=as_at, asked=asked)
    beside = [part for part in found if not part.is_itself]
    shown = zip(beside, shown_parts(beside, named=False), strict=True)
    return next(one for part, one in shown if part.unit == here)


def last_changes(here: Unit) -> dict[str, datetime]:
    """Return when a post last changed on record, by the place of a CLP or of what is above it."""
    rows = Tenure.objects.filter(unit__path__startswith=here.path)
    place = Substr("unit__path", 1, CLP_LENGTH)
    found = rows.order_by().values_list(place).annotate(at=Max("recorded_at"))
    return dict(found)


def stale_clps(here: Unit, changed: dict[str, datetime]) -> list[str]:
    """Return the tree paths of the CLPs whose posts have not changed on record for ninety days."""
    since = timezone.now() - timedelta(days=STALE_DAYS)
    clps = Unit.objects.filter(kind=Unit.Kind.CLP, path__startswith=here.path)
    return [
        path
        for path in clps.values_list("path", flat=True)
        if path not in changed or changed[path] < since
    ]


def months(here: Unit, as_at: AsAt, *, named: bool) -> list[dict[str, object]]:
    """Return two years of a unit's figures, for the line; None where there is none to be seen."""
    if as_at.known_on or not (named or here.kind in (Unit.Kind.PARTY, Unit.Kind.REGION)):
        return []
    after = as_at.on.replace(year=as_at.on.year - 2, day=1) - timedelta(days=1)
    found = MonthlyFigure.objects.of(here, after=after, until=as_at.on)
    return [_month(figure, named=named) for figure in found]


def _month(figure: MonthlyFigure, *, named: bool) -> dict[str, object]:
    seen = named or share_is_shown(figure)
    words = f"{figure.up_to_date:,} of {figure.people:,}"
    return {
        "month": figure.on,
        "value": figure.percentage if seen else None,
        "words": words if seen and figure.people else "",
    }


def _month_before(parts: Sequence[Part], as_at: AsAt, *, named: bool) -> dict[int, MonthlyFigure]:
    """Return the figures at the end of the month before, by unit, where they may be seen."""
    if as_at.known_on:
        return {}
    on = as_at.on.replace(day=1) - timedelta(days=1)
    found = MonthlyFigure.objects.filter(unit__in=[part.unit.pk for part in parts], on=on)
    # Of a CLP's numbers then it is not known what its neighbours' would have had to cover.
    large = Q() if named else Q(unit__kind=Unit.Kind.REGION)
    return {one.unit_id: one for one in found.filter(large) if named or share_is_shown(one)}


def share_is_shown(figure: MonthlyFigure) -> bool:
    """Whether a share may be shown without names, as far as that row alone can tell."""
    return not hidden_parts(figure.parts) & {UP_TO_DATE, WHOLE}


def _by_place(paths: Iterable[str], length: int) -> Counter[str]:
    return Counter(path[:length] for path in paths)
