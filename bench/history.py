"""Three years of completions: of who must, mostly in time and renewed, and of who wanted to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.posts import HISTORY_DAYS
from bench.rows import first_free_pk
from courses.models import Completion, Enrolment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

    from bench.requirements import Asked
    from courses.models import CoursePage
    from courses.renewal import Cover
    from members.models import Tenure

FINISHES, RENEWS, IS_HALF_WAY = 0.8, 0.75, 0.35


class Round(NamedTuple):
    """One round of a course; `done` is None while it is open."""

    member: int
    course: CoursePage
    cycle: int
    started: dt.date
    done: dt.date | None
    cover: Cover | None


class History:
    """Draws rounds of courses."""

    def __init__(
        self, random: Random, anchor: dt.date, asked: Sequence[Asked], tenures: Iterable[Tenure]
    ) -> None:
        self.random, self.anchor, self.asked = random, anchor, asked
        self.rounds: list[Round] = []
        self.obliged = self._obliged(tenures)
        self.first_enrolment = first_free_pk(Enrolment)
        self.first_completion = first_free_pk(Completion)

    def make(self, people: range, total: int) -> None:
        """Draw until `total` completions are made."""
        for (member, number), since in self.obliged.items():
            self.rounds += self._of_obliged(member, self.asked[number], since)
        finished = sum(one.done is not None for one in self.rounds)
        every = range(len(people) * len(self.asked))  # each person and course has one number
        wanted = min(int(max(total - finished, 0) * 1.2), len(every))
        for drawn in self.random.sample(every, wanted):
            place, number = divmod(drawn, len(self.asked))
            if finished < total and (people[place], number) not in self.obliged:
                self.rounds.append(self._of_free(people[place], self.asked[number].course))
                finished += 1
        self.random.shuffle(self.rounds)  # rows lie in no order of people

    def enrolments(self) -> Iterator[Enrolment]:
        for number, one in enumerate(self.rounds):
            yield Enrolment(
                pk=self.first_enrolment + number,
                member_id=one.member,
                course_id=one.course.pk,
                cycle=one.cycle,
                revision_id=one.course.live_revision_id,
                started_at=_evening(one.started),
            )

    def completions(self) -> Iterator[Completion]:
        for number, one in enumerate(self.rounds):
            if one.done is not None:
                yield Completion(
                    pk=self.first_completion + number,
                    member_id=one.member,
                    course_id=one.course.pk,
                    enrolment_id=self.first_enrolment + number,
                    revision_id=one.course.live_revision_id,
                    course_title=one.course.title,
                    completed_on=one.done,
                    **_stamps(one.cover),
                    recorded_at=_evening(one.done),
                )

    def _obliged(self, tenures: Iterable[Tenure]) -> dict[tuple[int, int], dt.date]:
        """Return since when each person has been asked by each rule (where does not matter)."""
        since: dict[tuple[int, int], dt.date] = {}
        by_kind = defaultdict(list)
        for number, asked in enumerate(self.asked):
            for kind in asked.kind_ids:
                by_kind[kind].append((number, asked.applies_from))
        for held in sorted(tenures, key=lambda held: (held.started_on, held.pk)):
            for number, applies_from in by_kind[held.post_kind_id]:
                begun = max(held.started_on, applies_from)
                since.setdefault((held.member_id, number), begun)
        return since

    def _of_obliged(self, member: int, asked: Asked, since: dt.date) -> Iterator[Round]:
        course = asked.course
        if self.random.random() > FINISHES:
            if self.random.random() < IS_HALF_WAY:
                started = max(since, self.anchor - dt.timedelta(days=40))
                yield Round(member, course, 1, started, None, None)
            return
        done = since + dt.timedelta(days=int(self.random.triangular(2, 75, 20)))
        if done > self.anchor:
            return
        cover = _cover(course, done)
        yield Round(member, course, 1, self._some_days_before(done), done, cover)
        if cover.valid_to and self.random.random() < RENEWS:
            again = cover.valid_to - dt.timedelta(days=self.random.randint(-15, 60))
            if done < again <= self.anchor:
                yield Round(member, course, 2, again, again, _cover(course, again, done))

    def _of_free(self, member: int, course: CoursePage) -> Round:
        done = self.anchor - dt.timedelta(days=self.random.randint(5, HISTORY_DAYS))
        return Round(member, course, 1, self._some_days_before(done), done, _cover(course, done))

    def _some_days_before(self, day: dt.date) -> dt.date:
        return day - dt.timedelta(days=self.random.randint(0, 9))


@cache
def _cover(course: CoursePage, done: dt.date, first: dt.date | None = None) -> Cover:
    """Return until when a completion of that day counts; `first` is the day of the one before."""
    before = None
    if first:
        before = Completion(completed_on=first, **_stamps(_cover(course, first)))
    return course.renewal.cover(done, before=before)


def _stamps(cover: Cover) -> dict[str, Any]:
    return {
        "valid_to": cover.valid_to,
        "renews_from": cover.renews_from,
        "anchor_on": cover.anchor,
        "periods": cover.periods,
    }


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(19, 30), tzinfo=dt.UTC)
