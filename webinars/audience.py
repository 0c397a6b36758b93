"""Whom a webinar and its sessions are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from members.models import Unit
from webinars.models import Session, WebinarPage

if TYPE_CHECKING:
    from members.models import Member
    from webinars.models.session import SessionQuerySet

ADULT = 18
TOO_YOUNG = "This webinar is for people aged 18 and over."
OTHER_POSTS = "This webinar is for people who hold one of these posts: {posts}."
OTHER_UNIT = "This webinar is for people in {unit}."
OTHER_REGION = "This session is for people in {unit}."


def closed_to(what: Session | WebinarPage, member: Member) -> str:
    """Return why a session, or a webinar in general, is not open to `member`; "" when it is.

    The sentence is for them. Whether there are places left is another question.
    """
    webinar = what.webinar if isinstance(what, Session) else what
    if member.is_under_18 and webinar.minimum_age >= ADULT:
        return TOO_YOUNG
    wanted = {kind.pk: kind.name for kind in webinar.post_kinds.all()}
    if wanted and wanted.keys().isdisjoint(held.post_kind_id for held in member.posts_today):
        return OTHER_POSTS.format(posts=", ".join(wanted.values()))
    if not _is_in(webinar.unit, member):
        return OTHER_UNIT.format(unit=webinar.unit)
    if isinstance(what, Session) and not _is_in(what.unit, member):
        return OTHER_REGION.format(unit=what.unit)
    return ""


def open_sessions(member: Member | None, sessions: SessionQuerySet) -> SessionQuerySet:
    """Narrow sessions to those open to `member`; without one, to those that are for everybody."""
    kinds = WebinarPage.post_kinds.through.objects
    narrowed = Q(webinar_id__in=kinds.values("webinarpage_id"))
    if member is None:
        return sessions.filter(~narrowed, unit=None, webinar__unit=None)
    held = [tenure.post_kind_id for tenure in member.posts_today]
    mine = Q(webinar_id__in=kinds.filter(postkind_id__in=held).values("webinarpage_id"))
    above = _paths_above(member)
    found = sessions.filter(
        ~narrowed | mine,
        Q(unit=None) | Q(unit__path__in=above),
        Q(webinar__unit=None) | Q(webinar__unit__path__in=above),
    )
    return found.filter(webinar__minimum_age__lt=ADULT) if member.is_under_18 else found


def _is_in(unit: Unit | None, member: Member) -> bool:
    """Whether somebody's home or a post of today lies in a unit; everybody is in none."""
    return unit is None or any(path.startswith(unit.path) for path in _paths(member))


def _paths(member: Member) -> list[str]:
    """Where somebody belongs: the units of their posts of today, and their home."""
    paths = [held.unit.path for held in member.posts_today]
    return [*paths, member.home_unit.path] if member.home_unit else paths


def _paths_above(member: Member) -> set[str]:
    """The tree paths of every unit somebody is in: where they belong, and all above."""
    step = Unit.steplen
    return {path[:length] for path in _paths(member) for length in range(step, len(path) + 1, step)}
