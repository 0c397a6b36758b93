"""How one person does, topic by topic: of the answers whose marks they may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, Count, F, Sum
from django.db.models.functions import Cast

from quizzes.models import Answer, Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Self

    from members.models import Member


@dataclass
class Topic:
    """A topic with what was right of it; the figures hold those of the topics below it."""

    title: str
    answers: int = 0
    right: int = 0  # mark times worth, added up
    worth: int = 0
    below: dict[int, Topic] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> Self:
        """Count the answers of one row in."""
        self.answers += row["answers"]
        self.right += row["right"]
        self.worth += row["of"]
        return self

    @property
    def per_cent(self) -> int:
        """How much was right, rounded down as marks are."""
        return self.right // self.worth


def topics_of(viewer: Member) -> list[Topic]:
    """Return the topics this person was asked about, by title, each with those below it.

    Quizzes that tell only the score are left out: their marks must not show in the sums.
    """
    shown = Sitting.objects.visible_to(viewer).showing_marks()
    right = Sum(Cast("mark", BigIntegerField()) * F("worth"), output_field=BigIntegerField())
    rows = (
        Answer.objects.filter(sitting__in=shown)
        .order_by("question__category__title")
        .values(
            pk=F("question__category"),
            title=F("question__category__title"),
            parent=F("question__category__parent"),
            parent_title=F("question__category__parent__title"),
        )
        .annotate(answers=Count("pk"), right=right, of=Sum("worth"))
    )
    return _tree(rows)


def drawn(topics: Iterable[Topic]) -> list[dict[str, Any]]:
    """Return the rows of a chart: each topic, and those below it right after it."""
    rows = []
    for topic in topics:
        rows.append(_row(topic.title, topic))
        rows += [_row(f"{topic.title}: {part.title}", part) for part in topic.below.values()]
    return rows


def _tree(rows: Iterable[Mapping[str, Any]]) -> list[Topic]:
    topics: dict[int, Topic] = {}
    for row in rows:
        top = row["parent"] or row["pk"]
        topic = topics.setdefault(top, Topic(row["parent_title"] or row["title"])).add(row)
        if row["parent"]:
            topic.below[row["pk"]] = Topic(row["title"]).add(row)
    return sorted(topics.values(), key=lambda topic: topic.title.casefold())


def _row(name: str, topic: Topic) -> dict[str, Any]:
    questions = f"{topic.answers} question{'' if topic.answers == 1 else 's'}"
    share = f"{topic.per_cent}% of {questions}"
    return {"name": name, "share": share, "value": topic.per_cent, "total": 100}
