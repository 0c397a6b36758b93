"""Practice: anybody may try, as often as they like; the site cannot tell that anybody did."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Unit
from quizzes.kinds import Kind
from quizzes.models import AssessmentSettings, Quiz
from quizzes.practice.views import practise
from tests.members.factories import MemberFactory, UnitFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.kinds import ASKED, as_posted, question_of, right_answer, wrong_answer
from tests.quizzes.reading import title, words
from tests.quizzes.traces import everything

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db

MARKED_BY_US = [kind for kind in ASKED if kind != Kind.ESSAY]


@pytest.fixture
def member(client: Client) -> Member:
    member = MemberFactory()
    client.force_login(member)
    client.get(reverse("quizzes:mine"))  # the very first page makes the organisation's row
    return member


def quiz_of(*questions: object, **facts: object) -> Quiz:
    facts.setdefault("order", Quiz.Order.WRITTEN)
    return QuizFactory(questions=list(questions) or 2, allows_practice=True, **facts)


def url(quiz: Quiz) -> str:
    return reverse("quizzes:practice", args=[quiz.slug])


def post(client: Client, page: HttpResponse, *, rightly: bool = True, **more: str) -> HttpResponse:
    """Answer the question of a page."""
    answer = page.context["answer"]
    given = right_answer(answer) if rightly else wrong_answer(answer)
    return client.post(page.request["PATH_INFO"], sent(page) | as_posted(answer, **given) | more)


def sent(page: HttpResponse) -> dict[str, str]:
    return {"round": page.context["round"]}


def go_on(client: Client, page: HttpResponse) -> HttpResponse:
    return client.post(page.request["PATH_INFO"], sent(page) | {"next": "yes"})


@pytest.mark.parametrize("rightly", [True, False])
def test_a_whole_round_leaves_no_trace_of_any_kind(
    client: Client, member: Member, caplog: pytest.LogCaptureFixture, rightly: bool
) -> None:
    quiz = quiz_of(*map(question_of, MARKED_BY_US), question_of(Kind.SCENARIO))
    before = everything()
    page = client.get(url(quiz))
    for n in range(1, 9):
        number = f"question {min(n, 8)} of 8"
        assert number in words(page)
        told = post(client, page, rightly=rightly)
        assert ("✓ Right" in words(told)) == rightly
        assert "Because of" in words(told)
        assert ("Right answer" in words(told)) != rightly
        page = go_on(client, told)
    assert "question 8 of 8, part 2 of 2" in words(page)
    page = go_on(client, post(client, page, rightly=rightly))
    assert f"You had {9 if rightly else 0} of 9 right." in words(page)
    assert "Nothing was recorded." in words(page)
    assert "Your answers are kept" not in words(page)
    assert everything() == before
    assert not caplog.records


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize("kind", MARKED_BY_US)
def test_nothing_says_what_is_right_before_it_is_asked_for(client: Client, kind: str) -> None:
    question = question_of(kind, explanation="CANARY")
    page = client.get(url(quiz_of(question)))
    answer = page.context["answer"]
    payload, _, _ = page.context["round"].rpartition(":")[0].rpartition(":")
    travels = base64.urlsafe_b64decode(payload + "==").decode()
    assert question.stem in words(page)
    for text in (page.content.decode(), travels):
        assert "CANARY" not in text
        assert "Feedback" not in text
        assert not any(key in text for key in answer.option_order)
    assert "CANARY" in words(post(client, page, rightly=False))


@pytest.mark.usefixtures("member")
def test_the_order_of_the_answers_is_new_in_each_round_and_stays_in_it(client: Client) -> None:
    address = url(quiz_of(QuestionFactory(wrong=[f"Wrong {n}" for n in range(12)])))
    pages = [client.get(address) for _ in range(2)]
    one, other = (page.context["answer"].option_order for page in pages)
    assert one != other
    assert post(client, pages[0]).context["answer"].option_order == one


def test_a_round_is_of_use_to_its_person_alone_for_its_quiz_and_for_a_day(
    client: Client, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(url(quiz_of()))
    other = client.get(url(quiz_of()))
    assert "Please start again" in words(client.post(url(quiz_of()), sent(page)))
    assert client.post(url(quiz_of())).status_code == 409
    lost = client.post(page.request["PATH_INFO"], sent(other) | {"next": "yes"})
    assert lost.status_code == 409
    assert client.post(url(quiz_of()), {"round": page.context["round"] + "x"}).status_code == 409
    assert go_on(client, page).status_code == 200
    client.force_login(MemberFactory())
    assert go_on(client, page).status_code == 409
    client.force_login(member)
    monkeypatch.setattr("quizzes.practice.round.LASTS", -1)
    assert go_on(client, page).status_code == 409


@pytest.mark.usefixtures("member")
def test_an_answer_to_another_question_is_not_taken_for_this_one(client: Client) -> None:
    page = client.get(url(quiz_of()))
    assert post(client, page, question="0").status_code == 409


@pytest.mark.usefixtures("member")
def test_what_cannot_be_read_is_asked_for_again(client: Client) -> None:
    page = client.get(url(quiz_of(question_of(Kind.NUMERIC))))
    page = post(client, page, number="about ten")
    assert "Write only a number" in words(page)
    assert "✓ Right" in words(post(client, page))


@pytest.mark.usefixtures("member")
def test_nothing_answered_is_not_right(client: Client) -> None:
    page = client.get(url(quiz_of()))
    question = str(page.context["answer"].question_id)
    told = client.post(page.request["PATH_INFO"], sent(page) | {"question": question})
    assert "Not answered" in words(told)
    assert "Right answer" in words(told)


@pytest.mark.usefixtures("member")
def test_a_quiz_that_does_not_allow_it_has_no_practice(client: Client) -> None:
    for quiz in (QuizFactory(), QuizFactory(draft=True, allows_practice=True)):
        assert client.get(url(quiz)).status_code == 404
        assert client.post(url(quiz)).status_code == 404


def test_who_is_signed_out_signs_in_and_nothing_is_kept_for_them(client: Client) -> None:
    quiz = quiz_of()
    assert client.post(url(quiz), {"choice": "1"}).status_code == 302
    assert not client.session.keys()
    assert not getattr(practise, "keeps_post", False)


def test_it_is_closed_while_a_quiz_with_these_questions_is_open(
    client: Client, member: Member
) -> None:
    question = QuestionFactory()
    quiz = quiz_of(question)
    SittingFactory(quiz=quiz)  # somebody else's
    page = client.get(url(quiz))
    assert page.context["answer"]
    SittingFactory(quiz=QuizFactory(questions=[question]), member=member)
    for closed in (client.get(url(quiz)), go_on(client, page), post(client, page)):
        assert "Finish your quiz first" in words(closed)
        assert question.explanation not in words(closed)


def test_it_is_closed_while_its_own_quiz_is_open(client: Client, member: Member) -> None:
    sitting = SittingFactory(quiz=quiz_of(), member=member)
    page = client.get(url(sitting.quiz))
    assert "Finish your quiz first" in words(page)
    assert f'href="{sitting.get_absolute_url()}"' in page.content.decode()
    assert "Finish your quiz first" in words(client.get(reverse("quizzes:mine")))


def test_only_the_law_of_ones_own_nation_is_practised(client: Client) -> None:
    wales = UnitFactory(parent=UnitFactory(party=True), nation=Unit.Nation.WALES)
    client.force_login(MemberFactory(home_unit=wales))
    law = {"source": "The Act", "law_as_at": "2026-01-01", "review_by": "2027-01-01"}
    here, there = (
        question_of(Kind.SINGLE, stem=f"In {nation}?", nation=nation, **law)
        for nation in ("Wales", "Scotland")
    )
    page = words(client.get(url(quiz_of(here, there))))
    assert "question 1 of 1" in page
    assert "In Wales?" in page


@pytest.mark.usefixtures("member")
def test_what_a_person_would_have_to_mark_is_left_out(client: Client) -> None:
    settings = AssessmentSettings.load()
    settings.essays_allowed = True
    settings.save()
    quiz = quiz_of(question_of(Kind.ESSAY))
    assert "Nothing to practise yet" in words(client.get(url(quiz)))


@pytest.mark.usefixtures("member")
def test_a_sensitive_quiz_keeps_its_title_out_of_the_history(client: Client) -> None:
    quiz = quiz_of(sensitive=True, title="After an assault")
    page = client.get(url(quiz))
    for response in (page, post(client, page)):
        assert "assault" not in title(response)
        assert "Exit this page" in words(response)
        assert "no-store" in response["Cache-Control"]


def test_costs_the_same_for_any_paper_and_whoever_else_is_there(
    client: Client, member: Member
) -> None:
    def cost(quiz: Quiz) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as begun:
            page = client.get(url(quiz))
        with CaptureQueriesContext(connection) as answered:
            post(client, page)
        return len(begun), len(answered)

    before = cost(quiz_of())
    large = quiz_of(*QuestionFactory.create_batch(9))
    SittingFactory(quiz=large)
    SittingFactory(member=member)
    assert cost(large) == before
    # answered: session, user, what courses keep from whom, quiz, what is open, the question,
    # organisation, posts held
    assert before[1] <= 8


def test_the_start_of_a_quiz_leads_here_unless_it_has_begun() -> None:
    quiz = quiz_of()
    facts = {"quiz": quiz, "chances": {"open_sitting": None}}
    assert f'href="{url(quiz)}"' in render_to_string("quizzes/start_facts.html", facts)
    facts["chances"]["open_sitting"] = SittingFactory(quiz=quiz)
    assert url(quiz) not in render_to_string("quizzes/start_facts.html", facts)
