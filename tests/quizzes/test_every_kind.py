"""Every type of question on its pages: asked, answered, checked, submitted, shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.images.tests.utils import get_test_image_file

from quizzes.actions import save_answer, submit_sitting
from quizzes.models import AssessmentSettings
from tests.quizzes.factories import QuizFactory, SittingFactory
from tests.quizzes.kinds import ASKED, answer_all, as_posted, question_of, right_answer
from tests.quizzes.reading import result, title, url, words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from quizzes.models import Answer, Question, Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _essays_are_allowed() -> None:
    AssessmentSettings.objects.create(essays_allowed=True)


def sitting_of(client: Client, *questions: Question, **quiz: object) -> Sitting:
    """A sitting of these questions, in this order, its person signed in."""
    sitting = SittingFactory(quiz=QuizFactory(questions=questions, order="written", **quiz))
    client.force_login(sitting.member)
    return sitting


def send(client: Client, answer: Answer, **given: object) -> HttpResponse:
    return client.post(url(answer.sitting, answer.position), as_posted(answer, **given))


@pytest.mark.parametrize("kind", ASKED)
def test_a_right_answer_goes_all_the_way(client: Client, kind: str) -> None:
    sitting = sitting_of(client, question_of(kind))
    answer = sitting.answers.get()
    page = client.get(url(sitting))
    assert page.content.decode().count("<h1") == 1
    assert f"What about {kind}?" in words(page)
    assert send(client, answer, **right_answer(answer)).url == url(sitting, name="check")
    answer = sitting.answers.with_words().get()
    check = words(client.get(url(sitting, name="check")))
    again = client.get(url(sitting)).content.decode()
    for line in answer.given:
        assert line in check
        assert "selected" in again or "checked" in again or line in again
    text = words(client.post(url(sitting, name="check"), follow=True))
    assert ("We are marking your written answers" if kind == "essay" else "✓ Right") in text
    sitting.refresh_from_db()
    assert sitting.passed is (None if kind == "essay" else True)


@pytest.mark.parametrize("kind", ["matching", "ordering", "numeric", "short_text"])
def test_a_wrong_answer_meets_its_feedback_and_the_right_one(client: Client, kind: str) -> None:
    sitting = sitting_of(client, question_of(kind))
    answer_all(sitting.answers.all(), rightly=False)
    submit_sitting(sitting=sitting, by=sitting.member)
    text = words(result(client, sitting))
    asked = sitting.answers.get().asked
    assert "✗ Not right" in text
    assert f"Feedback {kind} 1" in text
    assert all(line in text for line in asked.right_words)


def test_matching__part_of_it_may_wait(client: Client) -> None:
    sitting = sitting_of(client, question_of("matching"))
    answer = sitting.answers.get()
    half = right_answer(answer)["chosen"][:1]
    send(client, answer, chosen=half)
    answer.refresh_from_db()
    assert answer.chosen == half


def test_ordering__in_part_is_asked_for_again_and_nothing_is_lost(client: Client) -> None:
    sitting = sitting_of(client, question_of("ordering"))
    answer = sitting.answers.get()
    response = client.post(
        url(sitting), {"question": answer.question_id, "place-0": "1", "place-1": "1"}
    )
    assert title(response).startswith("Error:")
    assert "2 is there twice" in words(response)
    assert 'href="#id_place-1"' in response.content.decode()
    assert response.content.decode().count("selected") == 3
    assert sitting.answers.unanswered().exists()


def test_essay__says_who_reads_it_and_where_to_turn(client: Client) -> None:
    sitting = sitting_of(client, question_of("essay"))
    page = client.get(url(sitting))
    text = words(page)
    assert "One trained marker reads what you write here, and nobody else" in text
    assert "deleted 90 days after it is marked" in text
    assert "This is no way to report anything" in text
    assert 'href="/support/"' in page.content.decode()
    assert "Exit this page" in text


def test_essay__keeps_its_lines_and_can_be_emptied(client: Client) -> None:
    sitting = sitting_of(client, question_of("essay"))
    answer = sitting.answers.get()
    send(client, answer, typed="One <b>line</b>\r\n\r\nand another")
    page = client.get(url(sitting, name="check")).content.decode()
    assert '<p class="govuk-body">One &lt;b&gt;line&lt;/b&gt;</p>' in page
    assert '<p class="govuk-body">and another</p>' in page
    send(client, answer, typed="")
    assert "1 question is not answered" in words(client.get(url(sitting, name="check")))


def test_short_text__says_that_it_is_no_way_to_report(client: Client) -> None:
    sitting = sitting_of(client, question_of("short_text"))
    page = client.get(url(sitting))
    assert "Nobody reads what you write here" in words(page)
    assert 'href="/support/"' in page.content.decode()


def test_scenario__tells_its_story_step_by_step(client: Client) -> None:
    sitting = sitting_of(client, question_of("single"), question_of("scenario"))
    first, second = (client.get(url(sitting, position)) for position in (2, 3))
    assert title(first).startswith("Question 2 of 2, part 1 of 2")
    assert "Question 2 of 2, part 2 of 2" in words(second)
    assert "Sam comes to the meeting" in words(first)
    assert "The next day" not in words(first)
    assert "The next day Sam calls you." in words(second)
    check = words(client.get(url(sitting, name="check")))
    assert "2.1. What helps" in check
    assert "2.2. What helps" in check
    assert "answer to question 2.2" in check


def test_image__comes_small_with_its_size_and_words(client: Client, settings: object) -> None:
    from wagtail.images import get_image_model

    image = get_image_model().objects.create(title="x", file=get_test_image_file(size=(1280, 320)))
    shown = question_of("single", image=image, image_alt="Two people at a table")
    sitting = sitting_of(client, shown)
    page = client.get(url(sitting)).content.decode()
    assert 'width="640" height="160" alt="Two people at a table"' in page
    image.delete()
    page = client.get(url(sitting)).content.decode()
    assert "<img" not in page.split("<main")[1]
    assert "It showed: Two people at a table" in page


def test_what_was_written_is_gone_and_the_page_says_so(client: Client) -> None:
    sitting = sitting_of(client, question_of("short_text"))
    save_answer(answer=sitting.answers.get(), typed="nobody", by=sitting.member)
    submit_sitting(sitting=sitting, by=sitting.member)
    sitting.answers.get().writing.delete()
    assert "What you wrote has been deleted, as promised." in words(result(client, sitting))
