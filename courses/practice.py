"""Quizzes whose every course is closed to somebody: they do not practise them either."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from courses.models import CoursePage, QuizStepPage, WebinarStepPage
from quizzes.practice.audience import register

if TYPE_CHECKING:
    from members.models import Member


def connect() -> None:
    """Tell quizzes whom courses keep from them."""
    register(closed_to)


def closed_to(member: Member) -> set[int]:
    """Return the quizzes (ids) that are in courses which are all closed to this person."""
    courses = CoursePage.objects.live().only("path", "minimum_age")
    shut = {course.path for course in courses if course.is_closed_to(member)}
    if not shut:
        return set()
    steps = chain(
        QuizStepPage.objects.live().values_list("path", "quiz"),
        WebinarStepPage.objects.live().exclude(quiz=None).values_list("path", "quiz"),
    )
    found: dict[bool, set[int]] = {True: set(), False: set()}
    for path, quiz in steps:
        found[path[: -CoursePage.steplen] in shut].add(quiz)
    return found[True] - found[False]
