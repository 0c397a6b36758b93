"""The party's units: a tree from the whole party down to a branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models.member import Member


class UnitQuerySet(MP_NodeQuerySet):
    """Words about units."""

    def overseen_by(self, viewer: Member, *, on: date | None = None) -> Self:
        """Return the units `viewer` oversees on that day (today): their posts' units and below."""
        overseen: Self = self.filter(within("path", viewer.overseen_paths(on=on)))
        return overseen

    def figured_by(self, viewer: Member) -> Self:
        """Return the units whose figures `viewer` may see today; the names are another right."""
        figured: Self = self.filter(within("path", viewer.figured_paths()))
        return figured


def within(field: str, paths: list[str]) -> Q:
    """Return the condition that the tree path in `field` lies at or below one of `paths`.

    No path at all means nothing is allowed, so the condition is then never true.
    """
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> UnitQuerySet:
        units: UnitQuerySet = UnitQuerySet(self.model, using=self._db).order_by("path")
        return units


class Unit(MP_Node):
    """One unit: the party, a nation or region, a CLP or a branch."""

    class Kind(models.TextChoices):
        PARTY = "party", "Party"
        REGION = "region", "Nation or region"
        CLP = "clp", "Constituency party"
        BRANCH = "branch", "Branch"

    class Nation(models.TextChoices):
        ENGLAND = "england", "England"
        SCOTLAND = "scotland", "Scotland"
        WALES = "wales", "Wales"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    code = models.CharField(
        max_length=20,
        unique=True,
        help_text="ONS code of the constituency or region; a branch has its CLP's and a number.",
    )
    nation = models.CharField(max_length=10, choices=Nation, blank=True)

    objects = UnitManager()

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="unit_kind_name")]

    def __str__(self) -> str:
        return self.name
