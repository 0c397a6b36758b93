"""Authors write questions and quizzes in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizzes import completeness
from quizzes.models import Question, Quiz, pool
from tests.members.factories import MemberFactory
from tests.quizzes.authoring import PUBLISH, add, option, page_of, question_form, quiz_form
from tests.quizzes.factories import QuestionFactory, QuizFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

YES, NO = option("Yes", right=True), option("No")


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(MemberFactory(administrator=True))
    return client


def test_publishes_a_whole_question_with_its_version(author: Client) -> None:
    add(author, Question, question_form(YES, NO) | PUBLISH)
    question = Question.objects.get()
    assert question.live
    assert [o["text"] for o in question.live_revision.content["options"]] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("kind", "options", "more"),
    [
        ("matching", [option("Cat", match="Miaow"), option("Dog", match="Woof")], {}),
        ("ordering", [option("First"), option("Then")], {}),
        ("numeric", [option("18", right=True, tolerance="0.5")], {}),
        ("short_text", [option("lead", right=True, weight="100")], {}),
        ("essay", [], {"guidance": "Names the duty to report."}),
    ],
)
def test_every_type_is_written_and_published(
    author: Client, kind: str, options: list[dict[str, str]], more: dict[str, str]
) -> None:
    add(author, Question, question_form(*options, kind=kind, **more) | PUBLISH)
    assert Question.objects.get().live


def test_a_scenario_is_made_of_questions_of_the_bank(author: Client) -> None:
    steps = tuple(QuestionFactory.create_batch(2))
    add(author, Question, question_form(kind="scenario", steps=steps) | PUBLISH)
    scenario = Question.objects.get(kind="scenario")
    assert scenario.live
    assert [step.question for step in scenario.steps.all()] == list(steps)


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ([YES], "single", completeness.TOO_FEW),
        ([option("Yes"), NO], "single", completeness.NONE_RIGHT),
        ([YES, option("No", right=True)], "single", "Only one answer can be right here"),
        ([YES, NO, option("C")], "true_false", completeness.NOT_TWO),
        ([option("Cat"), option("Dog")], "matching", "Write what “Cat” goes with."),
        ([], "essay", completeness.NO_GUIDANCE),
    ],
)
def test_a_question_that_is_not_whole_stays_a_draft(
    author: Client, options: list[dict[str, str]], kind: str, message: str
) -> None:
    response = add(author, Question, question_form(*options, kind=kind) | PUBLISH)
    assert message in response.content.decode()
    assert not Question.objects.exists()
    add(author, Question, question_form(*options, kind=kind))
    assert not Question.objects.get().live


def test_a_quiz_with_no_questions_is_refused_on_publishing(author: Client) -> None:
    response = add(author, Quiz, quiz_form() | PUBLISH)
    assert pool.NO_QUESTIONS in response.content.decode()
    assert not Quiz.objects.exists()
    add(author, Quiz, quiz_form())
    assert not Quiz.objects.get().live


def test_a_quiz_that_draws_too_many_is_refused(author: Client) -> None:
    response = add(author, Quiz, quiz_form(QuestionFactory(), draw="2") | PUBLISH)
    assert "It asks 2 questions in a sitting, but only 1" in response.content.decode()


def test_publishes_a_whole_quiz(author: Client) -> None:
    add(author, Quiz, quiz_form(*QuestionFactory.create_batch(2), draw="2") | PUBLISH)
    quiz = Quiz.objects.get()
    assert quiz.live
    assert (quiz.draw, quiz.pool.count()) == (2, 2)


def test_editing_a_question_makes_a_new_version_with_the_same_keys(author: Client) -> None:
    question = QuestionFactory(right=["Yes"], wrong=["No"])
    before = question.live_revision
    yes, no = question.options.all()
    rows = [option(f"{o.text}!", right=o == yes, id=str(o.pk)) for o in (yes, no)]
    form = question_form(*rows, initial=2, reference=question.reference) | PUBLISH
    assert author.post(page_of(Question, "edit", question.pk), form).status_code == 302
    question.refresh_from_db()
    assert question.live_revision != before
    assert [o.key for o in question.options.all()] == [yes.key, no.key]
    assert [o.text for o in question.options.all()] == ["Yes!", "No!"]


@pytest.mark.parametrize("model", [Question, Quiz])
@pytest.mark.parametrize("name", ["list", "edit", "usage", "history"])
def test_every_page_opens(author: Client, model: type, name: str) -> None:
    quiz = QuizFactory()
    thing = quiz if model is Quiz else quiz.pool.first().question
    args = [] if name == "list" else [str(thing.pk)]
    assert author.get(page_of(model, name, *args)).status_code == 200


def test_the_form_says_what_each_type_uses_and_gives_advice(author: Client) -> None:
    question = QuestionFactory(right=["A very long right answer that nobody can overlook here"])
    page = author.get(page_of(Question, "edit", question.pk)).content.decode()
    assert 'data-kinds="matching"' in page
    assert "question-form.css" in page
    assert "The right answer is much longer than the others" in page


def test_menu_leads_to_questions_and_never_to_answers(author: Client) -> None:
    page = author.get("/cms/").content.decode()
    assert "/cms/snippets/quizzes/question/" in page
    assert "sitting" not in page
