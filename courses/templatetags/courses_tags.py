"""What pages of other floors show of courses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template

from courses.models import Enrolment, ModulePage
from courses.progress import progress_of
from quizzes.models import Answer

if TYPE_CHECKING:
    from courses.models import Completion, CoursePage
    from quizzes.models import Sitting

register = template.Library()


@dataclass(frozen=True)
class Lesson:
    """A part worth reading again."""

    title: str
    url: str
    topic: str


@dataclass(frozen=True)
class Outcome:
    """What a sitting led to in the course it was sat for."""

    course: CoursePage
    completion: Completion | None
    next_url: str


@register.simple_tag
def reading_for(sitting: Sitting) -> list[Lesson]:
    """Return the lessons that teach what was answered wrong, in the order of the course."""
    enrolment = _round_of(sitting)
    if enrolment is None:
        return []
    wrong = Answer.objects.filter(sitting=sitting, mark=0).values("question__category")
    lessons = ModulePage.objects.child_of(enrolment.course).live().filter(topic__in=wrong)
    lessons = lessons.select_related("topic").defer("body").order_by("path")
    return [Lesson(page.title, page.address, str(page.topic)) for page in lessons]


@register.simple_tag
def course_of(sitting: Sitting) -> Outcome | None:
    """Return the course a quiz was sat for, its completion if that came of it, and where to go."""
    enrolment = _round_of(sitting)
    if enrolment is None:
        return None
    course = enrolment.course
    progress = progress_of(sitting.member, course)
    step = progress.next_step if progress.is_open and sitting.passed else None
    return Outcome(
        course=course,
        completion=getattr(enrolment, "completion", None),
        next_url=step.url if step else course.address,
    )


def _round_of(sitting: Sitting) -> Enrolment | None:
    rounds = Enrolment.objects.sat_for(sitting)
    return rounds.select_related("course", "completion").first()
