"""First attempts, counted by the database: one aggregated query for each table, on either kind.

A first attempt is a marked sitting with number 1: of each occasion, so of each round of a course.
A paper's steps of a scenario are answers, hence questions of their own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Count, F, FloatField, IntegerField
from django.db.models.functions import Cast, NullIf

from quizzes.analysis.figures import Cell, Spread
from quizzes.kinds import CHOICES
from quizzes.models import Answer, Sitting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.db.models import QuerySet

# A page counts at most so many attempts, the latest: more would move a figure by a per cent or two,
# and nobody would wait for it. What is remembered for the bank counts all.
MOST = 5_000

# Products of small numbers must not be small numbers: PostgreSQL refuses them past 32,767.
WORTH = Cast("worth", IntegerField())
EARNED = Cast("mark", IntegerField()) * WORTH  # ten-thousandths of a point
REST = (F("sitting__score") * 100 - EARNED) / NullIf(F("sitting__max_score") - WORTH, 0)

SPREAD = """
WITH asked AS ({asked}),
usual AS (SELECT question_id, AVG(earned) AS earned FROM asked GROUP BY question_id),
off AS (
    SELECT asked.sitting_id, asked.earned - usual.earned AS deviation
    FROM asked JOIN usual ON usual.question_id = asked.question_id
),
paper AS (
    SELECT COUNT(*) AS length, SUM(deviation) AS total, SUM(deviation * deviation) AS squares
    FROM off GROUP BY sitting_id
)
SELECT SUM(squares), SUM(length * squares), SUM(total * total) FROM paper
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose answers are counted: to a quiz, to a question, to both; or all there are."""

    quiz: int | None = None
    question: int | None = None
    most: int | None = MOST


class Chosen(NamedTuple):
    """So many people with this rest chose this option (None: they answered nothing)."""

    question: int
    key: str | None
    rest: int | None
    people: int


class Taken(NamedTuple):
    """So many people were asked this version and took so many seconds (None: not known)."""

    question: int
    revision: int
    seconds: int | None
    people: int


class Scored(NamedTuple):
    """So many people got this score, in hundredths of a point."""

    score: int
    out_of: int
    passed: bool
    people: int


def first_attempts() -> QuerySet[Sitting]:
    """Return the sittings that are analysed."""
    return Sitting.objects.marked().filter(number=1).order_by()


def attempts_by_quiz() -> dict[int, int]:
    """Return how many first attempts each quiz has."""
    rows = first_attempts().values_list("quiz").annotate(people=Count("pk"))
    return dict(rows)


def cells(scope: Scope) -> Iterator[tuple[int, Cell]]:
    """Count answers by question, rest and mark."""
    rows = asked(scope).values_list("question", "rest", "mark").annotate(people=Count("pk"))
    for question, *cell in rows:
        yield question, Cell(*cell)


def chosen(scope: Scope) -> list[Chosen]:
    """Count what was chosen, by option and rest, of questions with options to choose from.

    The database counts equal answers; of several choices each one is counted here.
    """
    alike = (
        asked(scope).filter(question__kind__in=CHOICES).values_list("question", "chosen", "rest")
    )
    counts: Counter[tuple[int, str | None, int | None]] = Counter()
    for question, keys, rest, people in alike.annotate(people=Count("pk")):
        for key in keys or [None]:
            counts[question, key, rest] += people
    return [Chosen(*row, people) for row, people in counts.items()]


def taken(scope: Scope) -> Iterator[Taken]:
    """Count answers by version and time."""
    rows = asked(scope).values_list("question", "revision", "seconds")
    yield from map(Taken._make, rows.annotate(people=Count("pk")))


def spread(scope: Scope) -> Spread:
    """Sum what Cronbach's alpha needs."""
    earned = asked(scope).annotate(earned=Cast(EARNED, FloatField()))
    inner, params = earned.values("sitting_id", "question_id", "earned").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(SPREAD.format(asked=inner), params)
        return Spread(*(float(one or 0) for one in cursor.fetchone()))


def scores(quiz: int) -> list[Scored]:
    """Count a quiz's first attempts by score."""
    latest = Sitting.objects.filter(pk__in=_latest(first_attempts().filter(quiz=quiz), MOST))
    rows = latest.order_by().values_list("score", "max_score", "passed")
    return [Scored._make(row) for row in rows.annotate(people=Count("pk"))]


def asked(scope: Scope) -> QuerySet[Any]:
    """Return the answers of first attempts, each with its rest."""
    answers: QuerySet[Any] = Answer.objects.order_by().annotate(rest=REST)
    if scope.question:
        found = Answer.objects.filter(question=scope.question, sitting__in=_sittings(scope))
        return answers.filter(pk__in=_latest(found, scope.most))
    if scope.quiz:
        return answers.filter(sitting__in=_latest(_sittings(scope), scope.most))
    return answers.filter(sitting__number=1, sitting__marked_at__isnull=False)


def _sittings(scope: Scope) -> QuerySet[Sitting]:
    found = first_attempts()
    return found.filter(quiz=scope.quiz) if scope.quiz else found


def _latest(rows: QuerySet[Any], most: int | None) -> QuerySet[Any]:
    return rows.order_by("-pk").values("pk")[:most]
