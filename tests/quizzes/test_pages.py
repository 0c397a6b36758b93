"""A sitting in the browser: one question a page, kept at every step, for one pair of eyes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from quizzes.actions import submit_sitting
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory, answer_it
from tests.quizzes.reading import post, title, url, words

if TYPE_CHECKING:
    from django.test import Client

    from quizzes.models import Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(client: Client) -> Sitting:
    """A sitting just begun, its person signed in."""
    sitting = SittingFactory(return_to="/courses/one/")
    client.force_login(sitting.member)
    return sitting


# --- The question page ---------------------------------------------------------------------------
def test_question__is_asked_by_itself_with_its_number(client: Client, sitting: Sitting) -> None:
    response = client.get(url(sitting, 2))
    answer = sitting.answers.get(position=2)
    page = response.content.decode()
    assert "Question 2 of 3" in words(response)
    assert title(response).startswith(f"Question 2 of 3 - {sitting.quiz.title}")
    assert f'<h1 class="govuk-fieldset__heading">{answer.asked.stem}</h1>' in page
    assert "Select one" in page
    assert page.count('type="radio"') == 4
    assert "required" not in page


def test_question__several_right_answers_are_checkboxes(client: Client) -> None:
    sitting = SittingFactory(quiz=QuizFactory(questions=[QuestionFactory(multiple=True)]))
    client.force_login(sitting.member)
    answer = sitting.answers.get()
    page = client.get(url(sitting)).content.decode()
    assert "Select all that apply" in page
    assert page.count('type="checkbox"') == 5
    post(client, answer, 0, 3)
    answer.refresh_from_db()
    assert answer.chosen == [answer.option_order[0], answer.option_order[3]]
    assert client.get(url(sitting)).content.decode().count("checked") == 2


def test_answer__is_kept_and_the_next_question_asked(client: Client, sitting: Sitting) -> None:
    answer = sitting.answers.first()
    response = post(client, answer, 2)
    assert response.url == url(sitting, 2)
    answer.refresh_from_db()
    assert answer.chosen == [answer.option_order[2]]
    assert re.search(r'value="2"[^>]*checked', client.get(url(sitting)).content.decode())


def test_answer__twice_answers_one_question(client: Client, sitting: Sitting) -> None:
    first, second, _ = sitting.answers.all()
    for _ in range(2):
        assert post(client, first, 1).url == url(sitting, 2)
    second.refresh_from_db()
    assert second.chosen == []


def test_answer__meant_for_another_question_is_refused(client: Client, sitting: Sitting) -> None:
    first = sitting.answers.first()
    response = post(client, first, 1, to=url(sitting, 2))
    assert response.status_code == 409
    assert "nothing was changed" in words(response)
    assert sitting.answers.unanswered().count() == 3


@pytest.mark.parametrize("choice", ["9", "-1", "abc", "key"])
def test_answer__that_is_no_option_is_explained(
    client: Client, sitting: Sitting, choice: str
) -> None:
    answer = sitting.answers.first()
    response = post(client, answer, choice)
    assert response.status_code == 200
    assert title(response).startswith("Error:")
    assert "Select one of the answers below" in words(response)
    assert sitting.answers.unanswered().count() == 3


@pytest.mark.parametrize("question", ["", "abc", "0", "999999999999999999999"])
def test_answer__that_names_no_question_is_refused(
    client: Client, sitting: Sitting, question: str
) -> None:
    response = client.post(url(sitting), {"question": question, "choice": "1"})
    assert response.status_code == 409
    assert sitting.answers.unanswered().count() == 3


def test_answer__may_be_left_out(client: Client, sitting: Sitting) -> None:
    assert post(client, sitting.answers.first()).url == url(sitting, 2)


def test_answer__to_the_last_question_leads_to_all_answers(
    client: Client, sitting: Sitting
) -> None:
    assert post(client, sitting.answers.last(), 0).url == url(sitting, name="check")


def test_change__leads_back_to_all_answers(client: Client, sitting: Sitting) -> None:
    change = f"{url(sitting, 1)}?check"
    assert change in client.get(url(sitting, name="check")).content.decode()
    assert url(sitting, name="check") in client.get(change).content.decode()
    assert post(client, sitting.answers.first(), 0, to=change).url == url(sitting, name="check")


def test_come_back_later__keeps_the_answer_and_leads_away(client: Client, sitting: Sitting) -> None:
    response = post(client, sitting.answers.first(), 0, later="yes")
    assert response.url == "/courses/one/"
    assert client.get(url(sitting, name="resume")).url == url(sitting, 2)


def test_come_back_later__never_leads_to_another_site(client: Client) -> None:
    sitting = SittingFactory(return_to="https://evil.example/")
    client.force_login(sitting.member)
    assert post(client, sitting.answers.first(), 0, later="yes").url == "/"


def test_resume__leads_to_where_the_person_left_off(client: Client, sitting: Sitting) -> None:
    resume = sitting.get_absolute_url()
    assert client.get(resume).url == url(sitting, 1)
    for answer in sitting.answers.all():
        answer_it(answer)
    assert client.get(resume).url == url(sitting, name="check")
    submit_sitting(sitting=sitting, by=sitting.member)
    assert client.get(resume).url == url(sitting, name="result")


def test_position_outside_the_paper_does_not_exist(client: Client, sitting: Sitting) -> None:
    assert client.get(url(sitting, 0)).status_code == 404
    assert client.get(url(sitting, 4)).status_code == 404


# --- Check your answers --------------------------------------------------------------------------
def test_check__shows_every_answer_and_what_is_not_answered(
    client: Client, sitting: Sitting
) -> None:
    answer = answer_it(sitting.answers.first())
    text = words(client.get(url(sitting, name="check")))
    assert answer.picked[0].text in text
    assert text.count("Not answered") == 2
    assert "2 questions are not answered" in text


def test_submit__leads_to_the_result_however_often(client: Client, sitting: Sitting) -> None:
    for _ in range(2):
        assert client.post(url(sitting, name="check")).url == url(sitting, name="result")
    assert client.get(url(sitting, name="result")).status_code == 200


def test_looking_at_all_answers_submits_nothing(client: Client, sitting: Sitting) -> None:
    client.get(url(sitting, name="check"))
    sitting.refresh_from_db()
    assert sitting.is_open
    assert client.get(url(sitting, name="result")).url == url(sitting, name="check")


@pytest.mark.parametrize("name", ["question", "check"])
def test_submitted_in_another_tab__the_page_says_so(
    client: Client, sitting: Sitting, name: str
) -> None:
    submit_sitting(sitting=sitting, by=sitting.member)
    response = client.get(url(sitting, name=name))
    assert "already submitted" in words(response)
    assert url(sitting, name="result") in response.content.decode()


def test_submitted_in_another_tab__an_answer_changes_nothing(
    client: Client, sitting: Sitting
) -> None:
    submit_sitting(sitting=sitting, by=sitting.member)
    response = post(client, sitting.answers.first(), 0)
    assert response.status_code == 409
    assert "already submitted" in words(response)
    assert sitting.answers.unanswered().count() == 3
