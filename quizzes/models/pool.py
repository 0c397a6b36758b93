"""A quiz's pool as one person meets it, and whether every nation's people get a whole paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.drawing import Entry, size
from quizzes.kinds import Kind
from quizzes.models.bank import NATIONS_OF, Category, Question, ScenarioStep
from quizzes.models.settings import AssessmentSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from quizzes.models.bank import QuestionQuerySet
    from quizzes.models.quiz import Quiz

NO_QUESTIONS = "Add questions: a quiz without questions cannot be published."
NONE_PUBLISHED = "None of its questions is published. Publish at least one of them first."
DRAWS_TOO_MANY = (
    "It asks {draw} questions in a sitting, but only {published} of its questions "
    "{are} published. Publish {short} more, or ask fewer."
)
ONLY_ESSAYS = "All it asks are essays, and essays are switched off: nobody could sit it."
ESSAY_MUST_BE_RIGHT = (
    "An essay must be right in it, and essays are switched off: nobody would be asked it. "
    "Switch essays on, or let it be an essay that need not be right."
)
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
LINE_TOO_LONG = (
    "It asks {wanted} questions about “{topic}”, but {there} of that topic {are} published{where}."
)
LINES_OVERLAP = "“{topic}” is part of “{parent}”: ask for questions of one of them, not of both."
MORE_THAN_DRAWN = (
    "The topics and the questions that must be right come to {least}, but it asks {draw} in a "
    "sitting. Ask at least {least}, or take some away."
)
TOO_FEW_HERE = "For people in {nation} only {there} of its questions remain, but it asks {draw}."
STEP_ALSO_ALONE = "“{step}” is a step of a scenario in this quiz: it cannot also be asked alone."


def entries(questions: QuestionQuerySet, *, nation: Callable[[], str]) -> list[Entry]:
    """Return what people of a nation may be asked; `questions` is the published pool in order.

    The nation is asked for only where a question is about one. Essays are left out while the site
    does not allow them.
    """
    rows = questions.values_list(
        "nation",
        "pk",
        "kind",
        "points",
        "category",
        "category__parent",
        "category__title",
        "in_quizzes__is_critical",
    )
    here = nation() if any(row[0] for row in rows) else ""
    allowed = None
    found = []
    for of, pk, kind, points, topic, parent, title, critical in rows:
        if not _is_asked(of, here):
            continue
        if is_essay := kind == Kind.ESSAY:
            allowed = AssessmentSettings.load().essays_allowed if allowed is None else allowed
            if not allowed:
                continue
        topics = frozenset({topic, parent or topic})
        found.append(
            Entry(
                pk,
                topics,
                is_critical=critical,
                topic_name=title,
                is_essay=is_essay,
                points=points,
            )
        )
    return found


def pool_of(quiz: Quiz, *, nation: Callable[[], str]) -> list[Entry]:
    """Return what a sitting of this quiz may ask somebody of this nation."""
    asked = Question.objects.published().filter(in_quizzes__quiz=quiz)
    return entries(asked.order_by("in_quizzes__sort_order", "pk"), nation=nation)


def lines_of(quiz: Quiz) -> dict[int, int]:
    """Return how many questions of which topic every sitting asks."""
    return dict(quiz.draws.values_list("category", "questions"))


def quiz_problems(*, pool: int, published: int, draw: int | None) -> list[str]:
    """Return what is missing in a quiz with `pool` questions, `published` of them published."""
    if not pool:
        return [NO_QUESTIONS]
    if not published:
        return [NONE_PUBLISHED]
    if draw and draw > published:
        are = "is" if published == 1 else "are"
        short = draw - published
        return [DRAWS_TOO_MANY.format(draw=draw, published=published, are=are, short=short)]
    return []


def paper_problems(
    *,
    pool: Sequence[int],
    critical: Collection[int],
    lines: Mapping[int, int],
    draw: int | None,
) -> list[str]:
    """Return what keeps a quiz from giving everybody a whole paper, each with its remedy."""
    asked = Question.objects.published().filter(pk__in=pool)
    if essays := _never_asked(asked):
        if set(essays) & set(critical):
            return [ESSAY_MUST_BE_RIGHT]
        asked = asked.exclude(pk__in=essays)
        if not asked.exists():
            return [ONLY_ESSAYS]
    published = list(asked.values_list("pk", "nation", "category", "category__parent"))
    problems = quiz_problems(pool=len(pool), published=len(published), draw=draw)
    if problems or not published:
        return problems
    problems += _overlaps(lines) + _steps_alone(pool)
    # Everywhere first: what is short for all need not be said for each nation again.
    for nation in ("", *_nations({row[1] for row in published})):
        here = [row for row in published if _is_asked(row[1], nation)]
        found = _short_lines(here, lines, nation)
        if nation and draw and len(here) < draw:
            found.append(TOO_FEW_HERE.format(nation=nation, there=len(here), draw=draw))
        if found:
            return problems + found
    return problems + _more_than_drawn(published, critical, lines, draw)


def _never_asked(questions: QuestionQuerySet) -> list[int]:
    """Return the essays among them, while the site does not allow essays."""
    essays = list(questions.filter(kind=Kind.ESSAY).values_list("pk", flat=True))
    return [] if not essays or AssessmentSettings.load().essays_allowed else essays


def _is_asked(of: str, nation: str) -> bool:
    return not of or not nation or nation in NATIONS_OF[of]


def _nations(present: set[str]) -> tuple[str, ...]:
    return NATIONS if present - {""} else ()


def _short_lines(
    here: Sequence[tuple[int, str, int, int | None]], lines: Mapping[int, int], nation: str
) -> list[str]:
    titles = dict(Category.objects.filter(pk__in=lines).values_list("pk", "title"))
    short = []
    for topic, wanted in lines.items():
        there = sum(topic in row[2:] for row in here)
        if there < wanted:
            are, where = "is" if there == 1 else "are", f" for {nation}" if nation else ""
            said = {"wanted": wanted, "topic": titles[topic], "there": there}
            short.append(LINE_TOO_LONG.format(**said, are=are, where=where))
    return short


def _overlaps(lines: Mapping[int, int]) -> list[str]:
    inside = Category.objects.filter(pk__in=lines, parent__in=lines).select_related("parent")
    return [LINES_OVERLAP.format(topic=topic, parent=topic.parent) for topic in inside]


def _steps_alone(pool: Sequence[int]) -> list[str]:
    steps = ScenarioStep.objects.filter(scenario__in=pool, question__in=pool)
    return [STEP_ALSO_ALONE.format(step=step) for step in steps.select_related("question")]


def _more_than_drawn(
    published: Sequence[tuple[int, str, int, int | None]],
    critical: Collection[int],
    lines: Mapping[int, int],
    draw: int | None,
) -> list[str]:
    pool = [
        Entry(pk, frozenset({topic, parent or topic}), is_critical=pk in critical)
        for pk, _, topic, parent in published
    ]
    least = size(pool, lines, 0)
    if draw and least > draw:
        return [MORE_THAN_DRAWN.format(least=least, draw=draw)]
    return []
