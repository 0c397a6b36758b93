"""Nobody else's sitting can be opened, and titles stay neutral."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizzes.actions import submit_sitting
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuizFactory, SittingFactory
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


def test_sensitive__the_exit_is_there_and_titles_are_neutral(client: Client) -> None:
    sitting = SittingFactory(quiz=QuizFactory(sensitive=True, title="After an assault"))
    client.force_login(sitting.member)
    open_pages = [client.get(url(sitting)), client.get(url(sitting, name="check"))]
    submit_sitting(sitting=sitting, by=sitting.member)
    for response in [*open_pages, result(client, sitting), client.get(url(sitting))]:
        assert "assault" not in title(response)
        assert "Exit this page" in words(response)
        assert "no-store" in response["Cache-Control"]
