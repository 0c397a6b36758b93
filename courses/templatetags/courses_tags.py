"""What pages of other floors show of courses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template

from courses.models import CoursePage, Enrolment, Evidence, ModulePage
from courses.progress import progress_of
from quizzes.models import Answer
from quizzes.scores import FULL

if TYPE_CHECKING:
    from django.template.context import Context

    from courses.models import Completion
    from members.models import Member
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


@dataclass(frozen=True)
class Elsewhere:
    """A course that training elsewhere may count as, and the reader's last claim for it."""

    course: CoursePage
    claim: Evidence | None


@register.simple_tag
def reading_for(sitting: Sitting) -> list[Lesson]:
    """Return the lessons that teach what was answered wrong, in the order of the course."""
    enrolment = _round_of(sitting)
    if enrolment is None:
        return []
    wrong = Answer.objects.filter(sitting=sitting, mark__lt=FULL).values("question__category")
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
    done = getattr(enrolment, "completion", None)
    step = progress.next_step if progress.is_open and sitting.passed else None
    return Outcome(
        course=course,
        completion=None if done is None or done.is_revoked else done,
        next_url=step.url if step else course.address,
    )


@register.simple_tag(takes_context=True)
def elsewhere_for(context: Context, course: CoursePage) -> Elsewhere | None:
    """Return where the reader stands with training elsewhere; None where it is not offered."""
    reader = _reader(context)
    if reader is None or not course.accepts_evidence or course.is_closed_to(reader):
        return None
    claims = Evidence.objects.newest().with_outcome()
    return Elsewhere(course, claims.filter(member=reader, course=course).first())


@register.simple_tag(takes_context=True)
def all_elsewhere(context: Context) -> list[Elsewhere]:
    """Return every course that training elsewhere may count as, with the reader's last claims."""
    reader = _reader(context)
    if reader is None:
        return []
    offered = CoursePage.objects.live().filter(accepts_evidence=True).order_by("path")
    courses = [course for course in offered if not course.is_closed_to(reader)]
    if not courses:
        return []
    claims = Evidence.objects.newest().with_outcome().filter(member=reader)
    by_course = {claim.course_id: claim for claim in claims}
    return [Elsewhere(course, by_course.get(course.pk)) for course in courses]


def _reader(context: Context) -> Member | None:
    """Return who reads the page; nobody in an editor's preview."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return None
    reader: Member = request.user
    return reader if reader.is_authenticated else None


def _round_of(sitting: Sitting) -> Enrolment | None:
    rounds = Enrolment.objects.sat_for(sitting)
    return rounds.select_related("course", "completion__revocation").first()
