"""A sitting in the browser: one question a page, kept at every step, for one pair of eyes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from quizzes.actions import submit_sitting
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory, answer_it

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from quizzes.models import Answer, Sitting

pytestmark = pytest.mark.django_db

PAGES = ("resume", "check", "result")


@pytest.fixture
def sitting(client: Client) -> Sitting:
    """A sitting just begun, its person signed in."""
    sitting = SittingFactory(return_to="/courses/one/")
    client.force_login(sitting.member)
    return sitting


def url(sitting: Sitting, position: int = 1, *, name: str = "question") -> str:
    return reverse(
        f"quizzes:{name}", args=[sitting.pk, *([position] if name == "question" else [])]
    )


def post(client: Client, answer: Answer, *places: int, to: str = "", **more: str) -> HttpResponse:
    data = {"question": answer.question_id, "choice": list(places), **more}
    return client.post(to or url(answer.sitting, answer.position), data)


def words(response: HttpResponse) -> str:
    """The page as one line of text, as people read it."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def title(response: HttpResponse) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)
    assert found
    return found[1].strip()


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


# --- The result ----------------------------------------------------------------------------------
def result(client: Client, sitting: Sitting) -> HttpResponse:
    client.force_login(sitting.member)
    return client.get(url(sitting, name="result"))


def test_result__of_a_pass(client: Client) -> None:
    quiz = QuizFactory(questions=5, pass_text="Thank you for your time.")
    sitting = SittingFactory(quiz=quiz, right=4, submitted=True)
    response = result(client, sitting)
    assert title(response).startswith("You passed")
    text = words(response)
    assert "4 of 5" in text
    assert "Thank you for your time." in text
    assert (text.count("✓ Right"), text.count("✗ Not right")) == (4, 1)
    for answer in sitting.answers.all():
        assert answer.asked.explanation in text
        assert answer.picked[0].feedback in text


def test_result__of_not_passing_is_calm_and_says_what_next(client: Client) -> None:
    quiz = QuizFactory(questions=5, fail_text="Take your time.", attempts_allowed=3)
    response = result(client, SittingFactory(quiz=quiz, right=3, submitted=True))
    text = words(response)
    assert "You have not passed yet" in text
    assert "You got 3 of 5. You need 4." in text
    assert "Take your time." in text
    assert "You have 2 attempts left." in text
    assert "govuk-panel" not in response.content.decode()
    assert "error" not in response.content.decode()


def test_result__says_when_to_try_again(client: Client) -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(cooling_off_hours=24))
    assert "You can try again from" in words(result(client, sitting))


def test_result__says_when_all_attempts_are_used(client: Client) -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(attempts_allowed=1))
    assert "find another way" in words(result(client, sitting))


def test_result__shows_the_words_that_were_asked(client: Client) -> None:
    question = QuestionFactory(stem="Old words?")
    sitting = SittingFactory(failed=True, quiz=QuizFactory(questions=[question]))
    question.stem = "New words?"
    question.save_revision().publish()
    assert "Old words?" in words(result(client, sitting))


# --- Who may see what ----------------------------------------------------------------------------
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


def test_the_key_is_in_no_response_before_submission(client: Client) -> None:
    question = QuestionFactory(
        multiple=True, right=["Option one", "Option two"], explanation="CANARY explanation"
    )
    for option in question.options.all():
        option.feedback = f"CANARY {option.is_correct}"
        option.save()
    question.refresh_from_db()
    question.save_revision().publish()
    sitting = SittingFactory(quiz=QuizFactory(questions=[question, QuestionFactory()]))
    client.force_login(sitting.member)
    answer = sitting.answers.get(question=question)
    responses = [
        client.get(url(sitting, 1)),
        client.get(url(sitting, 2)),
        post(client, answer, "nonsense"),
        post(client, answer, 0, to=url(sitting, 3 - answer.position)),
        post(client, answer, 0, 1),
        client.get(url(sitting, answer.position)),
        client.get(url(sitting, name="check")),
        client.get(url(sitting, name="resume")),
        client.get(url(sitting, name="result")),
    ]
    for response in responses:
        page = response.content.decode() + str(response.headers)
        assert "CANARY" not in page
        assert "correct" not in page.lower()
        assert not any(key in page for key in answer.option_order)
    assert "CANARY explanation" in words(client.post(url(sitting, name="check"), follow=True)), (
        "after submission it is there, so the canary was worth looking for"
    )
