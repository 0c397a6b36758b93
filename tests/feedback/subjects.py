"""Something to be asked about, for tests: whoever asks may answer, and see the totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedback import subjects
from feedback.models import Tally
from feedback.questions import QUESTIONS
from feedback.subjects import Subject
from feedback.verbs import give
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    import pytest

    from members.models import Member

AFTER, BEFORE = Tally.Moment.AFTER.value, Tally.Moment.BEFORE.value
ABOUT = "thing:1"


def things(patch: pytest.MonkeyPatch, moment: str = AFTER, **facts: Any) -> None:
    """Let there be thing:1, and at its side thing:2 that nobody is asked about now."""

    def find(number: int, member: Member) -> Subject | None:
        if number not in (1, 2):
            return None
        now = moment if number == 1 else ""
        fields = {"title": "A thing", "back": "/", "desk": "/", "moment": now, **facts}
        return Subject(about=f"thing:{number}", **fields)

    patch.setitem(subjects._found_by, "thing", find)


def answers(moment: str = AFTER, **said: int) -> dict[str, int]:
    """Return the first answer to every question, but for those that are said."""
    return {question.slug: said.get(question.slug, 1) for question in QUESTIONS[moment]}


def given(*confident: int, about: str = ABOUT, moment: str = AFTER) -> None:
    """Let as many people answer, each as confident as that."""
    for number in confident:
        said = answers(moment, confidence=number)
        give(about=about, moment=moment, answers=said, by=MemberFactory())


def counts(field: str = "count", question: str = "confidence", moment: str = AFTER) -> list[int]:
    """Return the figures of a question in the order of its answers."""
    tallies = Tally.objects.filter(about=ABOUT, moment=moment, question=question)
    return list(tallies.order_by("answer").values_list(field, flat=True))
