"""The verbs of quizzes: publish, start, answer, submit."""

from __future__ import annotations

from random import SystemRandom
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from members.models import Member
from quizzes.attempts import NOT_READY, NoAttemptNow, chances
from quizzes.marking import mark, passes
from quizzes.models import Answer, Sitting
from quizzes.papers import draw, option_order
from quizzes.signals import sitting_marked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from quizzes.models import Question, Quiz

Item = TypeVar("Item", "Question", "Quiz")

RANDOM = SystemRandom()


class AlreadySubmitted(Exception):  # noqa: N818 (a state of things, not a fault)
    """The sitting was submitted before; nothing was changed."""


@transaction.atomic
def publish_question(*, question: Question, by: Member | None) -> Question:
    """Save the question as it stands, as a version of its own, and publish that version."""
    return _publish(question, by)


@transaction.atomic
def publish_quiz(*, quiz: Quiz, by: Member | None) -> Quiz:
    """Save the quiz as it stands and publish it."""
    return _publish(quiz, by)


@transaction.atomic
def start_sitting(*, quiz: Quiz, by: Member, occasion: str = "", return_to: str = "") -> Sitting:
    """Begin a sitting, or return the one this person has open. Raise NoAttemptNow otherwise."""
    _one_start_at_a_time(by)
    standing = chances(quiz=quiz, member=by, occasion=occasion)
    unfinished = standing.open_sitting
    if unfinished and unfinished.occasion == occasion:
        return unfinished
    if standing.refusal:
        raise NoAttemptNow(standing.refusal, standing.try_again_at)
    terms: dict[str, Any] = {
        "occasion": occasion,
        "return_to": return_to,
        "number": standing.made + 1,
    }
    if unfinished:
        return _taken_over(unfinished, terms)
    return _begun(quiz, by, terms)


@transaction.atomic
def save_answer(*, answer: Answer, chosen: Sequence[str], by: Member) -> Answer:
    """Keep what was chosen (option keys; none clears it). A submitted sitting does not change."""
    sitting = _locked(answer.sitting_id, by)
    if not sitting.is_open:
        raise AlreadySubmitted
    if not set(chosen) <= set(answer.option_order):
        raise ValueError("not an option of this question")
    answer.chosen = list(chosen)
    answer.answered_at = timezone.now() if chosen else None
    answer.save(update_fields=["chosen", "answered_at"])
    return answer


@transaction.atomic
def submit_sitting(*, sitting: Sitting, by: Member) -> Sitting:
    """Mark the sitting and tell the house. Again, and at the same time, it is marked once."""
    sitting = _locked(sitting.pk, by)
    if not sitting.is_open:
        return sitting
    answers = list(sitting.answers.select_related("revision"))
    for answer in answers:
        answer.mark = mark(right=answer.asked.right, chosen=answer.chosen)
    Answer.objects.bulk_update(answers, ["mark"])
    sitting.score = sum(answer.mark or 0 for answer in answers)
    sitting.max_score = len(answers)
    sitting.passed = passes(
        score=sitting.score, max_score=sitting.max_score, pass_mark=sitting.pass_mark
    )
    sitting.submitted_at = timezone.now()
    sitting.save(update_fields=["score", "max_score", "passed", "submitted_at"])
    sitting_marked.send(sender=Sitting, sitting=sitting)
    return sitting


def _publish(item: Item, by: Member | None) -> Item:
    item.save()
    item.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    item.refresh_from_db()
    return item


def _one_start_at_a_time(member: Member) -> None:
    # The constraint sitting_open_once is the guarantee; the lock turns its error into a wait.
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=member.pk)


def _locked(pk: int, by: Member) -> Sitting:
    # Answers wait for the mark and marks wait for answers, so no mark is of another answer.
    sitting = Sitting.objects.select_for_update().get(pk=pk)
    if sitting.member_id != by.pk:
        raise PermissionDenied
    return sitting


def _taken_over(sitting: Sitting, terms: dict[str, Any]) -> Sitting:
    """Let the open sitting count for what the person is doing now: there is only one."""
    Sitting.objects.filter(pk=sitting.pk).update(**terms)
    sitting.refresh_from_db()
    return sitting


def _begun(quiz: Quiz, by: Member, terms: dict[str, Any]) -> Sitting:
    drawn = _drawn(quiz)
    if not drawn:
        raise NoAttemptNow(NOT_READY)
    sitting = Sitting.objects.create(
        quiz=quiz, member=by, pass_mark=quiz.pass_mark, started_at=timezone.now(), **terms
    )
    revisions = Revision.objects.in_bulk([revision for _, revision in drawn])
    Answer.objects.bulk_create(
        Answer(
            sitting=sitting,
            position=position,
            question_id=question,
            revision_id=revision,
            option_order=option_order(revisions[revision].content, RANDOM),
        )
        for position, (question, revision) in enumerate(drawn, start=1)
    )
    return sitting


def _drawn(quiz: Quiz) -> list[tuple[int, int]]:
    """Return the questions of a new sitting, each with the version that is published now."""
    if not quiz.live:
        return []
    pool = quiz.published_questions().values_list("pk", "live_revision_id")
    return draw(list(pool), quiz.draw, RANDOM)
