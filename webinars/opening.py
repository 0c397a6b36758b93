"""Who may open sessions, and for whom: whoever administers all webinars, and the officers of the
party and of its regions, each for their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db.models import Exists, Q

from members.models import Member, Unit
from webinars.models import Session, WebinarPage

if TYPE_CHECKING:
    from members.models.unit import UnitQuerySet

RUNS_SESSIONS = (Unit.Kind.PARTY, Unit.Kind.REGION)


def units_to_open_for(member: Member) -> UnitQuerySet:
    """Return the units `member` may open sessions for today; the whole party besides is None."""
    units: UnitQuerySet = Unit.objects.filter(kind__in=RUNS_SESSIONS)
    if member.has_perm("webinars.host_all"):
        return units
    return units.overseen_by(member)


def may_open(member: Member) -> bool:
    """Whether `member` may open a session at all."""
    return runs_a_region(member) or bool(member.has_perm("webinars.host_all"))


def may_open_for(member: Member, unit: Unit | None) -> bool:
    """Whether `member` may open a session run by, and for, this unit; None is the whole party."""
    if unit is None:
        return bool(member.has_perm("webinars.host_all"))
    return bool(units_to_open_for(member).filter(pk=unit.pk).exists())


def runs_a_region(member: Member) -> bool:
    """Whether `member` oversees the party or a region today. Below them there are no regions."""
    return any(
        held.post_kind.oversees and held.unit.kind in RUNS_SESSIONS for held in member.posts_today
    )


def hosts_sessions(member: Member) -> bool:
    """Whether the desk is of any use to `member`. One query, for pages everybody sees."""
    if member.is_superuser or runs_a_region(member):
        return True
    named = Session.hosts.through.objects.filter(member=member)
    may = Permission.objects.filter(
        Q(user=member) | Q(group__user=member),
        codename="host_all",
        content_type__app_label="webinars",
    )
    return bool(Member.objects.filter(Exists(named) | Exists(may), pk=member.pk).exists())


def webinars_to_open(member: Member) -> list[WebinarPage]:
    """Return the published webinars `member` may open a session of, by title."""
    if not may_open(member):
        return []
    webinars = WebinarPage.objects.live().select_related("unit").order_by("title")
    units = list(units_to_open_for(member))
    return [one for one in webinars if not one.unit or any(fits(one, unit) for unit in units)]


def fits(webinar: WebinarPage, unit: Unit | None) -> bool:
    """Whether a session of this unit is for anybody the webinar is for."""
    if webinar.unit is None or unit is None:
        return True
    here, there = webinar.unit.path, unit.path
    return bool(here.startswith(there) or there.startswith(here))
