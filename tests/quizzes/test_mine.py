"""My quizzes: one person's own page, and nobody else's figures in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.models import Quiz
from quizzes.progress import drawn, topics_of
from tests.members.factories import MemberFactory
from tests.quizzes.factories import (
    CategoryFactory,
    QuestionFactory,
    QuizFactory,
    SittingFactory,
)
from tests.quizzes.reading import words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member
    from quizzes.models import Category

pytestmark = pytest.mark.django_db

PAGE = "/quizzes/"


def open_page(client: Client, member: Member, address: str = PAGE) -> HttpResponse:
    client.force_login(member)
    return client.get(address)


def quiz_about(*topics: Category, **facts: object) -> Quiz:
    return QuizFactory(questions=[QuestionFactory(category=each) for each in topics], **facts)


def shares(member: Member) -> dict[str, str]:
    return {row["name"]: row["share"] for row in drawn(topics_of(member))}


def test_leads_back_into_what_is_open(client: Client) -> None:
    sitting = SittingFactory(right=1)
    page = open_page(client, sitting.member)
    assert f"Continue: {sitting.quiz.title}" in words(page)
    assert f'href="{sitting.get_absolute_url()}"' in page.content.decode()


def test_past_papers_say_their_results_in_words(client: Client) -> None:
    member = MemberFactory()
    passed = SittingFactory(member=member, passed=True)
    failed = SittingFactory(member=member, right=1, submitted=True)
    SittingFactory(member=member, quiz=failed.quiz, failed=True)
    page = open_page(client, member)
    assert "Passed: 3 of 3" in words(page)
    assert "Not passed yet: 1 of 3, 80% needed" in words(page)
    assert f"{failed.quiz.title}, attempt 2" in words(page)
    assert reverse("quizzes:result", args=[passed.pk]) in page.content.decode()


def test_a_paper_that_waits_for_a_marker_has_no_result_yet(client: Client) -> None:
    sitting = SittingFactory(right=0, submitted=True)
    sitting.marked_at = sitting.score = sitting.max_score = sitting.passed = None
    sitting.save()
    page = words(open_page(client, sitting.member))
    assert "Somebody is marking it" in page
    assert "topic by topic" not in page


def test_topics_stand_below_what_they_are_part_of(client: Client) -> None:
    safety = CategoryFactory(title="Online safety")
    images = CategoryFactory(title="Images", parent=safety)
    law = CategoryFactory(title="Law")
    quiz = quiz_about(safety, images, images, law, order=Quiz.Order.WRITTEN)
    sitting = SittingFactory(quiz=quiz, right=2, submitted=True)
    assert shares(sitting.member) == {
        "Law": "0% of 1 question",
        "Online safety": "66% of 3 questions",
        "Online safety: Images": "50% of 2 questions",
    }
    page = words(open_page(client, sitting.member))
    assert page.index("Online safety") < page.index("Online safety: Images")
    assert "66% of 3 questions" in page


def test_points_count_and_several_papers_add_up() -> None:
    topic = CategoryFactory(title="Law")
    heavy, light = QuestionFactory(category=topic, points=10), QuestionFactory(category=topic)
    quiz = QuizFactory(questions=[heavy, light], order=Quiz.Order.WRITTEN)
    member = SittingFactory(quiz=quiz, right=1, submitted=True).member
    assert shares(member) == {"Law": "90% of 2 questions"}
    SittingFactory(quiz=quiz, member=member, failed=True)
    assert shares(member) == {"Law": "45% of 4 questions"}


@pytest.mark.parametrize("told", [Quiz.Shows.MARKS, Quiz.Shows.AFTER_PASS, Quiz.Shows.SCORE])
def test_a_quiz_that_tells_only_the_score_is_left_out(told: str) -> None:
    sitting = SittingFactory(quiz=QuizFactory(shows=told, questions=1), failed=True)
    assert bool(shares(sitting.member)) == (told != Quiz.Shows.SCORE)


def test_an_open_paper_counts_for_nothing_yet() -> None:
    assert shares(SittingFactory(right=3).member) == {}


def test_nothing_of_anybody_else(client: Client) -> None:
    other = SittingFactory(passed=True)
    going = SittingFactory()
    page = words(open_page(client, MemberFactory(administrator=True)))
    assert other.quiz.title not in page
    assert going.quiz.title not in page
    assert "Nothing yet." in page


def test_costs_the_same_whoever_else_is_there(client: Client) -> None:
    sitting = SittingFactory(passed=True)
    SittingFactory(member=sitting.member)
    open_page(client, sitting.member)  # the very first page makes the organisation's row

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    before = cost()
    for state in ({"right": 1}, {"passed": True}, {"failed": True}):
        SittingFactory(quiz=sitting.quiz, **state)
        SittingFactory(member=sitting.member, **state)
    assert cost() == before
    # session, user, open, past and how many, topics, what courses keep from whom, and the frame's:
    # organisation, posts held
    assert before <= 10


def test_many_papers_have_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzes.mine.PAPERS_ON_A_PAGE", 1)
    first = SittingFactory(passed=True)
    second = SittingFactory(member=first.member, passed=True)
    assert first.quiz.title not in words(open_page(client, first.member))
    assert first.quiz.title in words(open_page(client, first.member, f"{PAGE}?page=2"))
    assert second.quiz.title in words(open_page(client, first.member, f"{PAGE}?page=nonsense"))


def test_my_training_leads_here(client: Client) -> None:
    page = open_page(client, MemberFactory(), reverse("my_training"))
    assert f'href="{PAGE}"' in page.content.decode()


def test_lists_what_may_be_practised_topic_by_topic(client: Client) -> None:
    safety = CategoryFactory(title="Online safety")
    topics = [None, CategoryFactory(title="Images", parent=safety), safety, CategoryFactory()]
    quizzes = [QuizFactory(category=topic, allows_practice=True) for topic in topics]
    other = QuizFactory()
    page = words(open_page(client, MemberFactory()))
    assert other.title not in page
    parts = ["Online safety", "Online safety: Images", topics[3].title, "Other topics"]
    found = [page.index(f" {part} ", page.index("Practise")) for part in parts]
    assert found == sorted(found)
    link = reverse("quizzes:practice", args=[quizzes[0].slug])
    assert f'href="{link}"' in open_page(client, MemberFactory()).content.decode()
