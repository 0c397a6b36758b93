"""Anything one person can do with a quiz, in any order, while time passes; and what ought to be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quizzes.actions import (
    AlreadySettled,
    AlreadySubmitted,
    close_if_over,
    save_answer,
    settle_answer,
    start_sitting,
    submit_sitting,
)
from quizzes.attempts import NoAttemptNow, chances
from quizzes.models import Adjustment, Answer, Quiz, Sitting
from quizzes.signals import sitting_marked
from tests.members.factories import MemberFactory
from tests.quizzes.expected import NOTHING, Expected, Given, met
from tests.quizzes.factories import SittingFactory

if TYPE_CHECKING:
    from members.models import Member

ALLOWED, LIMIT, COOLING, PASS_MARK = 2, 30, 24 * 60, 60  # minutes, per cent
MINUTES = [1, 15, 29, 30, 31, 38, 60, COOLING - 1, COOLING]


class Sitters(RuleBasedStateMachine):
    """One person, one quiz, two occasions. Every deed has an outcome that is known before."""

    quiz: Quiz
    answers: dict[int, list[Given]]  # by question
    worth: dict[int, int]
    critical: int

    @initialize(limited=st.booleans(), cools=st.booleans())
    def begin(self, limited: bool, cools: bool) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.limit, self.cooling = LIMIT if limited else None, COOLING if cools else 0
        Quiz.objects.filter(pk=self.quiz.pk).update(
            attempts_allowed=ALLOWED,
            time_limit_minutes=self.limit,
            cooling_off_hours=self.cooling // 60,
        )
        self.quiz.refresh_from_db()
        self.member: Member = MemberFactory()
        SittingFactory(quiz=self.quiz, submitted=True)  # somebody else's
        self.now = self.extra_attempts = self.most_extra = self.extra_time = 0
        self.sittings: list[Expected] = []
        self.rows: list[Sitting] = []
        self.told: list[int] = []
        sitting_marked.connect(self.hear)
        self.start(occasion="a")

    def hear(self, sitting: Sitting, **_: object) -> None:
        self.told.append(sitting.pk)

    def teardown(self) -> None:
        if not hasattr(self, "transaction"):
            return
        try:
            self.answers_are_those_that_were_accepted()
        finally:
            sitting_marked.disconnect(self.hear)
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # --- What happens ----------------------------------------------------------------------------
    @rule(minutes=st.sampled_from(MINUTES))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes
        mine = Sitting.objects.filter(member=self.member)
        for name in ("started_at", "closes_at", "submitted_at"):
            mine.update(**{name: F(name) - timedelta(minutes=minutes)})

    @rule(attempts=st.integers(0, 2), time=st.sampled_from([0, 25, 100]))
    def adjust(self, attempts: int, time: int) -> None:
        Adjustment.objects.filter(member=self.member).delete()
        if attempts or time:
            Adjustment.objects.create(
                member=self.member,
                quiz=self.quiz,
                extra_attempts=attempts,
                extra_time=time,
                recorded_by=self.member,
                recorded_at=timezone.now(),
            )
        self.extra_attempts, self.extra_time = attempts, time
        self.most_extra = max(self.most_extra, attempts)

    @rule(occasion=st.sampled_from("ab"))
    def start(self, occasion: str) -> None:
        going = self.open_one
        deed = lambda: start_sitting(quiz=self.quiz, by=self.member, occasion=occasion)  # noqa: E731
        if going and going.occasion == occasion:
            assert deed() == self.row(going)
        elif not self.may_start(occasion):
            assert isinstance(met(deed), NoAttemptNow)
        elif going:
            assert deed() == self.row(going)
            going.occasion, going.number = occasion, self.made(occasion) + 1
        else:
            self.rows.append(deed())
            minutes = self.limit and -(-self.limit * (100 + self.extra_time) // 100)
            closes = self.now + minutes if minutes else None
            self.sittings.append(Expected(occasion, self.made(occasion) + 1, closes))

    @rule(data=st.data(), which=st.integers(0, 5))
    def answer(self, data: st.DataObject, which: int) -> None:
        if self.sittings:
            question = data.draw(st.sampled_from(sorted(self.answers)))
            given = data.draw(st.sampled_from([*self.answers[question], NOTHING]))
            self.give(self.sittings[which % len(self.sittings)], question, given)

    @rule(data=st.data())
    def answer_all(self, data: st.DataObject) -> None:
        if expected := self.open_one:
            for question, answers in self.answers.items():
                self.give(expected, question, data.draw(st.sampled_from(answers)))

    def give(self, expected: Expected, question: int, given: Given) -> None:
        answer, (chosen, typed, _) = self.answer_row(expected, question), given
        outcome = met(
            lambda: save_answer(answer=answer, chosen=chosen, typed=typed, by=self.member)
        )
        if expected.submitted is not None or self.is_over(expected):
            assert isinstance(outcome, AlreadySubmitted)
        elif question in expected.settled:
            assert isinstance(outcome, AlreadySettled)
        else:
            assert isinstance(outcome, Answer), outcome
            expected.given[question] = given

    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        if expected := self.open_one:
            question = data.draw(st.sampled_from(sorted(self.answers)))
            settle_answer(answer=self.answer_row(expected, question), by=self.member)
            expected.settled.add(question)

    @rule(which=st.integers(0, 5))
    def submit(self, which: int) -> None:
        if self.sittings:
            expected = self.sittings[which % len(self.sittings)]
            submit_sitting(sitting=self.row(expected), by=self.member)
            self.mark(expected)

    @rule(occasion=st.sampled_from("ab"))
    def look(self, occasion: str) -> None:
        """Ask what may be done; open a page of it: a sitting whose time is up is closed."""
        standing = chances(quiz=self.quiz, member=self.member, occasion=occasion)
        assert standing.may_start is (bool(self.open_one) or self.may_start(occasion))
        if expected := self.open_one:
            close_if_over(Sitting.objects.with_clock().get(pk=self.row(expected).pk))
            if self.is_over(expected):
                self.mark(expected)

    # --- What ought to be ------------------------------------------------------------------------
    @property
    def open_one(self) -> Expected | None:
        return next((one for one in self.sittings if one.submitted is None), None)

    def row(self, expected: Expected) -> Sitting:
        return self.rows[self.sittings.index(expected)]

    def answer_row(self, expected: Expected, question: int) -> Answer:
        return Answer.objects.with_words().get(sitting=self.row(expected), question=question)

    def made(self, occasion: str) -> int:
        return sum(one.submitted is not None for one in self.sittings if one.occasion == occasion)

    def is_over(self, expected: Expected) -> bool:
        return expected.closes is not None and expected.closes <= self.now

    def may_start(self, occasion: str) -> bool:
        done = [
            one for one in self.sittings if one.occasion == occasion and one.submitted is not None
        ]
        if len(done) >= ALLOWED + self.extra_attempts:
            return False
        last = max(done, key=lambda one: one.number, default=None)
        if last is None or last.passed:
            return True
        # Whose time was up waits from then on, whenever somebody noticed it.
        over = last.closes if last.timed_out else last.submitted
        return self.now - (over or 0) >= self.cooling

    def mark(self, expected: Expected) -> None:
        if expected.submitted is not None:
            return
        marks = {one: expected.given.get(one, NOTHING).mark for one in self.answers}
        expected.submitted, expected.timed_out = self.now, self.is_over(expected)
        expected.score = sum(marks[one] * self.worth[one] // 100 for one in marks)
        enough = expected.score * 100 >= PASS_MARK * sum(self.worth.values())
        expected.passed = enough and marks[self.critical] == 100

    @invariant()
    def the_database_says_the_same(self) -> None:
        if not hasattr(self, "sittings"):
            return
        found = Sitting.objects.filter(member=self.member).order_by("pk")
        facts = ("occasion", "number", "score", "passed", "is_timed_out")
        assert [
            (row[0] is None, *row[1:]) for row in found.values_list("submitted_at", *facts)
        ] == [
            (e.submitted is None, e.occasion, e.number, e.score, e.passed, e.timed_out)
            for e in self.sittings
        ]
        assert [row.submitted_at for row in found].count(None) <= 1
        assert all(
            0 <= row.score <= row.max_score == sum(self.worth.values())
            for row in found
            if row.is_marked
        )
        assert sorted(self.told) == [row.pk for row in found if row.is_marked]
        for occasion in "ab":
            assert self.made(occasion) <= ALLOWED + self.most_extra

    def answers_are_those_that_were_accepted(self) -> None:
        """Also in sittings that were submitted long before."""
        for row, expected in zip(self.rows, self.sittings, strict=True):
            for answer in row.answers.with_words():
                given = expected.given.get(answer.question_id, NOTHING)
                assert (answer.chosen, answer.typed) == (given.chosen, given.typed)
                assert answer.is_answered is (given != NOTHING)
                assert answer.mark == (None if expected.submitted is None else given.mark)
