"""The session ends in the middle of a quiz: sign in, land where you were, the answer kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from members import kept
from quizzes.actions import settle_answer, submit_sitting
from quizzes.models import Sitting
from tests.members.factories import MemberFactory
from tests.quizzes.factories import SittingFactory, answer_it

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member
    from quizzes.models import Answer

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def sitting() -> Sitting:
    sitting = SittingFactory()
    sitting.member.set_password(PASSWORD)
    sitting.member.save()
    return sitting


@pytest.fixture
def answer(sitting: Sitting) -> Answer:
    return sitting.answers.get(position=2)


def address(sitting: Sitting) -> str:
    return reverse("quizzes:question", args=[sitting.pk, 2])


def post_signed_out(client: Client, answer: Answer, place: int = 1, query: str = "") -> str:
    """Post an answer without a session; return where one is sent."""
    response = client.post(
        address(answer.sitting) + query, {"question": answer.question_id, "choice": place}
    )
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")
    return str(response.url)


def sign_in(client: Client, at: str, member: Member) -> HttpResponse:
    """Sign in through the real sign-in page and follow where it leads."""
    return client.post(at, {"login": member.email, "password": PASSWORD}, follow=True)


def test_the_sign_in_page_says_that_nothing_is_lost(client: Client, answer: Answer) -> None:
    words = "what you have just entered is kept"
    assert words not in client.get("/accounts/login/").content.decode()
    door = post_signed_out(client, answer)
    assert words in client.get(door).content.decode()


def chosen(answer: Answer) -> list[int]:
    answer.refresh_from_db()
    return answer.asked.places(answer.chosen)


def test_the_answer_is_kept_through_signing_in(client: Client, answer: Answer) -> None:
    login = post_signed_out(client, answer, 1)
    response = sign_in(client, login, answer.sitting.member)
    assert response.redirect_chain[-1][0] == address(answer.sitting)
    assert "We kept your answer" in response.content.decode()
    assert chosen(answer) == [1]
    again = client.get(address(answer.sitting))
    assert "We kept your answer" not in again.content.decode()


def test_the_answer_is_kept_when_it_was_being_changed(client: Client, answer: Answer) -> None:
    login = post_signed_out(client, answer, 2, "?check")
    response = sign_in(client, login, answer.sitting.member)
    assert response.redirect_chain[-1][0] == f"{address(answer.sitting)}?check"
    assert chosen(answer) == [2]


def test_signing_in_by_an_emailed_code_keeps_it_too(
    client: Client, answer: Answer, mailoutbox: list
) -> None:
    login = post_signed_out(client, answer, 1)
    email = {"email": answer.sitting.member.email}
    request_code = login.replace("/accounts/login/", reverse("account_request_login_code"))
    ask_for_it = client.post(request_code, email)
    code = next(line for line in mailoutbox[0].body.splitlines() if is_code(line.strip()))
    confirm = client.post(ask_for_it.url, {"code": code.strip()}, follow=True)
    assert confirm.redirect_chain[-1][0] == address(answer.sitting)
    assert chosen(answer) == [1]


def is_code(line: str) -> bool:
    return line.replace("-", "").isalnum() and 6 <= len(line) <= 9 and line.upper() == line


def test_another_person_signing_in_on_this_device_gets_nothing(
    client: Client, answer: Answer
) -> None:
    login = post_signed_out(client, answer)
    other = MemberFactory()
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(client, login, other).status_code == 404
    assert kept.KEY not in client.session
    assert chosen(answer) == []


def test_what_is_kept_is_handed_over_at_its_own_address_only(
    client: Client, answer: Answer
) -> None:
    post_signed_out(client, answer)
    elsewhere = reverse("quizzes:question", args=[answer.sitting_id, 1])
    response = sign_in(client, f"/accounts/login/?next={elsewhere}", answer.sitting.member)
    assert "We kept your answer" not in response.content.decode()
    assert not answer.sitting.answers.exclude(answered_at=None).exists()


def test_what_is_kept_is_forgotten_after_an_hour(
    client: Client, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = post_signed_out(client, answer)
    monkeypatch.setattr(kept, "LONGEST", 0)
    sign_in(client, login, answer.sitting.member)
    assert chosen(answer) == []


def test_what_is_too_large_is_not_kept(client: Client, sitting: Sitting) -> None:
    client.post(address(sitting), {"question": 1, "choice": "1" * (kept.LARGEST + 1)})
    assert kept.KEY not in client.session


def test_a_visit_while_signed_out_keeps_nothing(client: Client, sitting: Sitting) -> None:
    client.get(address(sitting))
    assert kept.KEY not in client.session


@pytest.mark.parametrize("choice", ["9", "abc"])
def test_nonsense_is_not_saved(client: Client, answer: Answer, choice: str) -> None:
    login = post_signed_out(client, answer, choice)
    response = sign_in(client, login, answer.sitting.member)
    assert "We kept your answer" not in response.content.decode()
    assert chosen(answer) == []


def test_a_sitting_submitted_meanwhile_says_so(client: Client, answer: Answer) -> None:
    login = post_signed_out(client, answer)
    submit_sitting(sitting=answer.sitting, by=answer.sitting.member)
    response = sign_in(client, login, answer.sitting.member)
    assert "already submitted" in response.content.decode()
    assert chosen(answer) == []


def test_a_settled_answer_stays_as_it_was(client: Client, answer: Answer) -> None:
    login = post_signed_out(client, answer, 1)
    answer_it(answer)
    before = settle_answer(answer=answer, by=answer.sitting.member).chosen
    response = sign_in(client, login, answer.sitting.member)
    assert "We kept your answer" not in response.content.decode()
    answer.refresh_from_db()
    assert answer.chosen == before


def test_what_is_kept_comes_too_late_when_the_time_is_up(client: Client, answer: Answer) -> None:
    login = post_signed_out(client, answer)
    Sitting.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    response = sign_in(client, login, answer.sitting.member)
    assert "Your time was up" in response.content.decode()
    assert chosen(answer) == []
