"""What may not be deleted: what people were asked, and what some version of a quiz is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import redirect
from wagtail.models import Revision

from quizzes.kinds import Kind
from quizzes.models import Answer, Category, Question, Quiz, QuizQuestion, ScenarioStep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

KEPT = "“{item}” cannot be deleted: {reason}. {instead}"
UNPUBLISH = "Unpublish it instead."
RENAME = "Give it another title if you like."
ASKED = "people have been asked it"
IN_QUIZ = "it is in the quiz “{quiz}”"
IS_STEP = "it is a step of the scenario “{scenario}”"
IN_VERSION = "an earlier version or a draft of a quiz or scenario has it"
SAT = "people have taken it"
IN_USE = "questions or quizzes are about it, now or in an earlier version"


def keep_what_is_needed(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Say why something stays, before the database would refuse."""
    for item in instances:
        reason, instead = _why_kept(item)
        if reason:
            messages.error(request, KEPT.format(item=item, reason=reason, instead=instead))
            of = item._meta
            return redirect(f"wagtailsnippets_{of.app_label}_{of.model_name}:list")
    return None


def _why_kept(item: Model) -> tuple[str, str]:
    match item:
        case Question():
            return why_kept([item]).get(item.pk, ""), UNPUBLISH
        case Quiz():
            return why_quiz_kept(item), UNPUBLISH
        case Category():
            return why_topic_kept(item), RENAME
    return "", ""


def why_kept(questions: Collection[Question]) -> dict[int, str]:
    """Return why these questions cannot be deleted, by key; the others can."""
    keys = {question.pk for question in questions}
    kept = dict.fromkeys(keys & _in_versions(), IN_VERSION)
    steps = ScenarioStep.objects.filter(question__in=keys).select_related("scenario")
    kept |= {step.question_id: IS_STEP.format(scenario=step.scenario.reference) for step in steps}
    pooled = QuizQuestion.objects.filter(question__in=keys).select_related("quiz")
    kept |= {item.question_id: IN_QUIZ.format(quiz=item.quiz) for item in pooled}
    return kept | dict.fromkeys(_asked(keys), ASKED)


def why_quiz_kept(quiz: Quiz) -> str:
    return SAT if quiz.sittings.exists() else ""


def why_topic_kept(topic: Category) -> str:
    relations = ("questions", "quizzes", "draws", "children")
    used = any(getattr(topic, relation).exists() for relation in relations)
    return IN_USE if used or topic.pk in _topics_in_versions() else ""


def _asked(keys: Iterable[int]) -> set[int]:
    asked = set(Answer.objects.filter(question__in=keys).values_list("question", flat=True))
    told = Answer.objects.filter(
        scenario__content_type=ContentType.objects.get_for_model(Question),
        scenario__object_id__in=[str(key) for key in keys],
    )
    return asked | {int(key) for key in told.values_list("scenario__object_id", flat=True)}


def _versions(model: type[Question | Quiz], **of: str) -> Iterator[dict[str, Any]]:
    kind = ContentType.objects.get_for_model(model)
    versions = Revision.objects.filter(content_type=kind, **of)
    yield from versions.values_list("content", flat=True).iterator()


def _in_versions() -> set[int]:
    """Return the questions in any version of a quiz or scenario: without them it cannot open."""
    pools = (row for quiz in _versions(Quiz) for row in quiz.get("pool", ()))
    scenarios = _versions(Question, content__kind=Kind.SCENARIO)
    steps = (row for scenario in scenarios for row in scenario.get("steps", ()))
    return {row["question"] for row in (*pools, *steps)}


def _topics_in_versions() -> set[int]:
    quizzes = list(_versions(Quiz))
    lines = (line for quiz in quizzes for line in quiz.get("draws", ()))
    return {told.get("category") for told in (*quizzes, *lines, *_versions(Question))}
