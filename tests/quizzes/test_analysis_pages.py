"""The figures in the administration."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.actions import publish_question
from tests.members.factories import MemberFactory
from tests.quizzes.analysed import a_quiz, questions_of, sit, strong_and_weak
from tests.quizzes.factories import QuizFactory
from tests.quizzes.reading import words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from quizzes.models import Question, Quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    """An author, who may see nobody's sitting."""
    client.force_login(an_editor("change_question"))
    return client


def an_editor(*may: str) -> object:
    member, group = MemberFactory(), Group.objects.create(name="+".join(may) or "nothing")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *may]))
    member.groups.add(group)
    return member


def of_quiz(client: Client, quiz: Quiz, query: str = "") -> HttpResponse:
    return client.get(reverse("quiz_analysis_quiz", args=[quiz.pk]) + query)


def of_question(client: Client, question: Question, quiz: Quiz) -> str:
    return words(client.get(reverse("quiz_analysis_asked", args=[quiz.pk, question.pk])))


def test_a_quiz_says_how_it_and_its_questions_do(author: Client) -> None:
    quiz = a_quiz()
    strong_and_weak(quiz, 50, odd=0)
    said = words(of_quiz(author, quiz))
    for part in ("All 50 first attempts", "Passed 50%", "Mean score 63%", "Cronbach's alpha: 0."):
        assert part in said
    assert "⚑" not in said
    assert "Almost everyone gets this right" in said
    assert "clearly (1.00)" in said
    assert f"{quiz.title}" in words(author.get(reverse("quiz_analysis")))


def test_below_twenty_a_sentence_and_no_figure(author: Client) -> None:
    quiz = a_quiz()
    strong_and_weak(quiz, 19)
    said = words(of_quiz(author, quiz))
    assert "So far 19 first attempts at this quiz are marked." in said
    assert "%" not in said.split("So far")[1].split("chance")[0]
    assert "Mean score" not in said
    assert "From 20 answers on" in of_question(author, questions_of(quiz)[0], quiz)
    file = author.get(reverse("quiz_analysis_export", args=[quiz.pk]))
    assert len(file.content.decode("utf-8-sig").splitlines()) == 1


def test_what_nobody_was_asked(author: Client) -> None:
    quiz = QuizFactory()
    assert "Nobody's first attempt" in words(of_quiz(author, quiz))
    assert "Nobody has been asked this" in of_question(author, questions_of(quiz)[0], quiz)


def test_a_question_asked_too_seldom_has_no_figure_among_others(author: Client) -> None:
    quiz = a_quiz(2)
    strong_and_weak(quiz, 24)
    question = questions_of(quiz)[1]
    for answer in question.answers.all()[:5]:
        answer.delete()
    assert "Fewer than 20 answers: no figure" in words(of_quiz(author, quiz))


def test_a_question_shows_who_chose_what(author: Client) -> None:
    quiz = a_quiz()
    sit(quiz, [[0, 0, 0, 0]] * 30 + [[1, 1, 1, 1]] * 28 + [[2, 1, 1, 1]] * 2)
    said = of_question(author, questions_of(quiz)[0], quiz)
    assert "Telling the safeguarding lead right 30 100% 50% 0%" in said
    assert "Waiting a week 28 0%" in said
    assert "Asking around fewer than 3 Not shown by thirds" in said
    assert "Keeping quiet 0 0% 0% 0%" in said
    assert "Nobody ever chooses “Keeping quiet”" in said


def test_a_question_of_several_versions_says_so(author: Client) -> None:
    quiz = a_quiz()
    strong_and_weak(quiz, 20)
    question = questions_of(quiz)[0]
    question.stem = "Put better?"
    publish_question(question=question, by=None)
    strong_and_weak(quiz, 10)
    said = of_question(author, question, quiz)
    assert "2 versions of it were asked." in said
    assert "Put better?" not in said
    everywhere = author.get(reverse("quiz_analysis_question", args=[question.pk]))
    assert "Asked in 30 first attempts, in all quizzes" in words(everywhere)


def test_the_list_has_orders(author: Client) -> None:
    quiz = a_quiz(3)
    sit(quiz, [[0, 0, 1]] * 12 + [[0, 1, 1]] * 12)
    names = [question.reference for question in questions_of(quiz)]
    for order, first in (("hardest", names[2]), ("easiest", names[0]), ("nonsense", names[2])):
        said = words(of_quiz(author, quiz, f"?order={order}")).split("Questions of this quiz")[1]
        assert min(names, key=said.index) == first


def test_the_file_holds_every_option_and_no_formula(author: Client) -> None:
    quiz = a_quiz(2)
    question = questions_of(quiz)[0]
    question.stem = '=HYPERLINK("https://example.org")'
    publish_question(question=question, by=None)
    strong_and_weak(quiz, 30)
    response = author.get(reverse("quiz_analysis_export", args=[quiz.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="questions-{quiz.slug}.csv"'
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    assert len(rows) == 1 + 2 * (1 + 4 + 1)
    asked = next(row for row in rows if row[0] == question.reference)
    assert asked[1].startswith("'=HYPERLINK")
    assert asked[3:6] == ["30", "50", "1.0"]


@pytest.mark.parametrize("may", [(), ("view_sitting",), ("change_quiz",)])
def test_who_writes_no_questions_finds_nothing(client: Client, may: tuple[str, ...]) -> None:
    quiz = a_quiz(1)
    client.force_login(an_editor(*may))
    question = questions_of(quiz)[0]
    for name, args in (
        ("quiz_analysis", []),
        ("quiz_analysis_quiz", [quiz.pk]),
        ("quiz_analysis_export", [quiz.pk]),
        ("quiz_analysis_asked", [quiz.pk, question.pk]),
        ("quiz_analysis_question", [question.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_what_is_not_there(author: Client) -> None:
    quiz = a_quiz(1)
    for name, args in (
        ("quiz_analysis_quiz", [0]),
        ("quiz_analysis_export", [0]),
        ("quiz_analysis_asked", [0, questions_of(quiz)[0].pk]),
        ("quiz_analysis_question", [0]),
    ):
        assert author.get(reverse(name, args=args)).status_code == 404


def test_the_lists_lead_to_the_figures(author: Client, client: Client) -> None:
    quiz = a_quiz(1)
    client.force_login(MemberFactory(administrator=True))
    for thing in (quiz, questions_of(quiz)[0]):
        page = client.get(reverse(thing.snippet_viewset.get_url_name("list")))
        assert "/cms/question-analysis/" in page.content.decode()


def test_pages_cost_the_same_for_more_people_and_questions(author: Client) -> None:
    small, large = a_quiz(2), a_quiz(6)
    strong_and_weak(small, 20)
    strong_and_weak(large, 60)
    for name, most in (("quiz_analysis_quiz", 7), ("quiz_analysis_export", 6)):
        costs = []
        for quiz in (small, small, large):  # the first page of all makes the organisation's row
            with CaptureQueriesContext(connection) as captured:
                author.get(reverse(name, args=[quiz.pk]))
            costs.append([q["sql"] for q in captured if "quizzes_" in q["sql"]])
        assert len(costs[1]) == len(costs[2]) <= most
