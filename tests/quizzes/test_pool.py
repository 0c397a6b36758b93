"""The pool as one person meets it, and the check that everybody everywhere gets a whole paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from quizzes.actions import publish_quiz, start_sitting
from quizzes.attempts import NOT_READY, NoAttemptNow, chances
from quizzes.models import (
    AssessmentSettings,
    Category,
    Question,
    Quiz,
    QuizDraw,
    QuizQuestion,
    ScenarioStep,
)
from quizzes.models import pool as said
from quizzes.models.pool import lines_of, pool_of
from tests.members.factories import MemberFactory, UnitFactory
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory, SittingFactory

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db

CHECKED = dt.date(2026, 1, 1)
LAW = {"source": "An Act", "law_as_at": CHECKED, "review_by": dt.date(2027, 1, 1)}
# Who is asked a question about whose law; "" is: nobody's, or nobody knows.
ASKED = {
    "": {"", "England", "Wales", "Scotland", "Northern Ireland"},
    "England": {"", "England"},
    "Wales": {"", "Wales"},
    "Scotland": {"", "Scotland"},
    "Northern Ireland": {"", "Northern Ireland"},
    "England and Wales": {"", "England", "Wales"},
    "Great Britain": {"", "England", "Wales", "Scotland"},
    "United Kingdom": {"", "England", "Wales", "Scotland", "Northern Ireland"},
}


def about(nation: str, **more: Any) -> Question:
    return QuestionFactory(nation=nation, **(LAW if nation else {}), **more)


def essay() -> Question:
    return QuestionFactory(kind="essay", right=[], wrong=[], guidance="It names the lead.")


def scenario(*steps: Question) -> Question:
    made = QuestionFactory(kind="scenario", right=[], wrong=[], draft=True)
    made.steps = [ScenarioStep(question=step, sort_order=n) for n, step in enumerate(steps)]
    made.save()
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def quiz_of(
    *questions: Question,
    lines: dict[Category, int] | None = None,
    critical: tuple[Question, ...] = (),
    **fields: Any,
) -> Quiz:
    """A draft quiz with lines."""
    quiz = QuizFactory(draft=True, questions=list(questions), **fields)
    quiz.pool = [
        QuizQuestion(question=one, is_critical=one in critical, sort_order=n)
        for n, one in enumerate(questions)
    ]
    quiz.draws = [QuizDraw(category=topic, questions=n) for topic, n in (lines or {}).items()]
    quiz.save()
    return quiz


def living_in(nation: str) -> Member:
    return MemberFactory(home_unit=UnitFactory(nation=nation))


def ids(quiz: Quiz, nation: str = "") -> set[int]:
    return {entry.question for entry in pool_of(quiz, nation=lambda: nation)}


# --- Who is asked what ---------------------------------------------------------------------------
def test_the_table_knows_every_nation() -> None:
    assert set(ASKED) - {""} == set(Question.Nation.values)


@pytest.mark.parametrize("nation", ["", "England", "Wales", "Scotland", "Northern Ireland"])
def test_people_are_asked_about_their_own_law_and_nobodys(nation: str) -> None:
    questions = {of: about(of) for of in ASKED}
    quiz = publish_quiz(quiz=quiz_of(*questions.values()), by=None)
    assert ids(quiz, nation) == {questions[of].pk for of in ASKED if nation in ASKED[of]}


def test_a_sitting_asks_by_where_its_member_lives() -> None:
    quiz = publish_quiz(quiz=quiz_of(about("Scotland"), about("England"), about("")), by=None)
    scot = living_in("scotland")
    assert chances(quiz=quiz, member=scot).size == 2
    asked = SittingFactory(quiz=quiz, member=scot).answers.values_list("question__nation")
    assert set(asked) == {("Scotland",), ("",)}
    assert SittingFactory(quiz=quiz).answers.count() == 3, "who lives nowhere we know of: all"


def test_essays_are_asked_only_where_the_site_allows_them() -> None:
    allowed = AssessmentSettings.load()
    allowed.essays_allowed = True
    allowed.save()
    quiz = QuizFactory(questions=[essay()])
    AssessmentSettings.objects.update(essays_allowed=False)  # after it was published
    with pytest.raises(NoAttemptNow, match=NOT_READY):
        start_sitting(quiz=quiz, by=MemberFactory())
    AssessmentSettings.objects.update(essays_allowed=True)
    assert ids(quiz) == {item.question_id for item in quiz.pool.all()}
    assert start_sitting(quiz=quiz, by=MemberFactory()).answers.count() == 1


def test_what_must_be_right_is_a_fact_of_this_quiz_alone() -> None:
    shared, other = QuestionFactory(), QuestionFactory()
    here = publish_quiz(quiz=quiz_of(other, shared, critical=(shared,)), by=None)
    publish_quiz(quiz=quiz_of(shared, other, critical=(other,)), by=None)
    assert [(entry.question, entry.is_critical) for entry in pool_of(here, nation=str)] == [
        (other.pk, False),
        (shared.pk, True),
    ]


def test_a_topic_counts_for_what_it_is_part_of() -> None:
    parent = CategoryFactory()
    child = QuestionFactory(category=CategoryFactory(parent=parent))
    quiz = publish_quiz(quiz=quiz_of(child, QuestionFactory(), lines={parent: 1}), by=None)
    assert lines_of(quiz) == {parent.pk: 1}
    assert [answer.question for answer in SittingFactory(quiz=quiz).answers.all()] == [child]


def test_a_scenario_is_asked_only_while_all_its_steps_are_published() -> None:
    steps = QuestionFactory.create_batch(2)
    alone = QuestionFactory()
    quiz = publish_quiz(quiz=quiz_of(scenario(*steps), alone), by=None)
    assert SittingFactory(quiz=quiz).answers.count() == 3
    steps[1].unpublish()
    assert [answer.question for answer in SittingFactory(quiz=quiz).answers.all()] == [alone]
    assert "is a step" not in str(quiz.problems())


# --- A whole paper for everybody -----------------------------------------------------------------
def problems(quiz: Quiz) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        publish_quiz(quiz=quiz, by=None)
    return [str(message) for message in refusal.value.messages]


def test_a_line_longer_than_its_topic_is_said_once_for_all_nations() -> None:
    topic = CategoryFactory(title="Reporting")
    quiz = quiz_of(about("Wales"), QuestionFactory(category=topic), lines={topic: 2})
    assert problems(quiz) == [
        said.LINE_TOO_LONG.format(wanted=2, topic="Reporting", there=1, are="is", where="")
    ]


def test_a_line_short_in_one_nation_names_the_nation() -> None:
    topic = CategoryFactory(title="Law")
    laws = [about(nation, category=topic) for nation in ("England and Wales", "Great Britain")]
    quiz = quiz_of(*laws, QuestionFactory(), lines={topic: 2})
    assert problems(quiz) == [
        said.LINE_TOO_LONG.format(wanted=2, topic="Law", there=1, are="is", where=" for Scotland")
    ]


def test_too_few_questions_in_one_nation_are_said() -> None:
    quiz = quiz_of(about("Great Britain"), QuestionFactory(), draw=2)
    assert problems(quiz) == [said.TOO_FEW_HERE.format(nation="Northern Ireland", there=1, draw=2)]


def test_where_no_law_is_asked_about_nations_do_not_count() -> None:
    assert publish_quiz(quiz=quiz_of(*QuestionFactory.create_batch(2), draw=2), by=None).live
    for_all = [about(nation) for nation in ("Great Britain", "Northern Ireland")]
    assert publish_quiz(quiz=quiz_of(*for_all, QuestionFactory(), draw=2), by=None).live


def test_topics_inside_each_other_are_refused() -> None:
    parent = CategoryFactory(title="Law")
    child = CategoryFactory(title="Law online", parent=parent)
    questions = QuestionFactory.create_batch(2, category=child)
    quiz = quiz_of(*questions, lines={parent: 1, child: 1})
    assert problems(quiz) == [said.LINES_OVERLAP.format(topic=child, parent=parent)]


def test_a_step_of_a_scenario_is_not_asked_alone() -> None:
    first, second = QuestionFactory.create_batch(2)
    quiz = quiz_of(scenario(first, second), second)
    assert problems(quiz) == [said.STEP_ALSO_ALONE.format(step=second)]


@pytest.mark.parametrize(("draw", "whole"), [(2, False), (3, True), (None, True)])
def test_topics_and_what_must_be_right_fit_into_the_paper(draw: int | None, whole: bool) -> None:
    topic = CategoryFactory()
    critical, other = QuestionFactory(), QuestionFactory()
    quiz = quiz_of(
        critical,
        other,
        *QuestionFactory.create_batch(2, category=topic),
        lines={topic: 2, critical.category: 1},
        critical=(critical,),
        draw=draw,
    )
    if whole:
        assert publish_quiz(quiz=quiz, by=None).live
    else:
        assert problems(quiz) == [said.MORE_THAN_DRAWN.format(least=3, draw=2)]
