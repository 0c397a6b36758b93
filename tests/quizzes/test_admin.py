"""Authors at work in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from quizzes import completeness
from quizzes.models import Question, Quiz
from tests.members.factories import MemberFactory
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(MemberFactory(administrator=True))
    return client


def question_form(*options: tuple[str, bool], kind: str = "single", **more: str) -> dict[str, str]:
    rows = [
        {"text": text, "is_correct": "on" if right else "", "feedback": "", "ORDER": str(n)}
        for n, (text, right) in enumerate(options)
    ]
    return nested_form_data(
        {
            "reference": "se-01",
            "category": str(CategoryFactory().pk),
            "kind": kind,
            "stem": "What helps?",
            "explanation": "Because.",
            "nation": "",
            "source": "",
            "review_by": "",
            "options": inline_formset(rows),
            **more,
        }
    )


def quiz_form(*questions: Question, **more: str) -> dict[str, str]:
    rows = [{"question": str(q.pk), "ORDER": str(n)} for n, q in enumerate(questions)]
    return nested_form_data(
        {
            "title": "Check what you learned",
            "slug": "check",
            "pass_mark": "80",
            "draw": "",
            "attempts_allowed": "",
            "cooling_off_hours": "0",
            "pass_text": "",
            "fail_text": "",
            "pool": inline_formset(rows),
            **more,
        }
    )


def add(client: Client, model: type, form: dict[str, str]) -> HttpResponse:
    url = reverse(model.snippet_viewset.get_url_name("add"))
    return client.post(url, form)


PUBLISH = {"action-publish": "Publish"}


def test_publishes_a_whole_question_with_its_version(author: Client) -> None:
    add(author, Question, question_form(("Yes", True), ("No", False)) | PUBLISH)
    question = Question.objects.get()
    assert question.live
    assert [o["text"] for o in question.live_revision.content["options"]] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ([("Yes", True)], "single", completeness.TOO_FEW),
        ([("Yes", False), ("No", False)], "single", completeness.NONE_RIGHT),
        ([("Yes", True), ("No", True)], "single", "Only one answer can be right here"),
        ([("A", True), ("B", False), ("C", False)], "true_false", completeness.NOT_TWO),
    ],
)
def test_a_question_that_is_not_whole_stays_a_draft(
    author: Client, options: list[tuple[str, bool]], kind: str, message: str
) -> None:
    response = add(author, Question, question_form(*options, kind=kind) | PUBLISH)
    assert message in response.content.decode()
    assert not Question.objects.exists()
    add(author, Question, question_form(*options, kind=kind))
    assert not Question.objects.get().live


def test_a_quiz_with_no_questions_is_refused_on_publishing(author: Client) -> None:
    response = add(author, Quiz, quiz_form() | PUBLISH)
    assert completeness.NO_QUESTIONS in response.content.decode()
    assert not Quiz.objects.exists()
    add(author, Quiz, quiz_form())
    assert not Quiz.objects.get().live


def test_a_quiz_that_draws_too_many_is_refused(author: Client) -> None:
    response = add(author, Quiz, quiz_form(QuestionFactory(), draw="2") | PUBLISH)
    assert "It asks 2 questions in a sitting, but only 1" in response.content.decode()


def test_publishes_a_whole_quiz(author: Client) -> None:
    add(author, Quiz, quiz_form(*QuestionFactory.create_batch(2), draw="2") | PUBLISH)
    assert Quiz.objects.get().live
    assert Quiz.objects.get().size == 2


def test_editing_a_question_makes_a_new_version_with_the_same_keys(author: Client) -> None:
    question = QuestionFactory(right=["Yes"], wrong=["No"])
    before = question.live_revision
    yes, no = question.options.all()
    rows = [
        {"id": str(o.pk), "text": f"{o.text}!", "is_correct": "on" if o == yes else ""}
        for o in (yes, no)
    ]
    form = question_form(reference=question.reference) | PUBLISH
    form |= nested_form_data({"options": inline_formset(rows, initial=2)})
    url = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    assert author.post(url, form).status_code == 302
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
    response = author.get(reverse(model.snippet_viewset.get_url_name(name), args=args))
    assert response.status_code == 200


def test_the_bank_is_filtered(author: Client) -> None:
    law = QuestionFactory(nation="Wales", review_by="2027-01-01")
    other = QuestionFactory(true_false=True)
    url = reverse(Question.snippet_viewset.get_url_name("list"))
    for query in ("nation=Wales", f"category={law.category_id}", "review_by=2027-02-01"):
        page = author.get(f"{url}?{query}").content.decode()
        assert law.reference in page
        assert other.stem not in page


def test_list_costs_the_same_for_a_larger_bank(
    author: Client, django_assert_max_num_queries: object
) -> None:
    QuestionFactory.create_batch(15)
    with django_assert_max_num_queries(30):
        author.get(reverse(Question.snippet_viewset.get_url_name("list")))


def test_menu_leads_to_questions_and_never_to_answers(author: Client) -> None:
    page = author.get("/cms/").content.decode()
    assert "/cms/snippets/quizzes/question/" in page
    assert "sitting" not in page
