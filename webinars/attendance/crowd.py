"""The people who booked a session, as a report may name them."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from members.models import Member
from webinars.attendance.naming import normal, variants
from webinars.meetings.bigbluebutton import participant
from webinars.models import KnownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from webinars.models import Session

# fmt: off
TITLES = frozenset({
    "cllr", "councillor", "dr", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady",
    "baroness", "prof", "professor", "rev", "revd", "mp", "msp", "mla",
})
# fmt: on
MOST_SUGGESTIONS = 5
FEW = 5  # so many people with one word in their names: the word alone says something
MANY = 40  # more of them than this are not compared one by one
ALIKE = 0.65  # of 1: names like this are suggested
SPELT = 0.75  # of 1: words like this may be one word, spelt differently
SHORTEST = 2  # letters of a word that says something


class Crowd:
    """Who booked, and the names they may show up under. Two queries, however many they are.

    Without a session nobody booked: then they are `others`.
    """

    def __init__(self, session: Session | None, others: Iterable[Member] = ()) -> None:
        self.session = session
        self.members: dict[int, Member] = {}
        self.known: dict[str, list[Member]] = defaultdict(list)
        if session is not None:
            booked = session.bookings.active().values("member")
            self._read(Member.objects.filter(pk__in=booked, is_active=True))
        else:
            self._read(list(others))
        self._meant: dict[str, frozenset[int]] = {}
        self.full = _index(self.members.values(), full_names)
        self.short = _index(self.members.values(), short_names)
        self.words = _index(self.members.values(), _words)
        self.words_of = {member.pk: _words(member) for member in self.members.values()}
        self.emails = {
            member.email.casefold(): member for member in self.members.values() if member.email
        }
        self.starts: dict[str, list[str]] = defaultdict(list)
        for word in self.words:
            self.starts[word[:3]].append(word)

    def _read(self, booked: Iterable[Member]) -> None:
        self.members = {member.pk: member for member in booked}
        for known in KnownName.objects.filter(member__in=booked):
            self.known[known.name].append(self.members[known.member_id])

    def identified(self, identity: str) -> int | None:
        """Return whom we let into the meeting under this number (id)."""
        return self._participants.get(identity)

    @cached_property
    def _participants(self) -> dict[str, int]:
        session = self.session
        return {participant(session, member): pk for pk, member in self.members.items() if session}

    def meant(self, name: str) -> frozenset[int]:
        """Return everybody whose name this is, was or could be (ids)."""
        if name not in self._meant:
            same = self.named(name) or self.shortened(name)
            self._meant[name] = frozenset(one.pk for one in (*self.once_named(name), *same))
        return self._meant[name]

    def named(self, name: str) -> list[Member]:
        """Return who has exactly this full name, whatever the order, accents and capitals."""
        return self._first(self.full, name)

    def shortened(self, name: str) -> list[Member]:
        """Return whose name this is with an initial: Jo S., J. Smith."""
        return self._first(self.short, name)

    def once_named(self, name: str) -> list[Member]:
        """Return who showed up under this name before, as a host said."""
        found = (self.known.get(variant, []) for variant in variants(name))
        return next(filter(None, found), [])

    def likely(self, name: str, email: str = "") -> list[Member]:
        """Return up to five people who may be meant: whose address it is and who has the same
        name, or else a like one."""
        same = self.once_named(name) or self.named(name) or self.shortened(name)
        owner = self.emails.get(email.casefold())
        found = [owner, *(one for one in same if one != owner)] if owner else same
        return found[:MOST_SUGGESTIONS] or self.like(name, email)

    def like(self, name: str, email: str = "") -> list[Member]:
        """Return up to five people whose names are close to this one, the closest first.

        Only a name that says nothing ("iPhone") lets the e-mail address speak.
        """
        said = [word for word in (normal(name) or _spoken(email)).split() if _says(word)]
        near = {pk: one for word in said for pk, one in self._near(word).items()}
        scores = {pk: self._closeness(said, member) for pk, member in near.items()}
        close = sorted(scores, key=lambda pk: (-scores[pk], pk))[:MOST_SUGGESTIONS]
        return [self.members[pk] for pk in close if scores[pk] >= ALIKE]

    def _near(self, word: str) -> dict[int, Member]:
        """Return people with this word in their names, or one that begins and looks like it."""
        spelt = [other for other in self.starts[word[:3]] if alike(word, other) >= SPELT]
        near = [member for other in dict.fromkeys([word, *spelt]) for member in self.words[other]]
        return {member.pk: member for member in near[:MANY]}

    def _closeness(self, said: list[str], member: Member) -> float:
        """Return, of 1, how well each word fits the best of theirs. One rare word is enough."""
        theirs = self.words_of[member.pk]
        fits = [max(alike(word, other) for other in theirs) for word in said]
        rare = any(word in theirs and len(self.words[word]) <= FEW for word in said)
        return max(sum(fits) / len(fits), ALIKE if rare else 0)

    def _first(self, index: dict[str, list[Member]], name: str) -> list[Member]:
        found = (index.get(key(variant), []) for variant in variants(name) if variant)
        return next(filter(None, found), [])


def key(name: str) -> str:
    """Return a normal name without titles, its words in the order of the alphabet."""
    words = name.split()
    plain = [word for word in words if word not in TITLES]
    return " ".join(sorted(plain if len(plain) > 1 else words))


def full_names(member: Member) -> set[str]:
    """Return the keys of a person's whole name: given or preferred, and family."""
    return {key(f"{first} {_family(member)}".strip()) for first in _firsts(member)}


def short_names(member: Member) -> set[str]:
    """Return the keys of a person's name with one of the two as an initial."""
    family = _family(member)
    if not family:
        return set()
    firsts = _firsts(member)
    return {key(f"{first} {family[0]}") for first in firsts} | {
        key(f"{first[0]} {family}") for first in firsts
    }


@lru_cache(maxsize=100_000)
def alike(word: str, other: str) -> float:
    """Return, of 1, how alike two words are, as difflib counts it."""
    return 1.0 if word == other else SequenceMatcher(None, word, other).ratio()


def _firsts(member: Member) -> list[str]:
    given, preferred = normal(member.given_name), normal(member.preferred_name)
    return list(filter(None, dict.fromkeys([given, given.split(" ")[0], preferred])))


def _family(member: Member) -> str:
    return normal(member.family_name)


def _words(member: Member) -> set[str]:
    whole = f"{' '.join(_firsts(member))} {_family(member)}"
    return set(filter(_says, whole.split())) or {whole.strip()}


def _says(word: str) -> bool:
    return len(word) >= SHORTEST


def _spoken(email: str) -> str:
    local = email.partition("@")[0]
    return normal("".join(sign if sign.isalpha() else " " for sign in local))


def _index(
    members: Iterable[Member], names: Callable[[Member], set[str]]
) -> dict[str, list[Member]]:
    index: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for name in names(member):
            index[name].append(member)
    return index
