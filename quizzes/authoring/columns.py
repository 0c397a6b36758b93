"""What the lists of questions and quizzes show."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from django.utils.dateformat import format as written
from django.utils.text import Truncator
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn

from members.dates import today

if TYPE_CHECKING:
    from quizzes.models import Question
    from quizzes.models.versions import Versioned

WORDS = 90  # letters of a question that tell it from others
UNMEASURED = "Not measured yet"


def in_short(question: Question) -> str:
    """Return how the question begins."""
    return Truncator(question.stem).chars(WORDS)


def law(question: Question) -> str:
    """Return whose law it is about and by when somebody must check it."""
    if not question.review_by:
        return question.nation
    day = written(question.review_by, "j F Y")
    late = ": check it now" if question.review_by < today() else ""
    return f"{question.nation or 'Check'} by {day}{late}"


def measured(question: Question) -> str:
    """Return how people did at it at their first attempt, in words."""
    if not hasattr(question, "statistic"):
        return UNMEASURED
    found = question.statistic
    told = f"{found.facility:.0%} of {found.answers}"
    return f"{told}: look at it" if found.flags else told


def state(item: Versioned) -> str:
    """Return whether people meet it. Wagtail's own words would cost a query a row."""
    if not item.live:
        return "Draft"
    return "Published, with a draft" if item.has_unpublished_changes else "Published"


def state_column(*, sort_key: str | None = None) -> StatusTagColumn:
    return StatusTagColumn(
        "state", label="Status", accessor=state, sort_key=sort_key, primary=attrgetter("live")
    )


QUESTION_COLUMNS = [
    "reference",
    Column("stem", label="Question", accessor=in_short, width="30%"),
    Column("category", label="Category", sort_key="category__title"),
    Column("kind", label="Type", accessor="get_kind_display", sort_key="kind"),
    Column("law", label="Law", accessor=law, sort_key="review_by"),
    NumberColumn("used_in", label="Quizzes", sort_key="used_in"),
    Column("measured", label="Right at first", accessor=measured, sort_key="statistic__facility"),
    state_column(sort_key="live"),
]
QUIZ_COLUMNS = [
    "title",
    Column("slug", label="Name in addresses", sort_key="slug"),
    Column("category", label="Category", sort_key="category__title"),
    NumberColumn("pooled", label="Questions"),
    Column("pass_mark", label="Pass mark (%)", sort_key="pass_mark"),
    Column("draw", label="In a sitting", accessor=lambda quiz: quiz.draw or "All"),
    state_column(sort_key="live"),
]
