"""A quiz with a time limit: it says until when, and what was saved in time counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from quizzes import views
from quizzes.actions import close_if_over, save_answer
from quizzes.attempts import chances
from quizzes.models import Adjustment, Sitting
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuizFactory, SittingFactory, answer_it
from tests.quizzes.reading import post, url, words

if TYPE_CHECKING:
    from typing import Any

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(client: Client) -> Sitting:
    """A sitting with a time limit, its first answer saved."""
    sitting = SittingFactory(quiz=QuizFactory(questions=3, time_limit_minutes=30, pass_mark=30))
    client.force_login(sitting.member)
    answer_it(sitting.answers.first())
    return sitting


def let_time_pass() -> None:
    Sitting.objects.update(closes_at=timezone.now() - timedelta(minutes=1))


def test_start__says_the_minutes_with_extra_time() -> None:
    quiz, member = QuizFactory(time_limit_minutes=30), MemberFactory()
    context = {"quiz": quiz, "chances": chances(quiz=quiz, member=member)}
    text = render_to_string("quizzes/start_facts.html", context)
    assert "You have 30 minutes from when you start." in text
    assert "no time limit" not in text
    Adjustment.objects.create(
        member=member, quiz=quiz, extra_time=25, recorded_by=member, recorded_at=timezone.now()
    )
    context = {"quiz": quiz, "chances": chances(quiz=quiz, member=member)}
    text = render_to_string("quizzes/start_facts.html", context)
    assert "You have 38 minutes from when you start, with your extra time." in text


@pytest.mark.parametrize("name", ["question", "check"])
def test_every_page_says_until_when(client: Client, sitting: Sitting, name: str) -> None:
    assert "You have until" in words(client.get(url(sitting, name=name)))


def test_without_a_limit_no_page_speaks_of_time(client: Client) -> None:
    sitting = SittingFactory()
    client.force_login(sitting.member)
    assert "You have until" not in words(client.get(url(sitting)))


@pytest.mark.parametrize("name", ["question", "check", "resume"])
def test_time_is_up__whatever_is_opened_leads_to_the_result(
    client: Client, sitting: Sitting, name: str
) -> None:
    let_time_pass()
    response = client.get(url(sitting, name=name), follow=True)
    assert response.redirect_chain[-1][0] == url(sitting, name="result")
    text = words(response)
    assert "Your time was up at" in text
    assert "You passed" in text, "what was saved in time counts"


def test_time_is_up__an_answer_too_late_is_not_kept_and_the_page_says_so(
    client: Client, sitting: Sitting
) -> None:
    let_time_pass()
    response = client.post(
        url(sitting, 2),
        {"question": sitting.answers.get(position=2).question_id, "choice": "0"},
        follow=True,
    )
    assert response.redirect_chain[-1][0] == url(sitting, name="result")
    assert "Your time was up before you sent this answer" in words(response)
    assert sitting.answers.unanswered().count() == 2


def test_time_is_up__while_the_answer_was_on_its_way(
    client: Client, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(**answer: Any) -> None:
        let_time_pass()
        save_answer(**answer)

    monkeypatch.setattr(views, "save_answer", late)
    response = post(client, sitting.answers.get(position=2), 0)
    assert response.url == url(sitting, name="result")
    sitting.refresh_from_db()
    assert (sitting.is_timed_out, sitting.score) == (True, 100)


def test_time_is_up__submitting_is_no_fault(client: Client, sitting: Sitting) -> None:
    let_time_pass()
    response = client.post(url(sitting, name="check"), follow=True)
    assert "Your time was up at" in words(response)


def test_another_person_closes_nothing(client: Client, sitting: Sitting) -> None:
    let_time_pass()
    client.force_login(MemberFactory())
    assert client.get(url(sitting)).status_code == 404
    sitting.refresh_from_db()
    assert sitting.is_open


def test_the_wait_begins_when_the_time_was_up_whenever_that_was_noticed() -> None:
    quiz = QuizFactory(cooling_off_hours=24, time_limit_minutes=30)
    sitting = SittingFactory(quiz=quiz)
    over = timezone.now() - timedelta(hours=23)
    Sitting.objects.update(started_at=over - timedelta(minutes=30), closes_at=over)
    close_if_over(Sitting.objects.with_clock().get())
    wait = chances(quiz=quiz, member=sitting.member)
    assert wait.try_again_at == over + timedelta(hours=24)
    Sitting.objects.update(closes_at=over - timedelta(hours=1))
    assert chances(quiz=quiz, member=sitting.member).may_start
