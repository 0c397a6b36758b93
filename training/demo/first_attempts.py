"""First attempts at the quiz of the essentials, for the pages that say how questions do."""

from __future__ import annotations

import datetime as dt
from math import exp
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

from django.utils import timezone

from courses.models import Completion
from quizzes.attempts import chances
from quizzes.beginning import begin
from quizzes.kinds import CHOICES, Kind
from quizzes.marking import mark, passes
from quizzes.models import Answer, Quiz, Sitting
from quizzes.scores import FULL, earned
from training.demo.people import BATCH, PREFIX, SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from django.db.models import Model

    from quizzes.asked import AskedQuestion

PEOPLE = 220  # each of about forty questions is asked some fifty times
QUIZ = "safeguarding-essentials"
# What is right of a child is wrong here: who knows the rule best is misled. A flag to look at.
MISLEADING = ("se-14", "Report it in her name")
SLOW = frozenset({Kind.MATCHING, Kind.ORDERING})
EASE, SPREAD = 1.6, 1.1
SKIPS = 0.01


def make_first_attempts(tell: Callable[[int], object]) -> None:
    """Write marked first attempts of people who have completed the course, once.

    Marked as sittings are, but nobody is told: their completions are there already.
    """
    quiz = Quiz.objects.get(slug=QUIZ)
    if quiz.sittings.filter(member__membership_number__startswith=PREFIX).exists():
        return
    random, sittings, answers = Random(SEED), [], []
    for completion in _learners():
        occasion = completion.enrolment.occasion if completion.enrolment else ""
        standing = chances(quiz=quiz, member=completion.member, occasion=occasion)
        sitting = begin(standing, {"occasion": occasion, "number": 1})
        asked = list(sitting.answers.select_related("revision", "question"))
        _answer(asked, random)
        _finish(sitting, asked, completion.recorded_at, random)
        sittings.append(sitting)
        answers += asked
        tell(1)
    results = ("started_at", "submitted_at", "marked_at", "score", "max_score", "passed")
    _rewrite(Sitting, sittings, results)
    _rewrite(Answer, answers, ("chosen", "answered_at", "seconds", "mark"))


def _rewrite(model: type[Model], rows: list[Any], fields: tuple[str, ...]) -> None:
    """Write rows that are there already: many times faster than `bulk_update`."""
    model._default_manager.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _learners() -> Iterable[Completion]:
    """Return the first completions of so many invented people."""
    done = Completion.objects.filter(
        course__slug=QUIZ, member__membership_number__startswith=PREFIX, enrolment__cycle=1
    )
    return done.select_related("member__home_unit", "enrolment").order_by("pk")[:PEOPLE]


def _answer(answers: Iterable[Answer], random: Random) -> None:
    """Answer as somebody of some knowledge would, and mark it."""
    knowledge = random.gauss(0, SPREAD)
    for answer in answers:
        asked = answer.asked
        # Each question is as easy as its name says, the same for all.
        ease = EASE + (crc32(answer.question.reference.encode()) % 100 - 50) / 25
        knows = random.random() < 1 / (1 + exp(-knowledge - ease))
        if answer.question.reference == MISLEADING[0]:
            knows = random.random() < (0.15 if knowledge > 0 else 0.6)
        answer.chosen = [] if random.random() < SKIPS else _chosen(asked, random, knows=knows)
        if asked.is_typed:
            answer.mark = FULL * knows
        else:
            answer.mark = mark(asked, chosen=answer.chosen)
        usual = 75 if Kind(asked.kind) in SLOW else 28
        answer.seconds = round(usual * random.lognormvariate(0, 0.5))


def _chosen(asked: AskedQuestion, random: Random, *, knows: bool) -> list[str]:
    kind = Kind(asked.kind)
    if kind in CHOICES:
        return sorted(asked.right) if knows else _wrongly(asked, random)
    if kind == Kind.ORDERING:
        return asked.in_order if knows else random.sample(asked.in_order, len(asked.in_order))
    if kind == Kind.MATCHING:
        return _pairs(asked, random, knows=knows)
    if kind == Kind.NUMERIC:
        right = next(choice.text for choice in asked.choices if choice.is_correct)
        return [right if knows else str(random.randint(1, 60))]
    return []


def _wrongly(asked: AskedQuestion, random: Random) -> list[str]:
    wrong = [choice for choice in asked.choices if not choice.is_correct]
    misled = [choice.key for choice in wrong if choice.text.startswith(MISLEADING[1])]
    one = misled[0] if misled and random.random() < 0.9 else random.choice(wrong).key
    if not asked.takes_many:
        return [one]
    return [one, *sorted(asked.right)[1:]]


def _pairs(asked: AskedQuestion, random: Random, *, knows: bool) -> list[str]:
    offered = {choice.match: choice.key for choice in asked.matches}
    keys = [offered[choice.match] for choice in asked.choices]
    if not knows:
        random.shuffle(keys)
    return [f"{choice.key}:{key}" for choice, key in zip(asked.choices, keys, strict=True)]


def _finish(sitting: Sitting, answers: list[Answer], when: dt.datetime, random: Random) -> None:
    """Give the sitting its moments and its result."""
    moment = sitting.started_at = when - dt.timedelta(minutes=random.randint(15, 60))
    for answer in answers:
        moment += dt.timedelta(seconds=answer.seconds or 0)
        answer.answered_at = moment if answer.chosen or answer.asked.is_typed else None
        answer.seconds = answer.seconds if answer.answered_at else None
    sitting.submitted_at = sitting.marked_at = min(moment, timezone.now())
    sitting.score = sum(earned(mark=a.mark or 0, worth=a.worth) for a in answers)
    sitting.max_score = sum(a.worth for a in answers)
    enough = passes(score=sitting.score, max_score=sitting.max_score, pass_mark=sitting.pass_mark)
    sitting.passed = enough and all(a.mark == FULL for a in answers if a.is_critical)
