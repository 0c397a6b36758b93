"""Naming somebody by e-mail address: there is no list of members to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from members.models import Member
from webinars.tries import give_back, take_try

if TYPE_CHECKING:
    from collections.abc import Iterable

ADDRESSES_AN_HOUR = 20  # that came to nothing
HOUR = 3600  # seconds
UNKNOWN = "Nobody with the address {address} can be a host. Check the address with them."
ENOUGH = "Too many addresses were not used. Check them with the people, and try in an hour."


class UnknownAddress(ValueError):  # noqa: N818 (a refusal, not a fault)
    """Nobody who can be named has this address. The sentence is the same whatever the reason is."""


class Named(NamedTuple):
    """Who was found by an address, and the try that it took."""

    member: Member
    tried: str


def by_address(
    addresses: Iterable[str], *, asked_by: Member, unknown: str = UNKNOWN
) -> list[Named]:
    """Return who has these addresses. Raise UnknownAddress, which says `unknown`.

    Whether somebody is a member is nobody's business: an address nobody has and one of somebody
    who cannot sign in give the same answer. Only so many are looked up, right ones too, until
    what they were named for is saved (`was_saved`) and in the audit trail.
    """
    return [_found(address, asked_by, unknown) for address in dict.fromkeys(addresses)]


def was_saved(named: Iterable[Named]) -> None:
    """Let these addresses not count: it is written down now who named whom."""
    give_back([one.tried for one in named])


def _found(address: str, asked_by: Member, unknown: str) -> Named:
    tried = take_try(f"hosts:{asked_by.pk}", most=ADDRESSES_AN_HOUR, span=HOUR)
    if not tried:
        raise UnknownAddress(ENOUGH)
    member: Member | None = Member.objects.filter(email__iexact=address, is_active=True).first()
    if member is None:
        raise UnknownAddress(unknown.format(address=address))
    return Named(member, tried)
