"""Essays for tests: written, handed in, and people who mark them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission

from quizzes.actions import save_answer, start_sitting, submit_sitting
from quizzes.models import AssessmentSettings, Writing
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory, answer_it

if TYPE_CHECKING:
    from members.models import Member
    from quizzes.models import Quiz, Sitting

TEXT = "She told me in confidence on Tuesday."


def permitted(*codenames: str) -> Member:
    """Somebody who may enter the administration, and has these permissions."""
    member = MemberFactory()
    member.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *codenames])
    )
    return member


def marker() -> Member:
    return permitted("mark_essays")


def essay_quiz(essays: int = 1, others: int = 1, **fields: object) -> Quiz:
    """A quiz that asks for so many essays, where the site allows them."""
    settings = AssessmentSettings.load()
    settings.essays_allowed = True
    settings.save()
    asked = QuestionFactory.create_batch(
        essays, kind="essay", right=[], wrong=[], guidance="Name the safeguarding lead."
    )
    asked += QuestionFactory.create_batch(others)
    return QuizFactory(questions=asked, order="written", **fields)


def begun(quiz: Quiz | None = None, member: Member | None = None, text: str = TEXT) -> Sitting:
    """A sitting whose every question is answered, rightly, or with this text."""
    member = member or MemberFactory()
    sitting = start_sitting(quiz=quiz or essay_quiz(), by=member)
    for answer in sitting.answers.all():
        if answer.asked.is_typed:
            save_answer(answer=answer, typed=text, by=member)
        else:
            answer_it(answer)
    return sitting


def handed_in(quiz: Quiz | None = None, member: Member | None = None) -> Sitting:
    """A sitting that waits for a marker."""
    sitting = begun(quiz, member)
    return submit_sitting(sitting=sitting, by=sitting.member)


def written(sitting: Sitting) -> Writing:
    """The first essay of a sitting."""
    found: Writing = Writing.objects.filter(answer__sitting=sitting).order_by("pk")[0]
    return found
