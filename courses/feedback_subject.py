"""Courses as something that people are asked about, before and after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from courses.models import CoursePage, Enrolment, StepProgress
from feedback.models import Tally
from feedback.subjects import Subject, register
from members.access import Rule
from members.dates import today

if TYPE_CHECKING:
    from members.models import Member

PREFIX = "course"
ASKED_BEFORE = timedelta(days=30)  # after the start of a round in which nothing was finished
ASKED_AFTER = timedelta(days=14)  # after the day it was completed


def connect() -> None:
    """Let feedback find courses."""
    register(PREFIX, find)


def find(number: int, member: Member) -> Subject | None:
    """Return a published course as it is for this person."""
    mine = Enrolment.objects.filter(member=member, course=OuterRef("pk"))
    begun = mine.current().filter(
        ~Exists(StepProgress.objects.filter(enrolment=OuterRef("pk"))),
        started_at__gt=timezone.now() - ASKED_BEFORE,
    )
    completed = mine.filter(
        completion__completed_on__gt=today() - ASKED_AFTER, completion__revocation=None
    )
    course = (
        CoursePage.objects.live()
        .annotate(has_begun=Exists(begun), was_completed=Exists(completed))
        .filter(pk=number)
        .first()
    )
    if course is None:
        return None
    return Subject(
        about=f"{PREFIX}:{course.pk}",
        title=course.title,
        back=course.address,
        moment=_moment(has_begun=course.has_begun, was_completed=course.was_completed),
        sensitive=course.is_sensitive,
        desk=reverse("wagtailadmin_pages:edit", args=[course.pk]),
        may_see_totals=lambda: Rule.EDITORIAL.allows(member),
    )


def _moment(*, has_begun: bool, was_completed: bool) -> str:
    """Return what may be answered now. Who begins again soon after is asked about the new round."""
    if has_begun:
        return Tally.Moment.BEFORE
    return Tally.Moment.AFTER if was_completed else ""
