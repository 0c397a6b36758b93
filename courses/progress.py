"""How far somebody is in a course: read in three queries, whatever the number of parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from courses.editions import cap_for, caps
from courses.models.editions import Edition
from courses.models.records import Completion, Enrolment, StepProgress
from members.dates import FOR_GOOD, today
from quizzes.models import Sitting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from courses.models import CoursePage, ModulePage, QuizStepPage
    from members.models import Member


class StepState(models.TextChoices):
    """Where one person stands with one part."""

    TO_DO = "to_do", "Not started"
    BEGUN = "begun", "In progress"
    LOCKED = "locked", "Cannot start yet"
    DONE = "done", "Completed"


@dataclass(frozen=True)
class Step:
    """One part of a course as one person meets it."""

    page: ModulePage | QuizStepPage
    number: int
    state: StepState
    after: str = ""  # the title of the part to finish first, when it cannot start yet

    @property
    def pk(self) -> int:
        pk: int = self.page.pk
        return pk

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def url(self) -> str:
        return str(self.page.address)

    @property
    def minutes(self) -> int:
        return self.page.minutes

    @property
    def href(self) -> str:
        return "" if self.is_locked else self.url

    @property
    def hint(self) -> str:
        if self.is_locked:
            return f"Finish “{self.after}” first"
        return f"About {self.minutes} minute{'s' if self.minutes > 1 else ''}"

    @property
    def status(self) -> str:
        return str(self.state.label)

    @property
    def tone(self) -> str:
        """Completed is plain text: done needs no colour."""
        return {StepState.TO_DO: "quiet", StepState.BEGUN: "doing"}.get(self.state, "")

    @property
    def is_quiz(self) -> bool:
        return self.page.is_quiz

    @property
    def is_done(self) -> bool:
        return self.state is StepState.DONE

    @property
    def is_locked(self) -> bool:
        return self.state is StepState.LOCKED


@dataclass(frozen=True)
class CourseProgress:
    """One person and one course today. Activity and validity are two answers, not one status."""

    course: CoursePage
    steps: tuple[Step, ...]
    enrolment: Enrolment | None  # the latest round
    last_completion: Completion | None  # the one that counts longest, over or not
    is_open: bool  # a round has begun and is not complete
    today: date

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
        """Say what the parts are: 5 parts to read and a quiz."""
        quizzes = sum(step.is_quiz for step in self.steps)
        lessons = self.total - quizzes
        read = f"{lessons} part{'' if lessons == 1 else 's'} to read" if lessons else ""
        quiz = "a quiz" if quizzes == 1 else f"{quizzes} quizzes" if quizzes else ""
        return " and ".join(filter(None, [read, quiz]))

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
        """Whether a new round may begin: the last one is complete, and about to end or over."""
        opens = self.renews_from
        return not self.is_open and opens is not None and opens <= self.today

    @property
    def may_start(self) -> bool:
        """Whether pressing Start begins a round: the first, or one after all that counted."""
        if self.is_open:
            return False
        return self.last_completion is None or (self.enrolment is None and self.may_renew)

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
    enrolment = latest_enrolment(member, course) if member else None
    last = best_completion(member, course) if member else None
    is_open = enrolment is not None and enrolment.is_open
    pages, finished, begun = _pages_and_marks(course, enrolment)
    day = today()
    ends = last and last.counts_until
    if not is_open and (last is None or (ends and ends < day)):
        finished, begun = set(), set()  # a round that no longer counts is to be read again
    return CourseProgress(
        course=course,
        steps=arrange(pages, finished, begun, in_order=course.step_order == course.Order.FIXED),
        enrolment=enrolment,
        last_completion=last,
        is_open=is_open,
        today=day,
    )


def arrange(
    pages: Iterable[ModulePage | QuizStepPage],
    finished: Collection[int],
    begun: Collection[int] = (),
    *,
    in_order: bool,
) -> tuple[Step, ...]:
    """Number the parts and say which are done and which must wait for an earlier one."""
    steps: list[Step] = []
    missing = ""
    for number, page in enumerate(pages, start=1):
        done = page.pk in finished
        locked = in_order and bool(missing) and not done
        open_state = StepState.BEGUN if page.pk in begun else StepState.TO_DO
        state = StepState.DONE if done else StepState.LOCKED if locked else open_state
        steps.append(Step(page, number, state, after=missing if locked else ""))
        missing = missing or ("" if done else str(page.title))
    return tuple(steps)


def latest_enrolment(member: Member, course: CoursePage) -> Enrolment | None:
    """Return the latest round, with its completion if it has one."""
    rounds = Enrolment.objects.filter(member=member, course_id=course.pk).with_overtaken()
    return rounds.select_related("completion").order_by("-cycle").first()


def best_completion(member: Member, course: CoursePage) -> Completion | None:
    """Return the completion that counts longest, later editions considered; None if none stands."""
    newer = Edition.objects.major().filter(
        course=models.OuterRef("course"), number__gt=models.OuterRef("edition_number")
    )
    proofs = Completion.objects.standing().filter(member=member, course_id=course.pk)
    found = list(proofs.annotate(is_overtaken=models.Exists(newer)))
    if any(proof.is_overtaken for proof in found):
        said = caps([course.pk])
        for proof in found:
            proof.cap = cap_for(proof, said)
    return max(found, key=_counts_longest, default=None)


def _counts_longest(completion: Completion) -> tuple[date, date, int]:
    return completion.counts_until or FOR_GOOD, completion.completed_on, completion.pk


def _pages_and_marks(
    course: CoursePage, enrolment: Enrolment | None
) -> tuple[list[ModulePage | QuizStepPage], set[int], set[int]]:
    """Return the parts, which of them are finished, and whose quiz was begun in this round."""
    done = StepProgress.objects.filter(enrolment=enrolment, step=models.OuterRef("pk"))
    sat = Sitting.objects.filter(
        occasion=enrolment.occasion if enrolment else None,
        quiz=models.OuterRef("quizsteppage__quiz"),
    )
    rows = course.steps().annotate(finished=models.Exists(done), begun=models.Exists(sat))
    rows = rows.select_related("modulepage", "quizsteppage").defer("modulepage__body")
    finished = {row.pk for row in rows if enrolment and row.finished}
    begun = {row.pk for row in rows if enrolment and row.begun}
    pages = [getattr(row, "modulepage", None) or row.quizsteppage for row in rows]
    return pages, finished, begun
