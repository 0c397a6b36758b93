"""The parts of a course as one person meets them: finished, begun, to do, or to wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from courses.models.attended import Attended
from courses.models.records import StepProgress
from quizzes.models import Sitting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import TypeAlias

    from wagtail.models import Page

    from courses.models import CoursePage, ModulePage, QuizStepPage, WebinarStepPage
    from courses.models.records import Enrolment

    Part: TypeAlias = ModulePage | QuizStepPage | WebinarStepPage

KINDS = ("modulepage", "quizsteppage", "webinarsteppage")


class StepState(models.TextChoices):
    """Where one person stands with one part."""

    TO_DO = "to_do", "Not started"
    BEGUN = "begun", "In progress"
    LOCKED = "locked", "Cannot start yet"
    DONE = "done", "Completed"


@dataclass(frozen=True)
class Step:
    """One part of a course as one person meets it."""

    page: Part
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
        live = ", live" if self.is_webinar else ""
        quiz = ", then a quiz" if live and self.has_quiz else ""
        return f"About {self.minutes} minute{'s' if self.minutes > 1 else ''}{live}{quiz}"

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
    def is_webinar(self) -> bool:
        return self.page.is_webinar

    @property
    def has_quiz(self) -> bool:
        """Whether there are questions to answer: a quiz by itself, or one after a webinar."""
        return self.is_quiz or bool(getattr(self.page, "quiz_id", None))

    @property
    def is_lesson(self) -> bool:
        return self.page.is_lesson

    @property
    def is_done(self) -> bool:
        return self.state is StepState.DONE

    @property
    def is_locked(self) -> bool:
        return self.state is StepState.LOCKED


def arrange(
    pages: Iterable[Part],
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


def pages_and_marks(
    course: CoursePage, enrolment: Enrolment | None
) -> tuple[list[Part], set[int], set[int]]:
    """Return the parts, which of them are finished, and which were begun in this round.

    A quiz is begun when it was sat, a webinar when the person was at a part of it.
    """
    done = StepProgress.objects.filter(enrolment=enrolment, step=models.OuterRef("pk"))
    sat = Sitting.objects.filter(
        occasion=enrolment.occasion if enrolment else None,
        quiz=models.OuterRef("quizsteppage__quiz"),
    )
    been = Attended.objects.filter(enrolment=enrolment, step=models.OuterRef("pk"))
    begun = models.Exists(sat) | models.Exists(been)
    rows = course.steps().annotate(finished=models.Exists(done), begun=begun)
    rows = rows.select_related(*KINDS).defer("modulepage__body")
    finished = {row.pk for row in rows if enrolment and row.finished}
    underway = {row.pk for row in rows if enrolment and row.begun}
    return [_own(row) for row in rows], finished, underway


def _own(row: Page) -> Part:
    """Return a page as its own kind, which `select_related` brought along."""
    part: Part = next(found for kind in KINDS if (found := getattr(row, kind, None)))
    return part
