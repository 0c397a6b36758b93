"""Who writes and who publishes; how versions are compared and brought back; law out of date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from members.dates import today
from quizzes.actions import publish_question, publish_quiz
from quizzes.models import Question, Quiz, QuizDraw
from tests.members.conftest import in_group
from tests.quizzes.authoring import PUBLISH, add, option, page_of, question_form, quiz_form
from tests.quizzes.factories import QuestionFactory, QuizFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

YES, NO = option("Yes", right=True), option("No")


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(in_group("Reviewers"))
    return client


@pytest.mark.parametrize(
    ("group", "publishes"),
    [("Authors", False), ("Reviewers", True), ("Training administrators", True)],
)
def test_authors_write_and_reviewers_publish(client: Client, group: str, publishes: bool) -> None:
    client.force_login(in_group(group))
    add(client, Question, question_form(YES, NO) | PUBLISH)
    add(client, Quiz, quiz_form(QuestionFactory()) | PUBLISH)
    assert Question.objects.get(reference="se-01").live is publishes
    assert Quiz.objects.get().live is publishes


def test_an_authors_change_of_what_is_published_is_a_draft(client: Client) -> None:
    client.force_login(in_group("Authors"))
    question = QuestionFactory(stem="As published?", reference="se-01")
    rows = [option(o.text, right=o.is_correct, id=str(o.pk)) for o in question.options.all()]
    form = question_form(*rows, initial=len(rows), stem="As drafted?")
    client.post(page_of(Question, "edit", question.pk), form | PUBLISH)
    client.post(page_of(Question, "unpublish", question.pk))
    question.refresh_from_db()
    assert (question.live, question.stem) == (True, "As published?")
    assert question.latest_revision.content["stem"] == "As drafted?"


# --- Versions -----------------------------------------------------------------------------------
def compare(client: Client, item: Question | Quiz) -> str:
    before, after = item.revisions.order_by("pk")
    url = page_of(type(item), "revisions_compare", item.pk, before.pk, after.pk)
    return client.get(url).content.decode()


def test_versions_of_a_question_are_compared_with_their_answers(reviewer: Client) -> None:
    question = QuestionFactory(right=["Tell the lead"], wrong=["Wait"])
    wait = question.options.get(text="Wait")
    wait.text = "Wait a week"
    wait.save()
    publish_question(question=Question.objects.get(pk=question.pk), by=None)
    page = compare(reviewer, question)
    assert 'Wait<span class="addition"> a week</span>' in page


def test_versions_of_a_scenario_are_compared_with_their_steps(reviewer: Client) -> None:
    one, two, three = QuestionFactory.create_batch(3)
    add(reviewer, Question, question_form(kind="scenario", steps=(one, two)))
    scenario = Question.objects.get(kind="scenario")
    scenario.steps.create(question=three, lead_in="In the end.")
    scenario.save_revision()
    page = compare(reviewer, scenario)
    assert "In the end." in page
    assert str(three) in page


def test_versions_of_a_quiz_are_compared_with_pool_and_draws(reviewer: Client) -> None:
    quiz, new = QuizFactory(questions=1), QuestionFactory(stem="A new one?")
    quiz.pool.create(question=new, is_critical=True)
    quiz.draws = [QuizDraw(category=new.category, questions=1)]
    publish_quiz(quiz=quiz, by=None)
    page = compare(reviewer, quiz)
    assert "A new one?" in page
    assert new.category.title in page


def test_an_earlier_version_is_brought_back_with_its_answers(reviewer: Client) -> None:
    question = QuestionFactory(right=["Yes"], wrong=["No"], reference="se-01")
    first, keys = question.live_revision, [o.key for o in question.options.all()]
    question.options.filter(text="No").update(text="Perhaps")
    publish_question(question=Question.objects.get(pk=question.pk), by=None)
    url = page_of(Question, "revisions_revert", question.pk, first.pk)
    assert 'value="No"' in reviewer.get(url).content.decode()
    rows = [option(o.text, right=o.text == "Yes", id=str(o.pk)) for o in question.options.all()]
    rows[1]["text"] = "No"
    reviewer.post(url, question_form(*rows, initial=2) | PUBLISH)
    question.refresh_from_db()
    assert [(o.text, o.key) for o in question.options.all()] == list(
        zip(["Yes", "No"], keys, strict=True)
    )
    assert question.revisions.count() == 3


# --- Law ----------------------------------------------------------------------------------------
def out_of_date(**more: object) -> Question:
    law = {"nation": "Wales", "source": "An Act", "law_as_at": dt.date(2026, 1, 1)}
    return QuestionFactory(**law, review_by=today() - dt.timedelta(days=1), **more)


def test_who_publishes_law_that_is_out_of_date_is_told_and_not_stopped(reviewer: Client) -> None:
    old = out_of_date(reference="old")
    url = page_of(Quiz, "add")
    form = quiz_form(old, QuestionFactory()) | PUBLISH
    page = reviewer.post(url, form, follow=True).content.decode()
    assert "Check the law again in old (Wales, by " in page
    assert Quiz.objects.get().live


def test_editors_see_on_one_list_what_is_out_of_date(reviewer: Client) -> None:
    old = out_of_date(stem="Old law?")
    QuestionFactory(stem="No law?")
    out_of_date(stem="Drafted law?", draft=True)
    page = reviewer.get("/cms/").content.decode()
    panel = page.partition('id="overdue-law"')[2].partition("</section>")[0]
    assert f'href="{page_of(Question, "edit", old.pk)}"' in panel
    assert "Old law?</a> (Wales), by " in panel
    assert "No law?" not in panel
    assert "Drafted law?" not in panel
    assert "1 statement of law to check again" in page
