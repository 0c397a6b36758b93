"""A question's figures, put together from the tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.models import Revision

from quizzes.analysis import figures, tables
from quizzes.analysis.figures import FEWEST, FEWEST_CHOSEN, THIRD
from quizzes.kinds import CHOICES, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from quizzes.analysis.figures import Cell, Ends
    from quizzes.analysis.tables import Chosen, Scope, Taken

BATCH = 500  # SQLite takes no more in one list


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """How often an option was chosen, and by which share of the best, the middle, the weakest."""

    text: str
    is_right: bool
    count: int
    best: float | None  # of all, where no paper had a rest
    middle: float | None
    weakest: float | None

    @property
    def is_shown(self) -> bool:
        """Whether it may be told; that nobody chose it may."""
        return self.count == 0 or self.count >= FEWEST_CHOSEN

    @property
    def count_shown(self) -> str:
        return f"{self.count:,}" if self.is_shown else f"fewer than {FEWEST_CHOSEN}"


@dataclass(frozen=True)
class ItemFigures:
    """What first attempts tell about one question. Of fewer than 20 answers there is no figure."""

    question: int
    content: Mapping[str, Any]  # the version most people were asked
    versions: int
    cells: Sequence[Cell]
    chosen: Sequence[Chosen]
    seconds: Mapping[float, int]

    @property
    def stem(self) -> str:
        return str(self.content["stem"])

    @property
    def kind(self) -> Kind:
        return Kind(self.content["kind"])

    @cached_property
    def asked(self) -> int:
        return sum(cell.people for cell in self.cells)

    @property
    def is_enough(self) -> bool:
        return self.asked >= FEWEST

    @cached_property
    def facility(self) -> float | None:
        return figures.facility(self.cells) if self.is_enough else None

    @cached_property
    def discrimination(self) -> float | None:
        return figures.discrimination(self.cells) if self.is_enough else None

    @cached_property
    def correlation(self) -> float | None:
        return figures.correlation(self.cells) if self.is_enough else None

    @cached_property
    def mean_seconds(self) -> float | None:
        return figures.mean(self.seconds) if self._is_timed else None

    @cached_property
    def median_seconds(self) -> float | None:
        return figures.median(self.seconds) if self._is_timed else None

    @property
    def _is_timed(self) -> bool:
        return sum(self.seconds.values()) >= FEWEST

    @cached_property
    def options(self) -> list[OptionFigures]:
        """The options in the order they were written; none where there is nothing to choose."""
        if not self.is_enough or self.kind not in CHOICES:
            return []
        written = sorted(self.content["options"], key=lambda option: option["sort_order"] or 0)
        return [self._option(o["key"], o["text"], is_right=o["is_correct"]) for o in written]

    @cached_property
    def nothing_chosen(self) -> OptionFigures:
        """How many answered nothing."""
        return self._option(None, "No answer", is_right=False)

    def _option(self, key: str | None, text: str, *, is_right: bool) -> OptionFigures:
        rows = [row for row in self.chosen if row.key == key]
        best, middle, weakest = _shares(rows, figures.sizes_of(self.cells), self._thirds)
        return OptionFigures(text, is_right, sum(r.people for r in rows), best, middle, weakest)

    @cached_property
    def _thirds(self) -> Ends:
        return figures.ends(figures.sizes_of(self.cells), THIRD)


def items(scope: Scope) -> dict[int, ItemFigures]:
    """Return the figures of every question asked in this scope: four queries."""
    cells, chosen, taken = defaultdict(list), defaultdict(list), defaultdict(list)
    for question, cell in tables.cells(scope):
        cells[question].append(cell)
    for row in tables.chosen(scope):
        chosen[row.question].append(row)
    for one in tables.taken(scope):
        taken[one.question].append(one)
    versions = {question: _versions(rows) for question, rows in taken.items()}
    contents = _contents([found[0] for found in versions.values()])
    return {
        question: ItemFigures(
            question=question,
            content=contents[versions[question][0]],
            versions=len(versions[question]),
            cells=found,
            chosen=chosen[question],
            seconds=_seconds(taken[question]),
        )
        for question, found in cells.items()
        if question in versions
    }


def _versions(rows: Sequence[Taken]) -> list[int]:
    """Return the versions that were asked, the most asked first."""
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        counts[row.revision] += row.people
    return sorted(counts, key=lambda revision: (-counts[revision], -revision))


def _seconds(rows: Sequence[Taken]) -> dict[float, int]:
    counts: dict[float, int] = defaultdict(int)
    for row in rows:
        if row.seconds is not None:
            counts[row.seconds] += row.people
    return counts


def _contents(revisions: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    found: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(revisions), BATCH):
        wanted = Revision.objects.filter(pk__in=revisions[start : start + BATCH])
        found |= dict(wanted.values_list("pk", "content"))
    return found


def _shares(
    rows: Sequence[Chosen], sizes: Mapping[int, int], thirds: Ends
) -> tuple[float | None, float | None, float | None]:
    """Return the share of the best, the middle and the weakest third who are in these rows."""
    people = sum(sizes.values())
    if len(sizes) < 2:  # nobody did better in the rest than others
        return None, None, None
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.rest is not None:
            counts[row.rest] += row.people
    third = people * THIRD
    best = sum(n * thirds.best[rest] for rest, n in counts.items()) / third
    weakest = sum(n * thirds.weakest[rest] for rest, n in counts.items()) / third
    middle = sum(counts.values()) / third - best - weakest
    return best, max(middle, 0.0), weakest
