"""Many questions changed at once. What people were asked stays as it was: these are new versions.

What cannot be done is returned with its reasons, by question; all else is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.unpublish import UnpublishAction

from quizzes.kinds import Kind
from quizzes.models import QuizQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from members.models import Member
    from quizzes.models import Question, Quiz

    Refusals = dict[Question, list[str]]


@transaction.atomic
def publish(*, questions: Iterable[Question], by: Member) -> Refusals:
    """Publish the latest version of each."""
    refused: Refusals = {}
    # A scenario is whole only once its steps are published.
    for question in sorted(questions, key=lambda one: one.kind == Kind.SCENARIO):
        if question.live and not question.has_unpublished_changes:
            continue
        draft = question.latest_revision or question.save_revision(user=by, clean=False)
        try:
            draft.publish(user=by, skip_permission_checks=True)
        except ValidationError as problems:
            refused[question] = problems.messages
    return refused


@transaction.atomic
def unpublish(*, questions: Iterable[Question], by: Member) -> None:
    """Ask them of nobody any more."""
    for question in questions:
        UnpublishAction(question, user=by).execute(skip_permission_checks=True)


@transaction.atomic
def change(
    *, questions: Iterable[Question], by: Member, publishes: bool, **fields: Any
) -> Refusals:
    """Set the same fields of each: at once where it is published and `publishes`, else its draft.

    A draft somebody is at work on stays one, with these fields set.
    """
    refused: Refusals = {}
    for question in questions:
        draft = question.get_latest_revision_as_object()
        is_being_written = question.has_unpublished_changes
        for name, value in fields.items():
            setattr(draft, name, value)
            setattr(question, name, value)
        if not (question.live and publishes):
            _keep_draft(question, draft, by)
        elif problems := question.problems():
            refused[question] = problems
        else:
            now = question.save_revision(user=by, clean=False)
            now.publish(user=by, skip_permission_checks=True)
            if is_being_written:
                draft.save_revision(user=by, clean=False)
    return refused


@transaction.atomic
def add_to_quiz(*, questions: Sequence[Question], quiz: Quiz, by: Member) -> list[Question]:
    """Put those that are not there yet at the end of the quiz's draft; return them."""
    draft = quiz.get_latest_revision_as_object()
    there = {item.question_id for item in draft.pool.all()}
    new = [question for question in questions if question.pk not in there]
    for place, question in enumerate(new, start=len(there)):
        draft.pool.add(QuizQuestion(question=question, sort_order=place))
    if new:
        _keep_draft(quiz, draft, by)
    return new


def _keep_draft(item: Question | Quiz, draft: Question | Quiz, by: Member) -> None:
    if not item.live:  # the row of what was never published is its draft, as in the editor
        draft.save()
    draft.save_revision(user=by, clean=False)
