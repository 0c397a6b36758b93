"""What previews of questions and quizzes show: answers that are made up, and never saved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from wagtail.models import Revision

from quizzes.asked import orders
from quizzes.attempts import Chances
from quizzes.drawing import Entry, size
from quizzes.forms import AnswerForm
from quizzes.kinds import Kind
from quizzes.models import Answer, AssessmentSettings, Question, Quiz
from quizzes.models.previewed import MARKED
from quizzes.pages import picture_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from wagtail.images.models import AbstractRendition

    from members.models import Member

NOT_PUBLISHED = "It is not published: nobody is asked it yet."
ONLY_IN = "Asked of people in {nation} only."
MUST_BE_RIGHT = "It must be right to pass."
NO_ESSAYS = "Essays are not asked on this site at the moment."


class Shown(NamedTuple):
    """A question, or a step of one, as a learner would meet it."""

    answer: Answer
    form: AnswerForm
    picture: AbstractRendition | None
    notes: Sequence[str]


class Pooled(NamedTuple):
    """A question in the pool of a quiz as it is edited."""

    question: Question
    is_critical: bool
    is_asked: bool  # whether people would meet it today

    @property
    def entry(self) -> Entry:
        topic = self.question.category
        topics = frozenset({topic.pk, topic.parent_id or topic.pk})
        return Entry(
            self.question.pk,
            topics,
            is_critical=self.is_critical,
            is_essay=self.question.kind == Kind.ESSAY,
            points=self.question.points,
        )

    @property
    def notes(self) -> list[str]:
        """What its author should know of it."""
        question = self.question
        notes = [
            (not question.live, NOT_PUBLISHED),
            (question.live and not self.is_asked, NO_ESSAYS),
            (self.is_critical, MUST_BE_RIGHT),
            (question.nation, ONLY_IN.format(nation=question.nation)),
        ]
        return [note for applies, note in notes if applies]


@dataclass(frozen=True, kw_only=True)
class Newcomer(Chances):
    """What somebody who never met the quiz may do, by its rules as they are being edited."""

    pooled: Sequence[Pooled]

    @cached_property
    def pool(self) -> list[Entry]:
        return [each.entry for each in self.pooled if each.is_asked]

    @cached_property
    def size(self) -> int:
        lines = self.quiz.draws.all()
        asked = {line.category_id: line.questions or 0 for line in lines if line.category_id}
        return size(self.pool, asked, self.quiz.draw)


def of(draft: Question | Quiz, viewer: Member, mode: str) -> dict[str, Any]:
    """Return what the preview of a question or a quiz shows."""
    if isinstance(draft, Quiz):
        return _of_quiz(draft, viewer)
    return {"question": draft, "shown": asked(draft, _version(draft)), "marked": mode == MARKED}


def asked(question: Question, version: Revision, notes: Sequence[str] = ()) -> list[Shown]:
    """Return a version of a question as it would be asked: a scenario as its steps."""
    if question.kind != Kind.SCENARIO:
        return [_shown(question, version, notes)]
    steps = [step for step in question.steps.all() if step.question_id]
    return [
        _shown(
            step.question,
            _published(step.question),
            notes if step.question.live else [*notes, NOT_PUBLISHED],
            scenario=version,
            part=part,
            parts=len(steps),
        )
        for part, step in enumerate(steps, start=1)
    ]


def _of_quiz(quiz: Quiz, viewer: Member) -> dict[str, Any]:
    pooled = _pooled(quiz)
    newcomer = Newcomer(
        quiz=quiz,
        member=viewer,
        open_sitting=None,
        last=None,
        made=0,
        left=quiz.attempts_allowed,
        try_again_at=None,
        pooled=pooled,
    )
    questions = [
        (each.question, asked(each.question, _published(each.question), each.notes))
        for each in pooled
    ]
    facts = {"quiz": quiz, "chances": newcomer, "questions": questions}
    return {**facts, "sensitive": quiz.is_sensitive}


def _pooled(quiz: Quiz) -> list[Pooled]:
    items = [item for item in quiz.pool.all() if item.question_id]
    rows = Question.objects.select_related("category", "live_revision")
    found: dict[int, Any] = rows.in_bulk([item.question_id for item in items])
    has_essays = any(question.kind == Kind.ESSAY for question in found.values())
    essays_asked = has_essays and AssessmentSettings.load().essays_allowed
    pooled = []
    for item in items:
        question = found[item.question_id]
        is_asked = question.live and (essays_asked or question.kind != Kind.ESSAY)
        pooled.append(Pooled(question, item.is_critical, is_asked))
    return pooled


def _published(question: Question) -> Revision:
    return question.live_revision or _version(question)


def _version(question: Question) -> Revision:
    """Return what a version of the question as it stands would hold."""
    return Revision(content=json.loads(question.to_json()))


def _shown(question: Question, version: Revision, notes: Sequence[str], **place: Any) -> Shown:
    # The same order whenever the author stops typing: nothing jumps about.
    order, match_order = orders(version.content, Random(1))  # noqa: S311 (no secret)
    answer = Answer(
        question=question,
        revision=version,
        option_order=order,
        match_order=match_order,
        **place,
    )
    form = AnswerForm(answer)
    form.prefix = f"{question.pk}"  # several questions may stand on one page
    return Shown(answer, form, picture_of(answer.asked), notes)
