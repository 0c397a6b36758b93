"""What people may be asked about: the floors above say what there is, and who may answer when.

Feedback itself knows no session and no course. Whoever has something to ask about registers it
under a prefix, when the site starts: `register("session", find)`. What is asked about is then
named by that prefix and a number: `session:12`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.models import Given

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from members.models import Member

    Find: TypeAlias = "Callable[[int, Member], Subject | None]"

_found_by: dict[str, Find] = {}


def nobody() -> bool:
    """Return that nobody may."""
    return False


@dataclass(frozen=True)
class Subject:
    """Something that one person may be asked about, as it is for that person now."""

    about: str  # such as session:12
    title: str
    back: str  # the address people come from and go back to
    moment: str = ""  # the Tally.Moment this person may answer now; "" when there is none
    sensitive: bool = False  # its pages carry the button Exit this page
    desk: str = ""  # the address that who may see the totals comes from
    may_see_totals: Callable[[], bool] = nobody  # asked only when somebody wants to see them

    def was_given(self, by: Member) -> bool:
        """Return whether this person has answered what is open now."""
        return Given.objects.filter(member=by, about=self.about, moment=self.moment).exists()


def register(prefix: str, find: Find) -> None:
    """Say who finds what is named `prefix:number`.

    `find(number, member)` returns it as it is for that person, or None; at most one query.
    """
    _found_by[prefix] = find


def subject_of(about: str, member: Member) -> Subject | None:
    """Return what is named so, as it is for this person; None when there is nothing for them."""
    prefix, _, number = about.partition(":")
    find = _found_by.get(prefix)
    if find is None or not number.isdecimal() or len(number) > 18:
        return None
    return find(int(number), member)
