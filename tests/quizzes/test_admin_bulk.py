"""Many questions of the bank changed at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from members.dates import today
from quizzes.models import Question, Quiz
from tests.members.conftest import in_group
from tests.members.factories import MemberFactory
from tests.quizzes.authoring import page_of
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory, SittingFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(in_group("Reviewers"))
    return client


def do(
    client: Client, action: str, *questions: Question, query: str = "", **said: object
) -> HttpResponse:
    ids = "&".join(f"id={question.pk}" for question in questions)
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
    back = page_of(Question, "list")
    return client.post(f"{url}?next={back}&{query or ids}", said, follow=True)


def test_publishes_what_is_whole_and_says_what_the_others_lack(reviewer: Client) -> None:
    whole = QuestionFactory(draft=True)
    not_whole = QuestionFactory(draft=True, reference="half", right=[])
    page = do(reviewer, "publish", whole, not_whole).content.decode()
    assert list(Question.objects.published()) == [whole]
    assert "1 question published." in page
    assert "half: Say which answer is right" in page


def test_unpublishes(reviewer: Client) -> None:
    do(reviewer, "unpublish", *QuestionFactory.create_batch(2))
    assert not Question.objects.published().exists()


def test_moves_what_is_published_and_keeps_the_draft_somebody_writes(reviewer: Client) -> None:
    question, topic = QuestionFactory(stem="As published?"), CategoryFactory()
    question.stem = "As drafted?"
    question.save_revision()
    do(reviewer, "move", question, QuestionFactory(draft=True), category=topic.pk)
    assert topic.questions.count() == 2
    question.refresh_from_db()
    assert question.stem == question.live_revision.content["stem"] == "As published?"
    assert question.live_revision.content["category"] == topic.pk
    assert question.has_unpublished_changes
    assert question.latest_revision.content["stem"] == "As drafted?"
    assert question.latest_revision.content["category"] == topic.pk


def test_sets_the_review_date_of_all_in_the_narrowed_list_only(reviewer: Client) -> None:
    theirs, other = QuestionFactory(true_false=True), QuestionFactory()
    query, day = "id=all&kind=true_false", today() + dt.timedelta(days=90)
    do(reviewer, "review", query=query, review_by=today() - dt.timedelta(days=1))
    theirs.refresh_from_db()
    assert theirs.review_by is None
    do(reviewer, "review", query=query, review_by=day)
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.review_by, other.review_by) == (day, None)


def test_adds_to_the_draft_of_a_quiz_what_is_not_there_yet(reviewer: Client) -> None:
    quiz, new = QuizFactory(questions=1), QuestionFactory()
    there = quiz.pool.get().question
    page = do(reviewer, "add_to_quiz", there, new, quiz=quiz.pk).content.decode()
    quiz.refresh_from_db()
    assert [row["question"] for row in quiz.live_revision.content["pool"]] == [there.pk]
    assert [i.question for i in quiz.get_latest_revision_as_object().pool.all()] == [there, new]
    assert "added to the draft of" in page
    draft = QuizFactory(draft=True, questions=[])
    do(reviewer, "add_to_quiz", new, quiz=draft.pk)
    assert draft.pool.get().question == new


# --- Deleting -----------------------------------------------------------------------------------
def test_deletes_what_was_never_used_and_says_why_the_rest_stays(reviewer: Client) -> None:
    asked = SittingFactory(quiz=QuizFactory(questions=1)).quiz.pool.get().question
    pooled = QuizFactory(questions=1).pool.get().question
    was_pooled = QuestionFactory()
    quiz = QuizFactory(questions=[was_pooled, QuestionFactory()])
    quiz.pool.get(question=was_pooled).delete()
    unused = QuestionFactory()
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", "delete"])
    chosen = (asked, pooled, was_pooled, unused)
    page = reviewer.get(f"{url}?{'&'.join(f'id={q.pk}' for q in chosen)}").content.decode()
    assert "people have been asked it" in page
    assert "it is in the quiz" in page
    assert "an earlier version or a draft" in page
    do(reviewer, "delete", *chosen)
    assert set(Question.objects.filter(pk__in=[q.pk for q in chosen])) == {*chosen[:3]}


def test_one_that_is_needed_is_kept_with_the_reason(reviewer: Client) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=1))
    question = sitting.answers.get().question
    for item, reason in (
        (question, "people have been asked it"),
        (sitting.quiz, "people have taken it"),
        (question.category, "questions or quizzes are about it"),
    ):
        response = reviewer.post(page_of(type(item), "delete", item.pk), follow=True)
        assert reason in response.content.decode()
        assert type(item).objects.filter(pk=item.pk).exists()
    unused = CategoryFactory()
    reviewer.post(page_of(type(unused), "delete", unused.pk))
    assert not type(unused).objects.filter(pk=unused.pk).exists()


# --- Who ----------------------------------------------------------------------------------------
def test_an_author_changes_drafts_and_neither_publishes_nor_deletes(client: Client) -> None:
    client.force_login(in_group("Authors"))
    draft, live = QuestionFactory(draft=True), QuestionFactory()
    topic = CategoryFactory()
    for action in ("publish", "unpublish", "delete"):
        do(client, action, draft, live)
    assert list(Question.objects.published()) == [live]
    do(client, "move", draft, live, category=topic.pk)
    assert list(topic.questions.all()) == [draft]
    live.refresh_from_db()
    assert live.latest_revision.content["category"] == topic.pk
    assert live.has_unpublished_changes


def test_nobody_else_does_any_of_it(client: Client) -> None:
    client.force_login(MemberFactory())
    question, quiz = QuestionFactory(draft=True), QuizFactory(questions=1)
    for action in ("publish", "delete"):
        do(client, action, question)
    do(client, "add_to_quiz", question, quiz=quiz.pk)
    question.refresh_from_db()
    assert not question.live
    assert Quiz.objects.get(pk=quiz.pk).latest_revision == quiz.latest_revision
