"""Writing a course file's questions and quiz into the bank, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from courses.asking import option_rows
from quizzes.actions import publish_quiz
from quizzes.exchange.versions import save_published
from quizzes.models import Category, Option, Question, Quiz, QuizDraw, QuizQuestion, ScenarioStep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Facts = dict[str, Any]


def load_quiz(facts: Facts, *, subject: Category, refresh: bool, tick: Callable[[], None]) -> Quiz:
    """Write a quiz with its topics and questions; leave alone what an author has changed.

    The topics become part of the course's subject, which is the quiz's own category.
    """
    for topic in facts["topics"]:
        fields = {"title": topic["title"], "parent": subject}
        Category.objects.get_or_create(slug=topic["slug"], defaults=fields)
    questions = _load_questions(facts["questions"], refresh=refresh)
    for _ in questions:
        tick()
    found = cast("Quiz | None", Quiz.objects.filter(slug=facts["slug"]).first())
    quiz = found or Quiz(slug=facts["slug"], live=False)
    if is_authors(quiz, refresh=refresh):
        return quiz
    changed = set_fields(quiz, _quiz_fields(facts) | {"category": subject})
    changed |= _set_pool(quiz, questions)
    changed |= _set_draws(quiz, facts.get("draws") or [])
    return publish_quiz(quiz=quiz, by=None) if changed else quiz


def is_authors(item: Any, *, refresh: bool) -> bool:
    """Whether a person saved this last, and nobody asked to have it refreshed."""
    latest = item.latest_revision if item.pk else None
    return bool(latest and latest.user_id and not refresh)


def set_fields(item: Any, fields: Facts) -> bool:
    """Set the fields; return whether that changed anything or the item is new."""
    changed = item.pk is None
    for name, value in fields.items():
        if _plain(getattr(item, name, None)) != _plain(value):
            setattr(item, name, value)
            changed = True
    return changed


def _plain(value: Any) -> Any:
    return value.get_prep_value() if hasattr(value, "get_prep_value") else value


def _load_questions(rows: list[Facts], *, refresh: bool) -> list[tuple[Question, Facts]]:
    """Write questions into the bank, all at once; the steps of scenarios come first."""
    parts = [
        part | {"topic": facts["topic"]} for facts in rows for part in facts.get("parts") or []
    ]
    steps = {
        question.reference: question for question in _publish(parts, steps={}, refresh=refresh)
    }
    return list(zip(_publish(rows, steps=steps, refresh=refresh), rows, strict=True))


def _publish(rows: list[Facts], *, steps: dict[str, Question], refresh: bool) -> list[Question]:
    keys = [facts["key"] for facts in rows]
    known = Question.objects.filter(reference__in=keys)
    known = known.select_related("latest_revision").prefetch_related("options", "steps")
    present = {question.reference: question for question in cast("Iterable[Question]", known)}
    topics = {topic.slug: topic for topic in Category.objects.all()}
    questions: list[Question] = []
    changed: list[Question] = []
    for facts in rows:
        found = present.get(facts["key"])
        question = found or Question(reference=facts["key"], live=False)
        questions.append(question)
        if is_authors(question, refresh=refresh):
            continue
        if _fill(question, facts, topic=topics[facts["topic"]], steps=steps):
            changed.append(question)
    save_published(changed, by=None)
    return questions


def _fill(question: Question, facts: Facts, *, topic: Category, steps: dict[str, Question]) -> bool:
    """Give a question what the file says; return whether that changed anything."""
    changed = set_fields(question, _question_fields(facts) | {"category": topic})
    changed |= _set_options(question, facts)
    parts = facts.get("parts") or []
    return _set_steps(question, [(steps[part["key"]], part) for part in parts]) or changed


def _set_options(question: Question, facts: Facts) -> bool:
    """Write the answers to choose from; those that stay keep the key people's answers name."""
    wanted = option_rows(facts)
    present = list(question.options.all())
    fields = list(wanted[0]) if wanted else []
    if [{name: getattr(one, name) for name in fields} for one in present] == wanted:
        return False
    keys = {(one.text, one.match): one.key for one in present}
    question.options = [
        Option(sort_order=place, **row, **_key(keys.get((row["text"], row["match"]))))
        for place, row in enumerate(wanted)
    ]
    return True


def _key(known: str | None) -> dict[str, str]:
    return {"key": known} if known else {}


def _set_steps(scenario: Question, steps: list[tuple[Question, Facts]]) -> bool:
    wanted = [(question.pk, part.get("lead_in") or "") for question, part in steps]
    if [(step.question_id, step.lead_in) for step in scenario.steps.all()] == wanted:
        return False
    scenario.steps = [
        ScenarioStep(question_id=pk, lead_in=lead_in, sort_order=place)
        for place, (pk, lead_in) in enumerate(wanted)
    ]
    return True


def _set_pool(quiz: Quiz, questions: list[tuple[Question, Facts]]) -> bool:
    """Add questions the file has and the pool lacks; what else stands in the pool stays."""
    wanted = {question.pk: bool(facts.get("critical")) for question, facts in questions}
    pool = list(quiz.pool.all())
    present = {item.question_id: item.is_critical for item in pool}
    if all(present.get(pk) == critical for pk, critical in wanted.items()):
        return False
    for item in pool:
        item.is_critical = wanted.pop(item.question_id, item.is_critical)
    new = [QuizQuestion(question_id=pk, is_critical=must) for pk, must in wanted.items()]
    quiz.pool = [*pool, *new]
    for place, item in enumerate(quiz.pool.all()):
        item.sort_order = place
    return True


def _set_draws(quiz: Quiz, lines: list[Facts]) -> bool:
    topics = dict(Category.objects.values_list("slug", "pk"))
    wanted = [(topics[line["topic"]], line["questions"]) for line in lines]
    if [(line.category_id, line.questions) for line in quiz.draws.all()] == wanted:
        return False
    quiz.draws = [
        QuizDraw(category_id=topic, questions=count, sort_order=place)
        for place, (topic, count) in enumerate(wanted)
    ]
    return True


def _quiz_fields(facts: Facts) -> Facts:
    return {
        "title": facts["title"],
        "description": (facts.get("description") or "").strip(),
        "pass_mark": facts["pass_mark"],
        "draw": facts.get("draw"),
        "attempts_allowed": facts.get("attempts"),
        "cooling_off_hours": facts.get("cooling_off_hours") or 0,
        "allows_practice": bool(facts.get("practice")),
        "is_sensitive": bool(facts.get("sensitive")),
        "pass_text": (facts.get("pass_text") or "").strip(),
        "fail_text": (facts.get("fail_text") or "").strip(),
    }


def _question_fields(facts: Facts) -> Facts:
    return {
        "kind": facts["type"],
        "stem": facts["stem"].strip(),
        "explanation": facts["explanation"].strip(),
        "guidance": (facts.get("guidance") or "").strip(),
        "is_partial": bool(facts.get("partial")),
        "nation": facts.get("nation") or "",
        "source": facts.get("source") or "",
        "law_as_at": facts.get("law_as_at"),
        "review_by": facts.get("review_by"),
    }
