"""What courses does when another floor says that something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from courses.actions import finish_passed_quiz
from courses.attended import count_recording, is_in_a_course, take_back_attendance
from courses.counting import count_attendance, still_to_count
from quizzes.signals import sitting_marked
from webinars.signals import (
    attendance_confirmed,
    attendance_withdrawn,
    counting_asked,
    recording_watched,
)

if TYPE_CHECKING:
    from typing import Any

    from members.models import Member
    from quizzes.models import Sitting
    from webinars.models import Attendance, Session
    from webinars.models.recording import Watching


@receiver(sitting_marked, dispatch_uid="courses_quiz_step")
def finish_quiz_step(sitting: Sitting, **kwargs: Any) -> None:
    """Finish the quiz's part of the course when the quiz was passed."""
    if sitting.passed:
        finish_passed_quiz(sitting=sitting)


@receiver(attendance_confirmed, dispatch_uid="courses_attendance")
def count_for_courses(rows: list[Attendance], **kwargs: Any) -> None:
    """Let attendance count for the courses that ask for the webinar. Most webinars are in none."""
    if is_in_a_course(rows[0].session.webinar_id):
        count_attendance(rows)


@receiver(attendance_withdrawn, dispatch_uid="courses_attendance_withdrawn")
def take_back_from_courses(rows: list[Attendance], by: Member, **kwargs: Any) -> None:
    """Let attendance no longer count."""
    if is_in_a_course(rows[0].session.webinar_id):
        take_back_attendance(rows, by=by)


@receiver(counting_asked, dispatch_uid="courses_still_to_count")
def say_what_is_still_to_count(session: Session, **kwargs: Any) -> int:
    """Answer for how many people the tasks have not come to it yet."""
    return still_to_count(session)


@receiver(recording_watched, dispatch_uid="courses_recording")
def count_what_was_watched(watching: Watching, **kwargs: Any) -> None:
    """Let a recording make up for what somebody missed."""
    count_recording(member=watching.member, session=watching.recording.session)
