"""The names people show up under: learned when a doubt is settled, unlearned when it was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.attendance.naming import normal
from webinars.models import KnownName, Visitor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Member
    from webinars.models import AttendanceFile

# Words of a name that say nothing of whose it is: such a name is not learned.
ANYBODYS = frozenset(
    {"guest", "user", "zoom", "teams", "meet", "caller", "participant", "unknown", "admin", "host"}
)


def learn_name(visitor: Visitor, by: Member) -> None:
    """Remember under which name somebody came."""
    if visitor.member and (name := _learnable(visitor)):
        KnownName.objects.get_or_create(
            member=visitor.member, name=name, defaults={"learned_by": by}
        )


def forget_name(visitor: Visitor) -> None:
    """Forget what was learned from what turns out to be wrong."""
    KnownName.objects.filter(member=visitor.member_id, name=normal(visitor.name)).delete()


def unlearn(file: AttendanceFile) -> None:
    """Forget what a report taught, unless another one says it too. Three queries."""
    settled = Visitor.objects.exclude(settled_by=None).exclude(member=None)
    taught = _names(settled.filter(file=file))
    members = {member_id for member_id, _ in taught}
    others = _names(settled.filter(member__in=members).exclude(file=file))
    known = KnownName.objects.filter(member__in=members, learned_at__gte=file.uploaded_at)
    wrong = [it.pk for it in known if (it.member_id, it.name) in taught - others]
    KnownName.objects.filter(pk__in=wrong).delete()


def _names(visitors: QuerySet[Visitor]) -> set[tuple[int | None, str]]:
    return {(visitor.member_id, _learnable(visitor)) for visitor in visitors}


def _learnable(visitor: Visitor) -> str:
    """Return the name to remember; none if it came with an address, or may be anybody's."""
    name = normal(visitor.name)
    words = [word for word in name.split() if word.isalpha() and word not in ANYBODYS]
    return name[:200] if not visitor.email and len(words) > 1 else ""
