"""The only writer of what people think.

An answer adds one to a count. That somebody has answered is a row of its own, without the answer:
it is there so that nobody answers twice, and is deleted when they no longer could.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Q, When

from feedback.models import Given, Tally
from feedback.questions import CONFIDENCE, QUESTIONS
from feedback.subjects import subject_of
from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from members.models import Member

SHOWN_BY = 5  # people: totals are shown from five answers, and brought up to date by fives


class NotNow(Exception):  # noqa: N818 (an answer, not a fault)
    """This person may not answer this now."""


class AlreadyGiven(Exception):  # noqa: N818 (an answer, not a fault)
    """This person has answered before."""


@transaction.atomic
def give(*, about: str, moment: str, answers: Mapping[str, int], by: Member) -> Given:
    """Count what somebody answered, once.

    `answers` has the number of an answer for each question of that moment, no more and no less;
    otherwise ValueError. Raises NotNow or AlreadyGiven, and then nothing is counted.
    """
    check_answers(moment, answers)
    subject = subject_of(about, by)
    if subject is None or subject.moment != moment:
        raise NotNow("You cannot answer this now.")
    said, is_first = Given.objects.get_or_create(
        member=by, about=about, moment=moment, defaults={"on": today()}
    )
    if not is_first:
        raise AlreadyGiven("You have already told us. Thank you.")
    count(about, moment, answers)
    return said


def check_answers(moment: str, answers: Mapping[str, int]) -> None:
    """Raise ValueError unless there is one possible answer for each question."""
    asked = {question.slug: question for question in QUESTIONS.get(moment, ())}
    if not asked or set(answers) != set(asked):
        raise ValueError(f"These are not the questions of the moment {moment!r}.")
    for slug, number in answers.items():
        if number not in range(1, len(asked[slug].answers) + 1):
            raise ValueError(f"{slug} has no answer {number!r}.")


def count(about: str, moment: str, answers: Mapping[str, int]) -> None:
    """Add one to each answer, and bring what is shown up to date with every fifth person.

    In one statement that writes every row of the form: rows written together carry the same
    transaction in PostgreSQL, and those that only one person chose would be that person's sheet.
    """
    tallies = locked(about, moment)
    chosen = Q()
    for slug, number in answers.items():
        chosen |= Q(question=slug, answer=number)
    counted = F("count") + Case(When(chosen, then=1), default=0)
    before = sum(tallies.filter(question=CONFIDENCE.slug).values_list("count", flat=True))
    is_fifth = (before + 1) % SHOWN_BY == 0
    tallies.update(count=counted, **({"shown": counted} if is_fifth else {}))


def locked(about: str, moment: str) -> QuerySet[Tally]:
    """Return the tallies of a form, all there and locked: who answers at once waits here.

    They are made and locked in one order, so that nobody waits for each other.
    """
    tallies = Tally.objects.filter(about=about, moment=moment)
    there = set(tallies.values_list("question", "answer"))
    missing = [
        Tally(about=about, moment=moment, question=question.slug, answer=number)
        for question in QUESTIONS[moment]
        for number, _ in question.choices
        if (question.slug, number) not in there
    ]
    Tally.objects.bulk_create(missing, ignore_conflicts=True)
    list(tallies.select_for_update().order_by("pk").values_list("pk"))
    return tallies
