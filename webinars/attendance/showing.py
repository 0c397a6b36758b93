"""What the workbench shows: how a session stands, whom a report names, who it may be.

People who booked are shown by the name other people read. Who did not book is shown under the name
in the report; only who may see all members reads their own. 30 days after the session no names are
left, and hosts see numbers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

from members.models import Member
from webinars.attendance.crowd import Crowd, key
from webinars.attendance.evidence import outcome, seconds_of
from webinars.attendance.matching import others_named
from webinars.attendance.naming import variants
from webinars.models import Attendance, Session, Visitor
from webinars.signals import counting_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from webinars.models import AttendanceFile

NAMES_FOR = timedelta(days=30)  # after the end, as long as the reports' own names are kept
UNNAMED = "Somebody who had not booked"
MOST_LISTED = 300  # in one select; of more, those with the letters looked for
TONES = {"attended": "done", "part": "doing", "unknown": "due", "absent": "quiet"}
State = Visitor.State


@dataclass(frozen=True)
class Standing:
    """One person of a session: who has a place, or whose attendance was decided."""

    member: Member
    name: str
    row: Attendance | None

    @property
    def tone(self) -> str:
        return TONES[self.row.outcome] if self.row else "new"

    @property
    def minutes(self) -> int | None:
        return None if self.row is None or self.row.seconds is None else self.row.seconds // 60


@dataclass(frozen=True)
class Named:
    """One person as a report names them, and what their time would be worth."""

    visitor: Visitor
    who: str
    seconds: int | None
    outcome: str
    offers: Sequence[Offer] = ()

    @property
    def minutes(self) -> int | None:
        return None if self.seconds is None else self.seconds // 60

    @property
    def tone(self) -> str:
        return TONES[self.outcome]

    @property
    def label(self) -> str:
        return str(Attendance.Outcome(self.outcome).label)


@dataclass(frozen=True)
class Offer:
    """A member who may be meant."""

    member: Member
    name: str
    hint: str

    @property
    def words(self) -> str:
        return f"{self.name} ({self.hint})" if self.hint else self.name


def sees_names(viewer: Member, session: Session) -> bool:
    """Whether this host sees, now, whose attendance is whose."""
    recent = timezone.now() < session.ends_at + NAMES_FOR
    return recent or viewer.has_perm("webinars.host_all")


def still_counting(session: Session) -> int:
    """Return for how many people it is recorded, and their training not yet brought up to date."""
    answers = counting_asked.send(sender=Session, session=session)
    return max((int(number or 0) for _, number in answers), default=0)


def people_of(session: Session) -> QuerySet[Member]:
    """Return who has a place or whose attendance was decided, by name."""
    booked, decided = session.bookings.booked(), session.attendance.all()
    people: QuerySet[Member] = Member.objects.filter(
        Q(pk__in=booked.values("member")) | Q(pk__in=decided.values("member"))
    )
    return people


def standings(people: Sequence[Member], session: Session, *, viewer: Member) -> list[Standing]:
    """Return how these people stand, under the names the viewer may read; four queries."""
    rows = {row.member_id: row for row in session.attendance.filter(member__in=people)}
    names = names_of(people, session, viewer=viewer)
    return [Standing(member, names[member.pk], rows.get(member.pk)) for member in people]


def names_of(people: Sequence[Member], session: Session, *, viewer: Member) -> dict[int, str]:
    """Return the names under which the viewer reads of these people."""
    if viewer.has_perm("members.view_member"):
        return {member.pk: member.name_for_others for member in people}
    booked = session.bookings.active().filter(member__in=people)
    known = set(booked.values_list("member_id", flat=True))
    visitors = Visitor.objects.filter(file__session=session, member__in=people).exclude(name="")
    said = dict(visitors.order_by("-pk").values_list("member_id", "name"))
    return {
        member.pk: member.name_for_others if member.pk in known else said.get(member.pk, UNNAMED)
        for member in people
    }


def tally(session: Session) -> list[dict[str, object]]:
    """Return how many people attended, in part and so on, as segments of a bar; one query each."""
    counted = dict(session.attendance.values_list("outcome").annotate(Count("pk")).order_by())
    undecided = session.bookings.booked().exclude(member__in=session.attendance.values("member"))
    segments = [
        {"label": str(label), "count": counted.get(code, 0), "tone": TONES[code]}
        for code, label in Attendance.Outcome.choices
    ]
    return [*segments, {"label": "Not decided", "count": undecided.count(), "tone": "new"}]


def named(visitors: Iterable[Visitor], session: Session, *, viewer: Member) -> list[Named]:
    """Return what these people in a report look like; suggestions for those in doubt."""
    visitors = list(visitors)
    matched = [visitor.member for visitor in visitors if visitor.member]
    names = names_of(matched, session, viewer=viewer) if matched else {}
    offers = _offers(visitors, session, viewer) if any(not it.member for it in visitors) else {}
    found = []
    for visitor in visitors:
        seconds = seconds_of([(visitor.intervals, visitor.seconds)], session)
        who = names.get(visitor.member_id or 0, "")
        offered = offers.get(visitor.pk, ())
        found.append(Named(visitor, who, seconds, outcome(seconds, session), offered))
    return found


def counts_of(file: AttendanceFile) -> dict[str, int]:
    """Return how many people of a report are in each list; one query."""
    unclear = Q(state__in=[State.DOUBTFUL, State.UNMATCHED])
    return file.visitors.aggregate(
        doubtful=Count("pk", filter=Q(state=State.DOUBTFUL)),
        unmatched=Count("pk", filter=Q(state=State.UNMATCHED)),
        matched=Count("pk", filter=Q(state=State.MATCHED)),
        ignored=Count("pk", filter=Q(state=State.IGNORED)),
        waiting=Count("pk", filter=unclear & Q(settled_by=None)),
        members=Count("member", distinct=True),
    )


def booked_offers(session: Session, find: str = "") -> tuple[list[Offer], bool]:
    """Return who booked, to choose from, and whether there are too many to list them all."""
    booked = Member.objects.filter(pk__in=session.bookings.active().values("member"))
    many = booked.count() > MOST_LISTED
    if many:
        for word in find.split():
            of_name = Q(given_name__icontains=word) | Q(family_name__icontains=word)
            booked = booked.filter(of_name | Q(preferred_name__icontains=word))
    people = list(booked.filter(is_active=True)[:MOST_LISTED])
    return ([] if many and not find.split() else _as_offers(people, session)), many


def close_offers(visitor: Visitor, session: Session, *, viewer: Member) -> list[Offer]:
    """Return who somebody in a report may be, the likeliest first."""
    found = list(_offers([visitor], session, viewer).get(visitor.pk, ()))
    if visitor.member and visitor.member_id not in {offer.member.pk for offer in found}:
        name = names_of([visitor.member], session, viewer=viewer)[visitor.member.pk]
        found.insert(0, Offer(visitor.member, name, visitor.reason))
    return found


def _offers(
    visitors: Sequence[Visitor], session: Session, viewer: Member
) -> dict[int, Sequence[Offer]]:
    """Return suggestions by visitor: who booked; and any member, for who may see all."""
    crowd = Crowd(session)
    others = others_named([visitor.name for visitor in visitors], viewer=viewer)
    references = _references(session)
    found: dict[int, Sequence[Offer]] = {}
    for visitor in visitors:
        booked = [
            Offer(member, member.name_for_others, references.get(member.pk, ""))
            for member in crowd.likely(visitor.name, visitor.email)
        ]
        keys = [key(variant) for variant in variants(visitor.name)]
        found[visitor.pk] = booked + [
            Offer(member, member.name_for_others, "Did not book")
            for name in keys
            for member in others.get(name, [])
            if member.pk not in crowd.members
        ]
    return found


def _as_offers(people: Sequence[Member], session: Session) -> list[Offer]:
    references = _references(session)
    names = [member.name_for_others for member in people]
    return [
        Offer(member, name, references.get(member.pk, "") if names.count(name) > 1 else "")
        for member, name in zip(people, names, strict=True)
    ]


def _references(session: Session) -> dict[int, str]:
    booked = session.bookings.active().values_list("member_id", "reference")
    return {member_id: f"Booking {reference}" for member_id, reference in booked}
