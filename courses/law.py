"""Law in lessons and questions whose review day has passed: editors are told, nobody stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.urls import reverse

from courses.models import ModulePage
from members.dates import today
from quizzes.models import Question

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


@dataclass(frozen=True)
class ToCheck:
    """Something published whose law somebody should have checked, and where to correct it."""

    what: str
    nation: str
    review_by: date
    address: str
    permission: str  # what it takes to correct it; a page asks for its own


def law_to_check(*, on: date | None = None) -> list[ToCheck]:
    """Return all published law that is out of date, in lessons and questions, oldest first."""
    day = on or today()
    lessons = [
        ToCheck(f"{law.page.title}: {law.title}", law.nation, law.review_by, _edit(law.page), "")
        for law in overdue_law(ModulePage.objects.live(), on=day)
    ]
    questions = [
        ToCheck(
            f"Question {question}",
            question.nation,
            question.review_by or day,  # overdue, so it has one
            reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]),
            "quizzes.change_question",
        )
        for question in cast("Iterable[Question]", Question.objects.law_overdue(day))
    ]
    return sorted([*lessons, *questions], key=lambda each: each.review_by)


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def lessons_under(page: Page) -> list[ModulePage]:
    """Return the lesson itself, or the lessons of a course."""
    return list(ModulePage.objects.descendant_of(page, inclusive=True).order_by("path"))
