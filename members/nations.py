"""Which nation somebody lives in, as far as the party knows: it decides which law is taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Unit

if TYPE_CHECKING:
    from members.models import Member


def nation_of(member: Member) -> str:
    """Return "England", "Scotland" or "Wales"; "" when the home unit is unknown or the party."""
    home = member.home_unit
    if home is None:
        return ""
    if not home.nation:  # a branch says nothing of its own: its constituency does
        home = next((unit for unit in reversed(home.get_ancestors()) if unit.nation), home)
    return str(Unit.Nation(home.nation).label) if home.nation else ""
