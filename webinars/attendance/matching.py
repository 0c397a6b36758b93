"""Who the people in a report are: let in by us, by e-mail, membership number, name; how surely.

A host must not learn from a file who is a member. So only people who booked are found or suggested.
Whoever may see all members anyway also finds who did not book, by the whole e-mail address or by
the membership number beside the whole name, and is suggested others of that name (`others_named`).
Without a session, at the command line, nobody booked: a name is suggested there and never enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from members.models import Member
from webinars.attendance.crowd import Crowd, full_names, key
from webinars.attendance.doubts import Matched, with_doubts
from webinars.attendance.naming import normal, variants
from webinars.attendance.presence import grouped
from webinars.models import KnownName, Session, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from webinars.attendance.presence import Person
    from webinars.attendance.reading import Seen

__all__ = ["Matched", "identify", "match", "others_named", "sees_members"]

State = Visitor.State
Found = tuple[Member, int, str]  # who, how surely, and why
SURE = 80  # of 100: from here on somebody counts without being looked at
NUMBER = re.compile(r"[^\W_]*\d{4}[^\W_]*")

HOST = "Host in the report"
PANELLIST = "Panellist in the report"
HOSTS_IT = "Host of this session"
ANOTHERS = "The name and the e-mail address are two people's"
SHARED = "Several people who booked use this e-mail address"
LET_IN = "We let them into the meeting"
ONCE = "A name they used before"
ONCE_AND_NAMED = "Somebody used this name before, and somebody else who booked has it"
SEVERAL = "Several people who booked have this name"
SIMILAR = "Somebody who booked has a similar name"
NAME_ALONE = "A member has this name, and without a session nobody has booked"
NOBODY = "Nobody who booked has a name like this"


def identify(
    seen: Iterable[Seen], *, session: Session | None, sees_all: bool = False
) -> list[Matched]:
    """Say of the rows of a report whose each is, one for each person, in the order of the file."""
    crowd = Crowd(session) if session else None
    return match(grouped(seen, crowd), session=session, crowd=crowd, sees_all=sees_all)


def match(
    people: Iterable[Person],
    *,
    session: Session | None = None,
    crowd: Crowd | None = None,
    sees_all: bool = False,
) -> list[Matched]:
    """Say of each person in a report of the session who they are, in the order given.

    With `sees_all` people who did not book are found too. Five queries, however many people.
    Nothing is written.
    """
    people = list(people)
    if crowd is None:
        crowd = Crowd(session, others=() if session else _of_those_names(people))
    look_up = _LookUp(people, session, crowd, sees_all=sees_all)
    return with_doubts([look_up.matched(person) for person in people])


def sees_members(viewer: Member) -> bool:
    """Whether somebody may know of anybody that they are a member."""
    return viewer.has_perm("members.view_member")


def others_named(names: Iterable[str], *, viewer: Member) -> dict[str, list[Member]]:
    """Return the members by the key of their whole name, for who may see all members; one query."""
    return _named(names) if sees_members(viewer) else {}


def _named(names: Iterable[str]) -> dict[str, list[Member]]:
    keys = _keys(names)
    if not keys:
        return {}
    words = {word for name in keys for word in name.split()}
    families = Member.objects.annotate(family=Lower("family_name")).filter(family__in=words)
    found: dict[str, list[Member]] = defaultdict(list)
    for member in families.filter(is_active=True):
        for name in full_names(member) & keys:
            found[name].append(member)
    return found


def _keys(names: Iterable[str]) -> set[str]:
    return {key(variant) for name in names for variant in variants(name)} - {""}


class _LookUp:
    """What is known of everybody who could be in the report."""

    def __init__(
        self, people: Sequence[Person], session: Session | None, crowd: Crowd, *, sees_all: bool
    ) -> None:
        self.crowd, self.is_by_name_alone = crowd, session is None
        self.hosts = set(session.hosts.values_list("pk", flat=True)) if session else set()
        active = Member.objects.filter(is_active=True)
        emails = {person.email.casefold() for person in people} - {""}
        addressed = active.annotate(address=Lower("email")).filter(address__in=emails)
        numbers = {number for person in people for number in _numbers(person)}
        numbered = active.filter(membership_number__in=numbers) if numbers else []
        seen = None if sees_all else self.hosts | crowd.members.keys()
        self.emails = {one.address: one for one in addressed if seen is None or one.pk in seen}
        self.numbers = {
            str(one.membership_number): one for one in numbered if seen is None or one.pk in seen
        }
        self.sharers: dict[str, set[int]] = defaultdict(set)
        for person in people:
            if person.is_shared:
                self.sharers[person.email] |= crowd.meant(person.name)

    def matched(self, person: Person) -> Matched:
        if person.role != "attendee":
            reason = HOST if person.role == "host" else PANELLIST
            return Matched(person, None, 100, State.IGNORED, reason)
        found = next(filter(None, self._ways(person)), None)
        if found is None or self._is_of_several(person):
            return self._doubtful(person, found)
        if doubt := self._doubt(person, found):
            return doubt
        member, confidence, reason = found
        if member.pk in self.hosts and member.pk not in self.crowd.members:
            return Matched(person, None, confidence, State.IGNORED, HOSTS_IT)
        return Matched(person, member, confidence, State.MATCHED, reason)

    def _doubt(self, person: Person, found: Found) -> Matched | None:
        """Return why somebody has to look at whom was found; None where that is clear."""
        member, confidence, reason = found
        if self.is_by_name_alone and confidence == SURE:
            return Matched(person, None, 60, State.DOUBTFUL, NAME_ALONE, (member,))
        namesakes = {one.pk for one in self.crowd.named(person.name)} - {member.pk}
        if reason == ONCE and namesakes:
            return self._either(person, ONCE_AND_NAMED, namesakes, found)
        if reason != LET_IN and self._is_anothers(person, member):
            return self._either(person, ANOTHERS, self.crowd.meant(person.name), found)
        return None

    def _ways(self, person: Person) -> Iterator[Found | None]:
        crowd = self.crowd
        known = crowd.identified(person.identity) if person.identity else None
        yield _only([crowd.members.get(known or 0)], 100, LET_IN)
        yield _only([self.emails.get(person.email.casefold())], 100, "Same e-mail address")
        yield _only(self._numbered(person), 95, "Their membership number")
        yield _only(crowd.once_named(person.name), 90, ONCE)
        same = crowd.named(person.name)
        yield _only(same, 80, "Same name")
        # Whose whole name it is comes before whose name it could be.
        yield (
            None if same else _only(crowd.shortened(person.name), 80, "Same name, with an initial")
        )

    def _is_of_several(self, person: Person) -> bool:
        """Whether a name says nothing at an address that several who booked use."""
        return person.is_shared and not self.crowd.meant(person.name)

    def _is_anothers(self, person: Person, member: Member) -> bool:
        """Whether the address is one person's and the name another's, who booked."""
        meant = self.crowd.meant(person.name)
        is_theirs = member.pk in meant or bool(full_names(member) & _keys([person.name]))
        return bool(meant) and not is_theirs

    def _either(
        self, person: Person, reason: str, named: Iterable[int], found: Found | None
    ) -> Matched:
        """Return a doubt between whose the address is and whom the name or others' names mean."""
        people = {pk: self.crowd.members[pk] for pk in sorted(named)}
        owner = {found[0].pk: found[0]} if found else {}
        both = tuple((owner | people).values())
        return Matched(person, None, 60, State.DOUBTFUL, reason, both)

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

    def _doubtful(self, person: Person, found: Found | None) -> Matched:
        if self._is_of_several(person):
            return self._either(person, SHARED, self.sharers[person.email], found)
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


def _only(found: Iterable[Member | None], confidence: int, reason: str) -> Found | None:
    """Return the one member found; None if there is nobody, or more than one."""
    members = {member.pk: member for member in found if member is not None}
    return (next(iter(members.values())), confidence, reason) if len(members) == 1 else None


def _numbers(person: Person) -> set[str]:
    """Return what may be a membership number: words of four digits and more, in name or address."""
    words = NUMBER.findall(person.name) + NUMBER.findall(person.email.partition("@")[0])
    return {form for word in words for form in (word, word.upper(), word.lower())}
