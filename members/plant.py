"""Planting the tree of units and the kinds of posts from the files in `members/data`.

Loading again changes nothing but names: what people added since, branches above all, stays.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from members.models import PostKind, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATA = Path(__file__).parent / "data"
PARTY = "PARTY"
# The organisation has no constituency parties there.
LEFT_OUT = "Northern Ireland"
BATCH = 200


class Seed(NamedTuple):
    """One unit to plant: the code of the unit above it (none for the party) and its own facts."""

    parent: str
    code: str
    name: str
    kind: str
    nation: str


def party() -> list[Seed]:
    return [Seed("", PARTY, "The whole party", Unit.Kind.PARTY, "")]


def regions() -> list[Seed]:
    """Return the 11 nations and regions of Great Britain."""
    return [
        Seed(PARTY, row["region_code"], row["region"], Unit.Kind.REGION, row["nation"].lower())
        for row in _rows("regions.csv")
        if row["nation"] != LEFT_OUT
    ]


def constituencies() -> list[Seed]:
    """Return the 632 constituencies of Great Britain, one CLP each."""
    return [
        Seed(row["region_code"], row["ons_code"], row["name"], Unit.Kind.CLP, row["nation"].lower())
        for row in _rows("constituencies_2024.csv")
        if row["nation"] != LEFT_OUT
    ]


@transaction.atomic
def plant_units(tell: Callable[[int], object] = lambda done: None) -> int:
    """Plant every unit that is missing, level by level; return how many were new."""
    return sum(_plant_level(seeds, tell) for seeds in (party(), regions(), constituencies()))


@transaction.atomic
def plant_post_kinds() -> int:
    """Add the post kinds that are missing; one that is there stays as people left it."""
    made = [
        PostKind.objects.get_or_create(code=row["code"], defaults=row)[1]
        for row in _rows("post_kinds.csv")
    ]
    return sum(made)


def _plant_level(seeds: list[Seed], tell: Callable[[int], object]) -> int:
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[s.code for s in seeds])}
    _rename([(known[seed.code], seed) for seed in seeds if seed.code in known])
    new = [seed for seed in seeds if seed.code not in known]
    tell(len(seeds) - len(new))
    parents = {unit.code: unit for unit in Unit.objects.filter(code__in={s.parent for s in new})}
    grown = list(_grow(new, parents))
    for start in range(0, len(grown), BATCH):
        batch = Unit.objects.bulk_create(grown[start : start + BATCH])
        tell(len(batch))
    Unit.objects.bulk_update(parents.values(), ["numchild"])
    return len(grown)


def _grow(seeds: list[Seed], parents: dict[str, Unit]) -> Iterator[Unit]:
    """Make the new units with their tree paths, counting on from each parent's last child."""
    last = {code: _last_step(parent) for code, parent in parents.items()}
    roots = Unit.get_root_nodes().count()
    for seed in seeds:
        above = parents.get(seed.parent)
        if above:
            above.numchild += 1
        step = last[seed.parent] = last.get(seed.parent, roots) + 1
        base, depth = (above.path, above.depth + 1) if above else ("", 1)
        path = Unit._get_path(base, depth, step)  # treebeard offers no bulk insert
        yield Unit(
            path=path,
            depth=depth,
            code=seed.code,
            name=seed.name,
            kind=seed.kind,
            nation=seed.nation,
        )


def _last_step(parent: Unit) -> int:
    child = parent.get_last_child()
    return Unit._str2int(child.path[-Unit.steplen :]) if child else 0


def _rename(pairs: list[tuple[Unit, Seed]]) -> None:
    renamed = []
    for unit, seed in pairs:
        # The party's own name is the organisation's to choose.
        if unit.kind != Unit.Kind.PARTY and (unit.name, unit.nation) != (seed.name, seed.nation):
            unit.name, unit.nation = seed.name, seed.nation
            renamed.append(unit)
    Unit.objects.bulk_update(renamed, ["name", "nation"])


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
