"""Naming somebody by e-mail address: there is no list of members to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Member
from webinars.tries import count_wrong, may_try

if TYPE_CHECKING:
    from collections.abc import Iterable

WRONG_ADDRESSES_AN_HOUR = 10
HOUR = 3600  # seconds
UNKNOWN = "Nobody with the address {address} can be a host. Check the address with them."
ENOUGH = "Too many addresses could not be used. Check them with the people, and try in an hour."


class UnknownAddress(ValueError):  # noqa: N818 (a refusal, not a fault)
    """Nobody who can be named has this address. The sentence is the same whatever the reason is."""


def by_address(
    addresses: Iterable[str], *, asked_by: Member, unknown: str = UNKNOWN
) -> list[Member]:
    """Return the members with these addresses. Raise UnknownAddress, which says `unknown`.

    Whether somebody is a member is nobody's business: an address nobody has and one of somebody
    who cannot sign in give the same answer, and only so many wrong ones are looked up.
    """
    return [_found(address, asked_by, unknown) for address in dict.fromkeys(addresses)]


def _found(address: str, asked_by: Member, unknown: str) -> Member:
    tries = f"hosts:{asked_by.pk}"
    if not may_try(tries, most=WRONG_ADDRESSES_AN_HOUR, span=HOUR):
        raise UnknownAddress(ENOUGH)
    member: Member | None = Member.objects.filter(email__iexact=address, is_active=True).first()
    if member is None:
        count_wrong(tries, span=HOUR)
        raise UnknownAddress(unknown.format(address=address))
    return member
