"""Nobody else's sitting can be opened, and titles stay neutral."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizzes.actions import submit_sitting
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.reading import post, result, title, url, words

if TYPE_CHECKING:
    from django.test import Client

    from quizzes.models import Sitting

pytestmark = pytest.mark.django_db

PAGES = ("resume", "check", "result")


def every_page(sitting: Sitting) -> list[str]:
    return [url(sitting), *(url(sitting, name=name) for name in PAGES)]


@pytest.mark.parametrize("trait", ["plain", "administrator"])
@pytest.mark.parametrize("state", [{}, {"passed": True}])
def test_another_persons_sitting_does_not_exist(
    client: Client, trait: str, state: dict[str, bool]
) -> None:
    sitting = SittingFactory(**state)
    client.force_login(MemberFactory(administrator=trait == "administrator"))
    for page in every_page(sitting):
        assert client.get(page).status_code == 404
    assert post(client, sitting.answers.first(), 0).status_code == 404
    assert client.post(url(sitting, name="check")).status_code == 404
    assert sitting.answers.unanswered().count() == (0 if state else 3)


def test_signed_out_people_are_asked_to_sign_in(client: Client) -> None:
    for page in every_page(SittingFactory()):
        response = client.get(page)
        assert response.status_code == 302
        assert response.url.startswith(f"/accounts/login/?next={page}")


@pytest.mark.parametrize("told_at_once", [False, True])
def test_while_a_question_is_asked_again_no_page_tells_its_answer(
    client: Client, told_at_once: bool
) -> None:
    asked = QuestionFactory(explanation="Because the lead knows.")
    when = "each" if told_at_once else "end"
    first = SittingFactory(quiz=QuizFactory(questions=[asked, QuestionFactory()]))
    client.force_login(first.member)
    second = SittingFactory(
        quiz=QuizFactory(questions=[asked], feedback_when=when), member=first.member
    )
    SittingFactory(quiz=first.quiz)  # somebody else is asked it too
    post(client, second.answers.get(), 0)
    if not told_at_once:
        submit_sitting(sitting=second, by=second.member)
    page = url(second) if told_at_once else url(second, name="result")
    secret = words(client.get(page))
    assert "You are being asked this question again" in secret
    assert all(word not in secret for word in ("Because the lead knows", "Right", "✗", "About "))
    submit_sitting(sitting=first, by=first.member)
    told = words(client.get(page))
    assert "Because the lead knows" in told
    assert "being asked this question" not in told


def test_sensitive__the_exit_is_there_and_titles_are_neutral(client: Client) -> None:
    sitting = SittingFactory(quiz=QuizFactory(sensitive=True, title="After an assault"))
    client.force_login(sitting.member)
    open_pages = [client.get(url(sitting)), client.get(url(sitting, name="check"))]
    submit_sitting(sitting=sitting, by=sitting.member)
    for response in [*open_pages, result(client, sitting), client.get(url(sitting))]:
        assert "assault" not in title(response)
        assert "Exit this page" in words(response)
        assert "no-store" in response["Cache-Control"]
