"""Statements of law whose review day has passed: editors are told, nobody is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.models import ModulePage
from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from wagtail.models import Page


@dataclass(frozen=True)
class OverdueLaw:
    """A block of law that somebody should have checked by now."""

    page: ModulePage
    title: str
    nation: str
    review_by: date


def overdue_law(modules: Iterable[ModulePage], *, on: date | None = None) -> Iterator[OverdueLaw]:
    """Return the blocks of law in these lessons whose day to check again has passed."""
    day = on or today()
    for module in modules:
        for block in module.body:
            if block.block_type == "law" and block.value["review_by"] < day:
                law = block.value
                yield OverdueLaw(module, law["title"], law["nation"], law["review_by"])


def lessons_under(page: Page) -> list[ModulePage]:
    """Return the lesson itself, or the lessons of a course."""
    return list(ModulePage.objects.descendant_of(page, inclusive=True).order_by("path"))
