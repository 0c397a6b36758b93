"""A quiz that says after each question whether it was right; the answer is fixed then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizzes.actions import submit_sitting
from quizzes.models import AssessmentSettings
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.kinds import answer_all, as_posted, question_of, right_answer
from tests.quizzes.reading import post, title, url, words

if TYPE_CHECKING:
    from django.test import Client

    from quizzes.models import Answer, Sitting

pytestmark = pytest.mark.django_db


def begun(client: Client, *, shows: str = "all", **facts: object) -> Sitting:
    facts = {"questions": 2, "order": "written", **facts}
    sitting = SittingFactory(quiz=QuizFactory(feedback_when="each", shows=shows, **facts))
    client.force_login(sitting.member)
    return sitting


def wrong_place(answer: Answer) -> int:
    return next(n for n, choice in enumerate(answer.asked.choices) if not choice.is_correct)


def test_an_answer_is_settled_and_shown_with_what_is_right(client: Client) -> None:
    sitting = begun(client)
    answer = sitting.answers.first()
    place = wrong_place(answer)
    response = post(client, answer, place)
    assert response.url == url(sitting, 1)
    page = client.get(response.url)
    text = words(page)
    assert title(page).startswith("✗ Not right: Question 1 of 2")
    assert answer.asked.choices[place].feedback in text
    assert f"Right answer {answer.right_words[0]}" in text
    assert answer.asked.explanation in text
    assert "error" not in page.content.decode()
    assert f'href="{url(sitting, 2)}"' in page.content.decode(), "Continue leads on"


def test_a_settled_answer_does_not_change(client: Client) -> None:
    sitting = begun(client)
    answer = sitting.answers.first()
    place = wrong_place(answer)
    post(client, answer, place)
    right = answer.asked.places(answer.asked.right)
    assert post(client, answer, *right).url == url(sitting, 1)
    answer.refresh_from_db()
    assert answer.asked.places(answer.chosen) == [place]
    assert "<form" not in client.get(url(sitting)).content.decode().split("<main")[1]
    check = client.get(url(sitting, name="check"))
    assert "Change" not in words(check)
    assert "Look again at your answer to question 1" in words(check)
    page = client.get(f"{url(sitting)}?check").content.decode()
    assert f'href="{url(sitting, name="check")}"' in page


def test_an_empty_answer_can_be_come_back_to(client: Client) -> None:
    sitting = begun(client)
    answer = sitting.answers.first()
    assert "leave it empty" in words(client.get(url(sitting)))
    assert post(client, answer).url == url(sitting, 2)
    assert "Answer this" in words(client.get(url(sitting, name="check")))
    assert "<form" in client.get(url(sitting)).content.decode().split("<main")[1]


def test_come_back_later_settles_nothing(client: Client) -> None:
    sitting = begun(client)
    assert post(client, sitting.answers.first(), 0, later="yes").url == "/"
    assert sitting.answers.first().chosen
    assert not sitting.answers.exclude(settled_at=None).exists()


@pytest.mark.parametrize("shows", ["after_pass", "marks"])
def test_right_or_not_is_told_without_the_right_answer(client: Client, shows: str) -> None:
    sitting = begun(client, shows=shows)
    answer = sitting.answers.first()
    text = words(client.get(post(client, answer, wrong_place(answer)).url))
    assert "✗ Not right" in text
    assert "Right answer" not in text
    assert answer.asked.explanation not in text
    assert not any(choice.feedback in text for choice in answer.asked.choices)


def test_a_quiz_that_shows_only_the_score_goes_straight_on(client: Client) -> None:
    sitting = begun(client, shows="score")
    assert post(client, sitting.answers.first(), 0).url == url(sitting, 2)
    assert not sitting.answers.exclude(settled_at=None).exists()


def test_an_essay_waits_for_its_marker(client: Client) -> None:
    AssessmentSettings.objects.create(essays_allowed=True)
    sitting = begun(client, questions=[question_of("essay"), QuestionFactory()])
    answer = sitting.answers.first()
    data = as_posted(answer, **right_answer(answer))
    assert client.post(url(sitting), data).url == url(sitting, 2)
    assert not sitting.answers.exclude(settled_at=None).exists()


def test_part_marks_are_told_in_points(client: Client) -> None:
    pairs = question_of("matching", is_partial=True, points=3)
    sitting = begun(client, questions=[pairs])
    answer = sitting.answers.get()
    half = right_answer(answer)["chosen"][:1]
    page = client.get(client.post(url(sitting), as_posted(answer, chosen=half)).url)
    assert "½ Partly right 1.5 of 3 points" in words(page)


def test_the_result_shows_the_same(client: Client) -> None:
    sitting = begun(client)
    answer_all(sitting.answers.all())
    submit_sitting(sitting=sitting, by=sitting.member)
    assert words(client.get(url(sitting, name="result"))).count("✓ Right") == 2
