"""Finding people by the e-mail addresses or membership numbers that somebody has in a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.db.models.functions import Lower

from courses.import_files import read_rows
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ADDRESS = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+")
COLUMNS = ("email", "emailaddress", "membershipnumber", "number")
AT_ONCE = 1_000
LEFT = "Has left: this account may not sign in. If that is wrong, change it under Members."
ONESELF = "This is you. Ask another administrator to assign it to you."
NO_ADDRESS = "Nobody has this e-mail address. Check the spelling, or add the person under Members."
NO_NUMBER = "Nobody has this number. Check it, or use the e-mail address."


class Found(NamedTuple):
    """The people found, and the words that led to nobody, each with what to do."""

    ids: list[int]
    unknown: list[tuple[str, str]]


def find_people(words: Iterable[str], *, by: Member) -> Found:
    """Return the people with these e-mail addresses or numbers, as far as `by` may see people."""
    wanted = list(dict.fromkeys(word.lower() for word in words))
    known: dict[str, Member] = {}
    for start in range(0, len(wanted), AT_ONCE):
        known |= _known(wanted[start : start + AT_ONCE], by)
    unknown = [(word, wrong) for word in wanted if (wrong := _wrong(word, known.get(word), by))]
    not_found = dict(unknown)
    ids = {known[word].pk for word in wanted if word not in not_found}
    return Found(sorted(ids), unknown)


def words_of(text: str) -> list[str]:
    """Return the e-mail addresses and numbers in pasted text: in lines, commas or semicolons."""
    found = []
    for piece in re.split(r"[\n\r,;\t]+", text):
        found += ADDRESS.findall(piece) or [piece.strip(" <>\"'")]
    return list(filter(None, found))


def words_in_file(content: bytes) -> list[str]:
    """Return the column of e-mail addresses or numbers in a CSV or XLSX file."""
    rows = [row for row in read_rows(content) if any(row)]
    if not rows:
        return []
    head = [re.sub(r"[^a-z]", "", cell.lower()) for cell in rows[0]]
    places = [head.index(name) for name in COLUMNS if name in head]
    listed = rows[1:] if places else rows
    return [word for row in listed if (word := _first(row, places or [0]))]


def _first(row: Sequence[str], places: Sequence[int]) -> str:
    return next((row[place] for place in places if place < len(row) and row[place]), "")


def _known(words: Sequence[str], by: Member) -> dict[str, Member]:
    people = Member.objects.visible_to(by).annotate(
        address=Lower("email"), number=Lower("membership_number")
    )
    found: dict[str, Member] = {}
    for person in people.filter(Q(address__in=words) | Q(number__in=words)):
        found |= {word: person for word in (person.address, person.number) if word}
    return found


def _wrong(word: str, person: Member | None, by: Member) -> str:
    if person is None:
        return NO_ADDRESS if "@" in word else NO_NUMBER
    if person.pk == by.pk:
        return ONESELF
    return "" if person.is_active else LEFT
