"""Whom a quiz may be practised by. Quizzes know no course: the floor above says what is closed.

Whoever has a reason to keep people from a quiz registers it when the site starts:
`register(find)`. What nobody keeps them from is for every member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.models import Quiz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from members.models import Member
    from quizzes.models.versions import VersionedQuerySet

    Find: TypeAlias = "Callable[[Member], Iterable[int]]"

_closed_by: list[Find] = []


def register(find: Find) -> None:
    """Let `find(member)` say which quizzes (ids) are closed to somebody."""
    _closed_by.append(find)


def to_practise(member: Member) -> VersionedQuerySet:
    """Return the published quizzes that this person may practise."""
    quizzes: VersionedQuerySet = Quiz.objects.published().filter(allows_practice=True)
    closed = {pk for find in _closed_by for pk in find(member)}
    return quizzes.exclude(pk__in=closed) if closed else quizzes
