"""Finding questions in the bank, and choosing them for a quiz."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.spreadsheets import DANGEROUS
from quizzes.models import Question, QuestionStatistic, ScenarioStep
from tests.members.factories import MemberFactory
from tests.quizzes.authoring import page_of
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(MemberFactory(administrator=True))
    return client


def measured(question: Question, facility: float, *flags: str) -> Question:
    QuestionStatistic.objects.create(
        question=question,
        answers=40,
        facility=facility,
        flags=list(flags),
        measured_at=timezone.now(),
    )
    return question


def found(author: Client, query: str) -> set[str]:
    """Return the questions the list shows."""
    page = author.get(f"{page_of(Question, 'list')}?{query}")
    return {question.reference for question in page.context["object_list"]}


def test_no_cell_of_the_bank_as_csv_is_a_formula(author: Client) -> None:
    QuestionFactory(stem='=HYPERLINK("https://evil.example")', source="@SUM(1+1)")
    page = author.get(f"{page_of(Question, 'list')}?export=csv")
    rows = list(csv.reader(StringIO(b"".join(page).decode())))
    assert '\'=HYPERLINK("https://evil.example")' in rows[1]
    assert "'@SUM(1+1)" in rows[1]
    assert not any(cell.startswith(DANGEROUS) for row in rows for cell in row)


def test_the_bank_is_filtered(author: Client) -> None:
    topic = CategoryFactory()
    law = QuestionFactory(
        reference="law",
        category=CategoryFactory(parent=topic),
        nation="Wales",
        source="An Act",
        law_as_at="2026-01-01",
        review_by="2027-01-01",
    )
    step = QuestionFactory(reference="step", true_false=True)
    QuestionFactory(reference="draft", draft=True)
    QuizFactory(questions=[law])
    scenario = QuestionFactory(reference="tale", kind="scenario", draft=True, right=[], wrong=[])
    ScenarioStep.objects.create(scenario=scenario, question=step)
    assert found(author, "nation=Wales") == {"law"}
    assert found(author, f"category={topic.pk}") == {"law"}
    assert found(author, f"category={law.category_id}") == {"law"}
    assert found(author, "review_by=2027-02-01") == {"law"}
    assert found(author, "kind=true_false") == {"step"}
    assert found(author, "live=true") == {"law", "step"}
    assert found(author, "usage=once") == {"law"}
    assert found(author, "usage=step") == {"step"}
    assert found(author, "usage=unused") == {"draft", "tale"}
    assert found(author, f"q={law.stem[-8:]}") == {"law"}


def test_the_bank_is_filtered_by_how_people_did(author: Client) -> None:
    measured(QuestionFactory(reference="easy"), 0.99)
    measured(QuestionFactory(reference="hard"), 0.1, "too hard")
    QuestionFactory(reference="new")
    assert found(author, "figures=easy") == {"easy"}
    assert found(author, "figures=hard") == {"hard"}
    assert found(author, "figures=flagged") == {"hard"}
    assert found(author, "figures=unmeasured") == {"new"}
    page = author.get(page_of(Question, "list")).content.decode()
    assert "10% of 40: look at it" in page
    assert "Not measured yet" in page


def test_list_costs_the_same_for_a_larger_bank(author: Client) -> None:
    def costs() -> int:
        with CaptureQueriesContext(connection) as queries:
            author.get(page_of(Question, "list"))
        return len(queries)

    measured(QuestionFactory(), 0.5)
    costs()
    few = costs()
    QuizFactory(questions=[measured(one, 0.5) for one in QuestionFactory.create_batch(12)])
    assert costs() == few


# --- Choosing -----------------------------------------------------------------------------------
CHOOSE = "wagtailsnippetchoosers_quizzes_question:choose_results"


def test_questions_are_chosen_by_words_topic_and_type(author: Client) -> None:
    topic = CategoryFactory()
    QuestionFactory(reference="below", category=CategoryFactory(parent=topic))
    QuestionFactory(reference="other", true_false=True, stem="Who helps?")
    for query, shown in (
        (f"category={topic.pk}", "below"),
        ("kind=true_false", "other"),
        ("q=who+helps", "other"),
    ):
        page = author.get(f"{reverse(CHOOSE)}?{query}&multiple=1").content.decode()
        assert {name for name in ("below", "other") if f"{name}: " in page} == {shown}


def test_several_are_chosen_at_once(author: Client) -> None:
    ids = "&".join(f"id={question.pk}" for question in QuestionFactory.create_batch(2))
    chosen = reverse("wagtailsnippetchoosers_quizzes_question:chosen_multiple")
    assert len(author.get(f"{chosen}?multiple=1&{ids}").json()["result"]) == 2


def test_the_chooser_is_for_authors_only(client: Client) -> None:
    member = MemberFactory()
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)
    assert client.get(reverse(CHOOSE)).status_code == 302
