"""A quiz as a part of a course: its terms beforehand, and what its result leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from courses.actions import begin_quiz, finish_step
from courses.models import ModulePage, QuizStepPage
from quizzes.actions import submit_sitting
from quizzes.attempts import chances
from quizzes.models import AssessmentSettings, Quiz
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory, UnitFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory, answer_it
from tests.quizzes.kinds import answer_all, question_of

if TYPE_CHECKING:
    from django.test import Client

    from courses.models import CoursePage
    from members.models import Member
    from quizzes.models import Sitting

pytestmark = pytest.mark.django_db


def facts(quiz: Quiz, member: Member) -> str:
    """What the start page says of a quiz."""
    context = {"quiz": quiz, "chances": chances(quiz=quiz, member=member)}
    return render_to_string("quizzes/start_facts.html", context)


def test_start_facts__say_what_to_expect(django_assert_num_queries: object) -> None:
    quiz = QuizFactory(questions=6, draw=5)
    quiz, member = Quiz.objects.get(pk=quiz.pk), MemberFactory()
    with django_assert_num_queries(2):  # the person's sittings, the pool
        text = facts(quiz, member)
    assert "5 questions, one on each page" in text
    assert "80%: 4 of 5 right" in text
    assert "There is no time limit" in text
    assert "as often as you like" in text


def test_start_facts__say_what_is_special_of_this_quiz() -> None:
    AssessmentSettings.objects.create(essays_allowed=True)
    must = QuestionFactory(points=2)
    quiz = QuizFactory(questions=[must, question_of("essay")], feedback_when="each")
    quiz.pool.filter(question=must).update(is_critical=True)
    text = facts(quiz, MemberFactory())
    assert "Some questions must be right" in text
    assert "One answer is marked by a person" in text
    assert "You see after each question whether it was right" in text
    assert "You pass with 80%." in text, "points differ: no number of questions says it"


def test_start_facts__count_the_questions_of_ones_own_nation() -> None:
    law = {"source": "x", "law_as_at": "2026-01-01", "review_by": "2027-01-01"}
    theirs = QuestionFactory(nation="Scotland", **law)
    quiz = QuizFactory(questions=[theirs, QuestionFactory(nation="Wales", **law)])
    here = UnitFactory(nation="wales")
    assert "1 question," in facts(quiz, MemberFactory(home_unit=here))
    assert "2 questions," in facts(quiz, MemberFactory(home_unit=None))


def test_start_facts__say_that_the_last_one_is_being_marked() -> None:
    AssessmentSettings.objects.create(essays_allowed=True)
    sitting = SittingFactory(quiz=QuizFactory(questions=[question_of("essay")]))
    answer_all(sitting.answers.all())
    submit_sitting(sitting=sitting, by=sitting.member)
    text = facts(sitting.quiz, sitting.member)
    assert "Somebody is still marking your last attempt" in text
    assert "Last time you got" not in text


def test_start_facts__say_what_is_left() -> None:
    quiz = QuizFactory(questions=1, attempts_allowed=3, cooling_off_hours=24)
    member = SittingFactory(failed=True, quiz=quiz).member
    text = facts(quiz, member)
    assert "1 question," in text
    assert "You have 2 attempts left" in text
    assert "try again after 24 hours" in text
    assert "You can try again from" in text


def test_start_facts__say_that_one_is_open() -> None:
    sitting = SittingFactory()
    assert "You have started" in facts(sitting.quiz, sitting.member)


@pytest.fixture
def course() -> CoursePage:
    return CourseFactory(modules=1, with_quiz=True)


def sat(course: CoursePage, member: Member, *, rightly: bool) -> Sitting:
    step = QuizStepPage.objects.child_of(course).get()
    sitting = begin_quiz(step=step, by=member)
    for answer in sitting.answers.all():
        answer_it(answer, rightly=rightly)
    return submit_sitting(sitting=sitting, by=member)


def result(client: Client, sitting: Sitting) -> str:
    client.force_login(sitting.member)
    return client.get(reverse("quizzes:result", args=[sitting.pk])).content.decode()


def test_result__of_the_last_part_leads_to_the_certificate(
    client: Client, course: CoursePage
) -> None:
    member = MemberFactory()
    finish_step(step=ModulePage.objects.child_of(course).get(), by=member)
    page = result(client, sat(course, member, rightly=True))
    assert f"You have completed {course.title}" in page
    assert "See your certificate" in page


def test_result__leads_on_to_what_is_still_to_do(client: Client, course: CoursePage) -> None:
    page = result(client, sat(course, MemberFactory(), rightly=True))
    assert "Some other parts are still to do" in page
    assert "See your certificate" not in page


def test_result__of_not_passing_names_the_lessons_to_read(
    client: Client, course: CoursePage
) -> None:
    lesson = ModulePage.objects.child_of(course).get()
    sitting = sat(course, MemberFactory(), rightly=False)
    lesson.topic = sitting.answers.first().question.category
    lesson.save()
    page = result(client, sitting)
    assert lesson.title in page
    assert "Back to the quiz" in page
