"""Courses with a webinar in them, and what the hosts decide about people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import factory
from django.db import transaction
from django.utils import timezone

from courses.actions import begin_quiz_of_webinar
from courses.models import Completion, CoursePage, WebinarStepPage
from quizzes.actions import save_answer, submit_sitting
from quizzes.models import Question
from tests.courses.factories import CourseFactory, LiveQuizFactory, _PageFactory
from tests.members.factories import MemberFactory
from tests.webinars.factories import AttendanceFactory, SessionFactory, WebinarPageFactory
from tests.webinars.reports import a_file, a_visitor
from webinars.models import Attendance, Recording, Watching
from webinars.signals import attendance_confirmed, attendance_withdrawn, recording_watched

if TYPE_CHECKING:
    from members.models import Member
    from quizzes.models import Sitting
    from webinars.models import AttendanceFile, Session


class WebinarStepFactory(_PageFactory):
    """A webinar in a course, without a quiz; `with_quiz` gives it one of two questions."""

    class Meta:
        model = WebinarStepPage

    class Params:
        with_quiz = factory.Trait(quiz=factory.SubFactory(LiveQuizFactory, questions=2))
        draft = factory.Trait(live=False)

    title = "Speaking up, live"
    slug = factory.Sequence(lambda n: f"webinar-{n}")
    minutes = 60
    webinar = factory.SubFactory(WebinarPageFactory)


def live_course(*, modules: int = 0, **fields: Any) -> tuple[CoursePage, WebinarStepPage]:
    """A published course with a webinar in it (`step__…` is about that), and its step."""
    about_step = {name[6:]: fields.pop(name) for name in list(fields) if name.startswith("step__")}
    course = CourseFactory(modules=modules, **fields)
    step = WebinarStepFactory(parent=course, **about_step)
    course = CoursePage.objects.get(pk=course.pk)
    course.save_revision().publish()
    course.refresh_from_db()
    step.course = course
    return course, step


def session_of(step: WebinarStepPage, *, days_ago: int = 3) -> Session:
    starts = timezone.now().replace(hour=18, minute=0, second=0, microsecond=0)
    return SessionFactory(webinar=step.webinar, starts_at=starts - dt.timedelta(days=days_ago))


@transaction.atomic
def confirm(attendance: Attendance) -> Attendance:
    """Say that this counts, as the hosts' desk does."""
    attendance_confirmed.send(sender=Attendance, rows=[attendance])
    return attendance


def was_at(step: WebinarStepPage, member: Member, *traits: str, **fields: Any) -> Attendance:
    """Confirm that somebody was at a session three days ago (or `days_ago`)."""
    if "session" not in fields:
        fields["session"] = session_of(step, days_ago=fields.pop("days_ago", 3))
    states = dict.fromkeys(traits, True)
    return confirm(AttendanceFactory(member=member, **states, **fields))


@transaction.atomic
def withdraw(attendance: Attendance, by: Member | None = None) -> None:
    """Undo it, as the hosts' desk does."""
    by = by or MemberFactory()
    attendance_withdrawn.send(sender=Attendance, rows=[attendance], by=by)
    attendance.delete()


@transaction.atomic
def decide_anew(attendance: Attendance, outcome: str, by: Member) -> None:
    attendance.outcome, attendance.decided_by = outcome, by
    attendance.save()
    confirm(attendance)


@transaction.atomic
def watch(attendance: Attendance) -> None:
    """Publish the recording of that session and say that this person has watched it."""
    recording, _ = Recording.objects.get_or_create(
        session=attendance.session,
        defaults={"video": "v.mp4", "captions": "c.vtt", "minutes": 60, "is_published": True},
    )
    watching = Watching.objects.create(
        recording=recording, member=attendance.member, said_so_at=timezone.now()
    )
    recording_watched.send(sender=Watching, watching=watching)


def answer(sitting: Sitting, member: Member, *, right: bool = True) -> Sitting:
    for each in sitting.answers.all():
        question = Question.objects.get(pk=each.question_id)
        key = next(it.key for it in question.options.all() if it.is_correct is right)
        save_answer(answer=each, chosen=[key], by=member)
    return submit_sitting(sitting=sitting, by=member)


def pass_quiz(step: WebinarStepPage, member: Member, *, right: bool = True) -> Sitting:
    return answer(begin_quiz_of_webinar(step=step, by=member), member, right=right)


def a_report(step: WebinarStepPage, people: int, **fields: Any) -> AttendanceFile:
    """A report that waits for a yes and names that many, all there for the whole hour."""
    file = a_file(session_of(step, **fields))
    for member in MemberFactory.create_batch(people):
        a_visitor(file, member=member)
    return file


def counted() -> int:
    """How many completions stand."""
    return Completion.objects.standing().count()
