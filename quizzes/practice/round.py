"""A round of practice. Where it stands travels with the person, signed; the site keeps nothing.

What travels can be read, so it says nothing of what is right: not even the seed of the order in
which options are shown, from which the order in which they were written could be worked out.
"""

from __future__ import annotations

import secrets
from dataclasses import astuple, dataclass, replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from django.core import signing
from django.utils.crypto import salted_hmac
from wagtail.models import Revision

from members.nations import nation_of
from quizzes.asked import orders
from quizzes.beginning import RANDOM, paper
from quizzes.drawing import draw
from quizzes.models import Answer, Quiz, Sitting
from quizzes.models.pool import lines_of, pool_of

if TYPE_CHECKING:
    from typing import Self

    from members.models import Member

LASTS = 24 * 60 * 60  # seconds
SALT = "quizzes.practice"


class RoundLost(Exception):  # noqa: N818 (a state of things, not a fault)
    """What came is too old, of another person or quiz, or asks what is no longer there."""


class Ask(NamedTuple):
    """A question, or a scenario's step, in the version that is asked. 0 stands for none."""

    question: int
    revision: int
    worth: int
    number: int
    part: int
    parts: int
    scenario: int


@dataclass(frozen=True)
class Round:
    """What is asked, how far the person is, and how much was right."""

    quiz: int
    nonce: str
    asks: tuple[Ask, ...]
    done: int = 0
    right: int = 0

    @classmethod
    def begin(cls, quiz: Quiz, member: Member) -> Self:
        """Draw a paper as a sitting would; what a person would have to mark is left out."""
        pool = [one for one in pool_of(quiz, nation=partial(nation_of, member)) if not one.is_essay]
        drawn = draw(pool, lines_of(quiz), quiz.draw, RANDOM, quiz.order)
        asks = tuple(_ask(answer) for answer in paper(drawn))
        return cls(quiz.pk, secrets.token_hex(8), asks)

    @classmethod
    def read(cls, signed: str, quiz: Quiz, member: Member) -> Self:
        """Return the round that this person was sent; raise RoundLost otherwise."""
        try:
            of, nonce, asks, done, right = signing.loads(signed, salt=_salt(member), max_age=LASTS)
        except signing.BadSignature as lost:
            raise RoundLost from lost
        if of != quiz.pk:
            raise RoundLost
        return cls(of, nonce, tuple(Ask(*each) for each in asks), done, right)

    def signed(self, member: Member) -> str:
        """Return what travels with this person, and is of no use to anybody else."""
        return signing.dumps(astuple(self), salt=_salt(member))

    @property
    def is_over(self) -> bool:
        return self.done == len(self.asks)

    @property
    def total(self) -> int:
        """How many questions the paper has, as it numbers them."""
        return self.asks[-1].number if self.asks else 0

    def after(self, *, right: bool) -> Self:
        """Return the round with one more question answered."""
        return replace(self, done=self.done + 1, right=self.right + right)

    def answer(self, quiz: Quiz) -> Answer:
        """Return an answer, to be filled in and never saved, to the question that is asked now."""
        ask = self.asks[self.done]
        told = Revision.objects.in_bulk({ask.revision, ask.scenario} - {0})
        if ask.revision not in told or (ask.scenario and ask.scenario not in told):
            raise RoundLost
        revision = told[ask.revision]
        order, match_order = orders(revision.content, self._random(ask))
        return Answer(
            sitting=Sitting(quiz=quiz, feedback_when=Quiz.FeedbackWhen.EACH, shows=Quiz.Shows.ALL),
            position=self.done + 1,
            number=ask.number,
            part=ask.part,
            parts=ask.parts,
            question_id=ask.question,
            revision=revision,
            scenario=told.get(ask.scenario),
            worth=ask.worth,
            option_order=order,
            match_order=match_order,
        )

    def _random(self, ask: Ask) -> Random:
        """Shuffle each question anew in each round, and the same way on both of its pages."""
        seed = salted_hmac(SALT, f"{self.nonce}:{ask.question}").digest()
        return Random(seed)  # noqa: S311 (its seed is a secret)


def _ask(answer: Answer) -> Ask:
    return Ask(
        answer.question_id,
        answer.revision_id,
        answer.worth,
        answer.number,
        answer.part,
        answer.parts,
        answer.scenario_id or 0,
    )


def _salt(member: Member) -> str:
    return f"{SALT}.{member.pk}"
