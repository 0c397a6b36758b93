"""The quizzes of a file: made when there is none with that slug, as drafts or published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

from quizzes.actions import publish_quiz
from quizzes.exchange.items import Remark
from quizzes.models import Quiz, QuizQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member
    from quizzes.exchange.items import QuizItem
    from quizzes.exchange.plan import Plan

THERE = "A quiz with the slug “{slug}” is here already. It was left as it is."
STAYS_DRAFT = "The quiz “{title}” stays a draft. {problem}"
LONGEST = 80  # what the model's column holds


def quizzes_there(plan: Plan) -> set[str]:
    """Return the slugs of the file's quizzes that are taken."""
    wanted = [slug_of(quiz) for quiz in plan.found.quizzes]
    return set(Quiz.objects.filter(slug__in=wanted).values_list("slug", flat=True))


def write_quizzes(plan: Plan, *, by: Member | None, publish: bool) -> list[Remark]:
    """Write the new quizzes once their questions are in the bank; return what is to be said."""
    there, said = quizzes_there(plan), []
    for item in plan.found.quizzes:
        slug = slug_of(item)
        if slug in there:
            said.append(Remark(item.line, THERE.format(slug=slug)))
            continue
        there.add(slug)
        quiz = _built(item, slug, plan)
        problems = quiz.problems() if publish and not item.is_draft else []
        if publish and not item.is_draft and not problems:
            publish_quiz(quiz=quiz, by=by)
            continue
        quiz.save()
        quiz.save_revision(user=by, log_action="wagtail.create")
        said += _stay_draft(item, problems)
    return said


def slug_of(item: QuizItem) -> str:
    return slugify(item.slug or item.title)[:LONGEST].strip("-") or f"quiz-{item.line}"


def _built(item: QuizItem, slug: str, plan: Plan) -> Quiz:
    when, order = Quiz.FeedbackWhen, Quiz.Order
    quiz = Quiz(
        live=False,
        slug=slug,
        title=item.title,
        description=item.description,
        category=plan.topics.of((item.category,)) if item.category else None,
        draw=item.draws,
        attempts_allowed=1 if item.is_single_attempt else None,
        pass_text=item.pass_text,
        fail_text=item.fail_text,
        feedback_when=when.EACH if item.is_told_each_time else when.END,
        order=order.RANDOM if item.is_shuffled else order.WRITTEN,
    )
    if item.pass_mark:  # none at all is no rule to pass by: ours stays
        quiz.pass_mark = item.pass_mark
    keys = dict.fromkeys(plan.places[place].pk for place in item.places)
    quiz.pool = [QuizQuestion(question_id=pk, sort_order=n) for n, pk in enumerate(keys)]
    return quiz


def _stay_draft(item: QuizItem, problems: Iterable[str]) -> list[Remark]:
    return [
        Remark(item.line, STAYS_DRAFT.format(title=item.title, problem=problem))
        for problem in problems
    ]
