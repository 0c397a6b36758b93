"""What the requirements ask on a day, as the query needs it: plain values.

A requirement can be tried out before it is saved: its terms are made of an unsaved version.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from compliance.duty.timeline import BY_HAND, Audience, Reading, laid_out, spans, until
from compliance.models import Decision, RequirementVersion
from courses.editions import caps
from courses.models import Edition, Revocation
from members.dates import FOR_GOOD, end_of
from members.models import PostKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from compliance.duty.timeline import Span
    from compliance.models import Requirement
    from courses.editions import Cap
    from courses.models import CoursePage
    from members.models import Member, Tenure

GAP_DAYS = 28  # a post left and retaken within four weeks, as at an election, was not left


@dataclass(frozen=True)
class Terms:
    """What one requirement asks on a day."""

    requirement: Requirement
    reading: Reading
    spans: Sequence[Span]
    caps: Sequence[Cap] = ()
    has_assignments: bool = False
    has_relief: bool = False  # exemptions, more time, leave
    has_revocations: bool = False

    @property
    def version(self) -> RequirementVersion:
        return self.reading.version

    @property
    def kind_ids(self) -> frozenset[int]:
        return self.reading.kind_ids

    @property
    def courses(self) -> Sequence[CoursePage]:
        return self.reading.courses

    @property
    def path(self) -> str:
        """The tree path of the unit it is for; empty for the whole party."""
        return self.reading.path

    @property
    def is_for_everyone(self) -> bool:
        return self.version.audience == Audience.EVERYONE

    @property
    def has_nested_spans(self) -> bool:
        """Whether it was widened: a place inside another has a story of its own."""
        paths = {span.path for span in self.spans if span.kind_id != BY_HAND}
        return len(paths) > 1

    @property
    def has_changed(self) -> bool:
        """Whether people whose duty began on different days have different time."""
        return any(span.last_start != FOR_GOOD for span in self.spans)

    @property
    def asks_for_sign_in(self) -> bool:
        return any(span.by_sign_in for span in self.spans)

    def oblige(self, tenure: Tenure) -> bool:
        """Return whether this tenure is a reason for the duty."""
        return tenure.post_kind_id in self.kind_ids and tenure.unit.path.startswith(self.path)


def in_force(*, on: date, known_on: date | None = None) -> list[Terms]:
    """Return the terms of all requirements in force on that day, in three queries.

    `known_on` is a day of knowledge: what was recorded later does not count.
    """
    return terms_of(RequirementVersion.objects.all(), on=on, known_on=known_on)


def terms_of(versions: Any, *, on: date, known_on: date | None = None) -> list[Terms]:
    """Return the terms on that day of the requirements of these saved versions (a QuerySet)."""
    known_before = end_of(known_on) if known_on else None
    read = readings(versions.known(known_before))
    found = [
        (line[0].version.requirement, past)
        for line in map(laid_out, read.values())
        if (past := until(line, on)) and not past[-1].version.is_withdrawn
    ]
    capped = _caps([past[-1] for _, past in found], known_before)
    terms = [make(requirement, past, capped) for requirement, past in found]
    return sorted(terms, key=lambda term: (term.requirement.title, term.requirement.pk))


def tried(requirement: Requirement, reading: Reading, *, on: date) -> Terms:
    """Return the terms of a version that nobody has saved yet, after those that were saved."""
    saved = RequirementVersion.objects.filter(requirement=requirement.pk)
    known = readings(saved).get(requirement.pk, [])
    past = until(laid_out([*known, reading]), on)
    # The new version may replace every one that knows what was decided and revoked.
    told = known[0].version if known else _told_of_all()
    return make(requirement, past, _caps(past[-1:], None), told)


def _told_of_all() -> RequirementVersion:
    """Return an unsaved version that knows what was decided about all requirements."""
    version = RequirementVersion()
    of_all = Decision.objects.filter(requirement=None).exclude(kind=Decision.Kind.ASSIGNMENT)
    version.has_relief = of_all.exists()  # type: ignore[attr-defined]
    version.has_revocations = Revocation.objects.exists()  # type: ignore[attr-defined]
    return version


def make(
    requirement: Requirement,
    past: Sequence[Reading],
    capped: Mapping[int, Sequence[Cap]],
    told: RequirementVersion | None = None,
) -> Terms:
    """Return the terms that the last of these readings makes; the others are its past.

    `told` is the version that carries what was decided, if none of these readings does.
    """
    now = past[-1]
    flags = told or past[0].version
    return Terms(
        requirement=requirement,
        reading=now,
        spans=spans(past),
        caps=[cap for course in now.courses for cap in capped.get(course.pk, ())],
        has_assignments=getattr(flags, "has_assignments", False),
        has_relief=getattr(flags, "has_relief", False),
        has_revocations=getattr(flags, "has_revocations", False),
    )


def readings(versions: Any) -> dict[int, list[Reading]]:
    """Return what these versions read, by requirement, in the order in which they were recorded."""
    decided = Decision.objects.filter(
        Q(requirement=None) | Q(requirement=OuterRef("requirement"))
    ).order_by()
    assigned = Q(kind=Decision.Kind.ASSIGNMENT)
    rows = list(
        versions.select_related("requirement", "unit")
        .annotate(
            has_assignments=Exists(decided.filter(assigned)),
            has_relief=Exists(decided.exclude(assigned)),
            has_revocations=Exists(Revocation.objects.all()),
        )
        .order_by("requirement", "number")
    )
    kinds, courses = _kinds(rows), _courses(rows)
    found = defaultdict(list)
    for row in rows:
        found[row.requirement_id].append(Reading(row, frozenset(kinds[row.pk]), courses[row.pk]))
    return found


def _kinds(versions: Sequence[RequirementVersion]) -> dict[int, list[int]]:
    kinds = defaultdict(list)
    through: Any = RequirementVersion.post_kinds.through  # the stubs do not know a hidden table
    for link in through.objects.filter(requirementversion__in=[row.pk for row in versions]):
        kinds[link.requirementversion_id].append(link.postkind_id)
    if staffed := [row.pk for row in versions if row.audience == Audience.STAFF]:
        staff = list(
            PostKind.objects.filter(group=PostKind.Group.STAFF).values_list("pk", flat=True)
        )
        kinds.update(dict.fromkeys(staffed, staff))
    return kinds


def _courses(versions: Sequence[RequirementVersion]) -> dict[int, list[CoursePage]]:
    through: Any = RequirementVersion.courses.through
    major = Edition.objects.major().filter(course=OuterRef("coursepage"))
    links = through.objects.filter(requirementversion__in=[row.pk for row in versions])
    links = links.select_related("coursepage").annotate(has_major=Exists(major))
    courses = defaultdict(list)
    for link in links.order_by("coursepage__title", "pk"):
        link.coursepage.has_major = link.has_major
        courses[link.requirementversion_id].append(link.coursepage)
    return courses


def _caps(read: Iterable[Reading], known_before: datetime | None) -> dict[int, list[Cap]]:
    courses = {
        course.pk for one in read for course in one.courses if getattr(course, "has_major", True)
    }
    found = defaultdict(list)
    for cap in caps(courses, known_before=known_before) if courses else ():
        found[cap.course_id].append(cap)
    return found


def may_concern(member: Member) -> bool:
    """Whether somebody without a post can have a duty: in one query, since nearly nobody has."""
    named = Decision.objects.filter(member=member, kind=Decision.Kind.ASSIGNMENT)
    asked = RequirementVersion.objects.filter(Q(audience=Audience.EVERYONE) | Exists(named))
    return asked.exists()


def assignments(
    asked: Iterable[Terms],
    *,
    on: date,
    known_on: date | None = None,
    member_ids: Sequence[int] | None = None,
    path: str | None = None,
) -> dict[int, list[Decision]]:
    """Return, by member, who is named by hand that day; one query, and only if somebody ever was.

    `path` asks for those named for a unit there or below.
    """
    found: dict[int, list[Decision]] = defaultdict(list)
    named = [term.requirement.pk for term in asked if term.has_assignments]
    if not named:
        return found
    known_before = end_of(known_on) if known_on else None
    rows = Decision.objects.standing(known_before=known_before).assigned(on=on)
    rows = rows.filter(requirement__in=named)
    if member_ids is not None:
        rows = rows.filter(member__in=member_ids)
    if path is not None:
        rows = rows.filter(unit__path__startswith=path)
    for row in rows.select_related("unit", "member").order_by("from_on", "pk"):
        found[row.member_id].append(row)
    return found
