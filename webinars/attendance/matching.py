"""Who the people in a report are: by e-mail, membership number, known name, name; how surely.

A host must not learn from a file who is a member. So only people who booked are found by name or
suggested; who did not book is found by the whole e-mail address, or by the membership number beside
the whole name, and is shown under the name in the file. Names of members who did not book are
suggested (`others_named`) to people who may see all members anyway. Without a session, at the
command line, nobody booked: a name is suggested there and never enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from members.models import Member
from webinars.attendance.crowd import Crowd, full_names, key
from webinars.attendance.naming import normal, variants
from webinars.models import KnownName, Session, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from webinars.attendance.presence import Person

State = Visitor.State
SURE = 80  # of 100: from here on somebody counts without being looked at
ONE_DEVICE = 95  # from here on a second name at the same time is a second device
MOST_DEVICES = 10  # more under one name are not one person's, at whatever times
NUMBER = re.compile(r"[^\W_]*\d{4}[^\W_]*")

HOST = "Host in the report"
PANELLIST = "Panellist in the report"
HOSTS_IT = "Host of this session"
ANOTHERS = "The name and the e-mail address are two people's"
SEVERAL = "Several people who booked have this name"
SIMILAR = "Somebody who booked has a similar name"
NAME_ALONE = "A member has this name, and without a session nobody has booked"
NOBODY = "Nobody who booked has a name like this"


@dataclass(frozen=True)
class Matched:
    """Who a person in a report is. The confidence is out of 100, the reason in words."""

    person: Person
    member: Member | None
    confidence: int
    state: str
    reason: str
    suggestions: tuple[Member, ...] = ()


def match(people: Iterable[Person], *, session: Session | None = None) -> list[Matched]:
    """Say of each person in a report of the session who they are, in the order given.

    Five queries, however many people. Nothing is written.
    """
    people = list(people)
    look_up = _LookUp(people, session)
    return _with_doubts([look_up.matched(person) for person in people])


def others_named(names: Iterable[str], *, viewer: Member) -> dict[str, list[Member]]:
    """Return the members by the key of their whole name, for who may see all members; one query."""
    return _named(names) if viewer.has_perm("members.view_member") else {}


def _named(names: Iterable[str]) -> dict[str, list[Member]]:
    keys = {key(variant) for name in names for variant in variants(name)} - {""}
    if not keys:
        return {}
    words = {word for name in keys for word in name.split()}
    families = Member.objects.annotate(family=Lower("family_name")).filter(family__in=words)
    found: dict[str, list[Member]] = defaultdict(list)
    for member in families.filter(is_active=True):
        for name in full_names(member) & keys:
            found[name].append(member)
    return found


class _LookUp:
    """What is known of everybody who could be in the report."""

    def __init__(self, people: Sequence[Person], session: Session | None) -> None:
        self.crowd = Crowd(session, others=() if session else _of_those_names(people))
        self.is_by_name_alone = session is None
        active = Member.objects.filter(is_active=True)
        emails = {person.email.casefold() for person in people} - {""}
        addressed = active.annotate(address=Lower("email")).filter(address__in=emails)
        self.emails = {member.address: member for member in addressed}
        numbers = {number for person in people for number in _numbers(person)}
        numbered = active.filter(membership_number__in=numbers) if numbers else []
        self.numbers = {str(member.membership_number): member for member in numbered}
        self.hosts = set(session.hosts.values_list("pk", flat=True)) if session else set()

    def matched(self, person: Person) -> Matched:
        if person.role != "attendee":
            reason = HOST if person.role == "host" else PANELLIST
            return Matched(person, None, 100, State.IGNORED, reason)
        found = next(filter(None, self._ways(person)), None)
        if found is None:
            return self._doubtful(person)
        member, confidence, reason = found
        if self.is_by_name_alone and confidence == SURE:
            return Matched(person, None, 60, State.DOUBTFUL, NAME_ALONE, (member,))
        if self._is_anothers(person, member):
            booked = tuple(self.crowd.named(person.name))
            return Matched(person, None, 60, State.DOUBTFUL, ANOTHERS, booked)
        if member.pk in self.hosts and member.pk not in self.crowd.members:
            return Matched(person, None, confidence, State.IGNORED, HOSTS_IT)
        return Matched(person, member, confidence, State.MATCHED, reason)

    def _ways(self, person: Person) -> Iterator[tuple[Member, int, str] | None]:
        crowd = self.crowd
        yield _only([self.emails.get(person.email.casefold())], 100, "Same e-mail address")
        yield _only(self._numbered(person), 95, "Their membership number")
        yield _only(crowd.once_named(person.name), 90, "A name they used before")
        same = crowd.named(person.name)
        yield _only(same, 80, "Same name")
        # Whose whole name it is comes before whose name it could be.
        yield (
            None if same else _only(crowd.shortened(person.name), 80, "Same name, with an initial")
        )

    def _is_anothers(self, person: Person, member: Member) -> bool:
        """Whether the address is one person's and the name another's, who booked."""
        crowd = self.crowd
        return member.pk not in crowd.members and bool(crowd.named(person.name))

    def _numbered(self, person: Person) -> list[Member | None]:
        """Who booked is found by the number; who did not, by the number beside the whole name."""
        found = (self.numbers.get(number) for number in _numbers(person))
        said = set(normal(person.name).split())
        return [
            member
            for member in found
            if member
            and (
                member.pk in self.crowd.members
                or any(said >= set(name.split()) for name in full_names(member))
            )
        ]

    def _doubtful(self, person: Person) -> Matched:
        same = self.crowd.named(person.name) or self.crowd.shortened(person.name)
        close = self.crowd.likely(person.name, person.email)
        if not close:
            return Matched(person, None, 0, State.UNMATCHED, NOBODY)
        reason = SEVERAL if same else SIMILAR
        return Matched(person, None, 60 if same else 50, State.DOUBTFUL, reason, tuple(close))


def _of_those_names(people: Iterable[Person]) -> set[Member]:
    """Return the members who have, or showed up under, one of these names; two queries."""
    names = {person.name for person in people}
    found = {member for members in _named(names).values() for member in members}
    said = {variant for name in names for variant in variants(name)} - {""}
    known = KnownName.objects.filter(name__in=said, member__is_active=True)
    return found | {row.member for row in known.select_related("member")}


def _only(
    found: Iterable[Member | None], confidence: int, reason: str
) -> tuple[Member, int, str] | None:
    """Return the one member found; None if there is nobody, or more than one."""
    members = {member.pk: member for member in found if member is not None}
    return (next(iter(members.values())), confidence, reason) if len(members) == 1 else None


def _numbers(person: Person) -> set[str]:
    """Return what may be a membership number: words of four digits and more, in name or address."""
    words = NUMBER.findall(person.name) + NUMBER.findall(person.email.partition("@")[0])
    return {form for word in words for form in (word, word.upper(), word.lower())}


def _with_doubts(found: Sequence[Matched]) -> list[Matched]:
    """Doubt those who are one member by name only and were there at the same time.

    They may be one person on two devices, or two people of one name: somebody has to look. Beside
    the member's own e-mail address or number, another device of theirs is likelier.
    """
    by_name: dict[int, list[int]] = defaultdict(list)
    for position, one in enumerate(found):
        if one.member and one.confidence < ONE_DEVICE:
            by_name[one.member.pk].append(position)
    doubted = {
        position
        for positions in by_name.values()
        for pair in combinations(positions, 2)
        if len(positions) > MOST_DEVICES or _at_once(*(found[position].person for position in pair))
        for position in pair
    }
    return [_doubted(one) if position in doubted else one for position, one in enumerate(found)]


def _doubted(one: Matched) -> Matched:
    reason = "Two in the report at the same time have this name"
    return replace(
        one,
        member=None,
        confidence=60,
        state=State.DOUBTFUL,
        reason=reason,
        suggestions=(one.member,) if one.member else (),
    )


def _at_once(one: Person, other: Person) -> bool:
    """Whether two were there at the same time; where times are unknown they may have been."""
    if not (one.intervals and other.intervals):
        return True
    return any(
        starts < ended and began < ends
        for starts, ends in one.intervals
        for began, ended in other.intervals
    )
