"""How far people are in a course: a fixed number of queries, whatever the number of parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from courses.models.records import Enrolment
from courses.parts import arrange, pages_and_marks
from courses.proofs import best_completions
from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from courses.models import CoursePage
    from courses.models.records import Completion
    from courses.parts import Step
    from members.models import Member


@dataclass(frozen=True)
class CourseProgress:
    """One person and one course today. Activity and validity are two answers, not one status."""

    course: CoursePage
    today: date
    enrolment: Enrolment | None = None  # the latest round
    last_completion: Completion | None = None  # the one that counts longest, over or not
    is_open: bool = False  # a round has begun and is not complete
    steps: tuple[Step, ...] = ()
    renews: tuple[CoursePage, ...] = ()  # what finishing this course, a refresher, renews today

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def in_words(self) -> str:
        return f"{self.done} of {self.total} parts completed"

    @property
    def format_in_words(self) -> str:
        """Say what the parts are: 5 parts to read, a webinar and a quiz."""
        quizzes = sum(step.has_quiz for step in self.steps)
        webinars = sum(step.is_webinar for step in self.steps)
        read = f"{self.lessons} part{'' if self.lessons == 1 else 's'} to read"
        live = "a webinar" if webinars == 1 else f"{webinars} webinars"
        quiz = "a quiz" if quizzes == 1 else f"{quizzes} quizzes"
        kinds = ((self.lessons, read), (webinars, live), (quizzes, quiz))
        *first, last = [words for number, words in kinds if number] or [""]
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def lessons(self) -> int:
        """How many parts there are to read."""
        return sum(step.is_lesson for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first part that is not finished and can start."""
        return next((step for step in self.steps if not step.is_done and not step.is_locked), None)

    @property
    def completion(self) -> Completion | None:
        """The completion that counts today; None when there is none or it has run out."""
        return None if self.has_expired else self.last_completion

    @property
    def has_expired(self) -> bool:
        ends = self.last_completion and self.last_completion.counts_until
        return bool(ends and ends < self.today)

    @property
    def renews_from(self) -> date | None:
        """The first day on which the completion may be renewed; None when it counts for good."""
        return self.last_completion.may_renew_from if self.last_completion else None

    @property
    def may_renew(self) -> bool:
        """Whether a new round may begin: the last one is complete, and about to end or over.

        A refresher may be taken again whenever it renews its course.
        """
        if self.is_open:
            return False
        opens = self.renews_from
        return bool(self.renews) or (opens is not None and opens <= self.today)

    @property
    def may_start(self) -> bool:
        """Whether pressing Start begins a round: the first, or one after all that counted."""
        if self.is_open:
            return False
        fresh = self.enrolment is None or self.was_overtaken
        return self.last_completion is None or (fresh and self.may_renew)

    @property
    def was_overtaken(self) -> bool:
        """Whether a new edition ended the round this person was half-way through."""
        return self.enrolment is not None and self.enrolment.was_overtaken

    @property
    def refresher(self) -> CoursePage | None:
        """The shorter course that would renew this one, in time; None when there is none."""
        shorter = self.course.refresher if self.course.refresher_id else None
        return shorter if shorter and shorter.live else None

    @property
    def may_refresh(self) -> bool:
        """Whether finishing the refresher today renews the course."""
        last = self.last_completion
        return bool(last and last.is_refreshable(on=self.today) and self.refresher)

    @property
    def again_in_words(self) -> str:
        """What the button says that begins a further round."""
        return "Take the whole course again" if self.refresher else "Take it again"

    @property
    def is_too_late_to_refresh(self) -> bool:
        """Whether this person must take the whole course though it has a refresher."""
        return bool(self.may_renew and self.refresher and not self.may_refresh)

    @property
    def counts(self) -> bool:
        """Whether finishing a part now is remembered."""
        return self.is_open or self.may_start

    @property
    def valid_to_if_finished_today(self) -> date | None:
        return self.course.valid_to(self.today, before=self.last_completion)

    def step(self, page_id: int) -> Step | None:
        """Return the part with this page id, if it is published in this course."""
        return next((step for step in self.steps if step.pk == page_id), None)


def progress_of(member: Member | None, course: CoursePage) -> CourseProgress:
    """Return how far `member` is in `course`; None stands for somebody not signed in."""
    if member:
        progress = standings([member.pk], course)[member.pk]
    else:
        progress = CourseProgress(course, today())
    pages, finished, begun = pages_and_marks(course, progress.enrolment)
    if not progress.is_open and progress.completion is None:
        finished, begun = set(), set()  # a round that no longer counts is to be read again
    in_order = course.step_order == course.Order.FIXED
    return replace(progress, steps=arrange(pages, finished, begun, in_order=in_order))


def standings(member_ids: Collection[int], course: CoursePage) -> dict[int, CourseProgress]:
    """Return how these people stand, without the parts: so many queries, however many they are."""
    rounds = latest_rounds(member_ids, course)
    last, day = best_completions(member_ids, course), today()
    found = {
        pk: CourseProgress(course, day, rounds.get(pk), last.get(pk), is_open=_is_open(rounds, pk))
        for pk in member_ids
    }
    over = [pk for pk, one in found.items() if one.last_completion and not one.is_open]
    for refreshed in course.refreshes.all() if over else ():
        for pk, best in best_completions(over, refreshed).items():
            if best.is_refreshable(on=day):
                found[pk] = replace(found[pk], renews=(*found[pk].renews, refreshed))
    return found


def latest_rounds(member_ids: Collection[int], course: CoursePage) -> dict[int, Enrolment]:
    """Return each member's latest round, with its completion if it has one."""
    rounds = Enrolment.objects.filter(member__in=member_ids, course_id=course.pk).with_overtaken()
    ordered = rounds.select_related("completion__revocation").order_by("cycle")
    return {each.member_id: each for each in ordered}


def _is_open(rounds: dict[int, Enrolment], member_id: int) -> bool:
    return member_id in rounds and rounds[member_id].is_open
