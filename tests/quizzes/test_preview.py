"""Authors look at drafts as learners and markers' results would show them. No trace stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from quizzes import preview
from quizzes.kinds import Kind
from quizzes.models import AssessmentSettings, Question, Quiz
from tests.members.factories import MemberFactory
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory
from tests.quizzes.kinds import OPTIONS, question_of
from tests.quizzes.reading import words
from tests.quizzes.traces import everything

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(MemberFactory(administrator=True))
    return client


def seen(client: Client, thing: Question | Quiz, mode: str = "") -> HttpResponse:
    """The preview of what is saved."""
    name = type(thing).snippet_viewset.get_url_name("revisions_view")
    return client.get(reverse(name, args=[thing.pk, thing.latest_revision_id]) + f"?mode={mode}")


def typed(client: Client, model: type, form: dict[str, object], mode: str = "") -> HttpResponse:
    """The preview of what was never saved."""
    url = reverse(model.snippet_viewset.get_url_name("preview_on_add"))
    assert client.post(url, nested_form_data(form)).json() == {
        "is_valid": True,
        "is_available": True,
    }
    return client.get(f"{url}?mode={mode}&in_preview_panel=true")


def question_form(kind: str, **more: object) -> dict[str, object]:
    options = [
        {**option, "is_correct": "on" if option.get("is_correct") else "", "ORDER": str(n)}
        for n, option in enumerate(OPTIONS.get(kind, []))
    ]
    return {
        "reference": "fresh",
        "category": str(CategoryFactory().pk),
        "kind": kind,
        "stem": "Fresh words?",
        "option_order": "random",
        "points": "1",
        "options": inline_formset(options),
        "steps": inline_formset([]),
        **more,
    }


def quiz_form(*questions: Question, **more: object) -> dict[str, object]:
    pool = [{"question": str(q.pk), "ORDER": str(n)} for n, q in enumerate(questions)]
    return {
        "title": "Fresh quiz",
        "slug": "fresh",
        "pass_mark": "80",
        "cooling_off_hours": "0",
        "order": "random",
        "feedback_when": "end",
        "shows": "all",
        "pool": inline_formset(pool),
        "draws": inline_formset([]),
        **more,
    }


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.SCENARIO])
@pytest.mark.parametrize("mode", ["", "marked"])
def test_a_question_that_was_never_saved(author: Client, kind: str, mode: str) -> None:
    response = typed(author, Question, question_form(kind), mode)
    assert response.status_code == 200
    assert "Fresh words?" in words(response)
    assert ("Right answer" in words(response)) == (mode == "marked" and kind != Kind.ESSAY)
    assert not Question.objects.exists()


@pytest.mark.parametrize("kind", Kind)
def test_a_question_in_the_bank_leaves_no_trace(author: Client, kind: str) -> None:
    question = question_of(kind)
    seen(author, question)
    before = everything()
    asked, marked = seen(author, question), seen(author, question, "marked")
    assert everything() == before
    assert question.explanation not in words(asked)
    if kind != Kind.SCENARIO:
        assert question.explanation in words(marked)


def test_a_scenario_tells_its_story_step_by_step(author: Client) -> None:
    page = words(seen(author, question_of(Kind.SCENARIO)))
    assert "Part 1 of 2" in page
    assert "Sam comes to the meeting" in page
    assert page.count("Sam comes to the meeting") == 2
    assert "Add its steps" in words(typed(author, Question, question_form(Kind.SCENARIO)))


def test_a_step_that_is_not_published_is_named(author: Client) -> None:
    scenario = question_of(Kind.SCENARIO)
    Question.objects.filter(pk=scenario.steps.first().question_id).update(live=False)
    assert words(seen(author, scenario)).count(preview.NOT_PUBLISHED) == 1


def test_after_marking_every_answer_has_its_words(author: Client) -> None:
    page = words(seen(author, question_of(Kind.SINGLE), "marked"))
    assert "Feedback single 0" in page
    assert "Feedback single 1" in page


def test_a_half_written_question_is_shown_as_far_as_it_goes(author: Client) -> None:
    option = {"text": "about ten", "tolerance": "2", "is_correct": "on", "ORDER": "0"}
    form = question_form(Kind.NUMERIC, options=inline_formset([option]))
    assert "about ten" in words(typed(author, Question, form, "marked"))
    form = question_form(Kind.MATCHING, options=inline_formset([{"text": "A", "ORDER": "0"}]))
    assert typed(author, Question, form, "marked").status_code == 200


def test_nothing_can_be_sent(author: Client) -> None:
    page = seen(author, question_of(Kind.SINGLE)).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert "<form" not in main
    assert "<button" not in main


def test_only_the_editor_may_frame_it_and_nothing_else_is_allowed(author: Client) -> None:
    response = typed(author, Question, question_form(Kind.SINGLE))
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_quiz_says_its_facts_and_asks_its_questions(author: Client) -> None:
    draft = QuestionFactory(draft=True)
    law = question_of(
        Kind.SINGLE,
        nation="Wales",
        source="The Act",
        law_as_at="2026-01-01",
        review_by="2027-01-01",
    )
    published = QuestionFactory()
    form = quiz_form(draft, law, published, question_of(Kind.ESSAY), attempts_allowed="2")
    page = words(typed(author, Quiz, form))
    assert "Fresh quiz" in page
    assert "2 questions, one on each page" in page
    assert "You have 2 attempts left" in page
    assert published.stem in page
    assert page.count(preview.NOT_PUBLISHED) == 1
    assert page.count(preview.NO_ESSAYS) == 1
    assert "Asked of people in Wales only." in page
    assert not Quiz.objects.exists()


def test_a_quiz_draws_as_its_lines_say(author: Client) -> None:
    topic = CategoryFactory()
    questions = [*QuestionFactory.create_batch(2, category=topic), QuestionFactory()]
    draws = inline_formset([{"category": str(topic.pk), "questions": "1", "ORDER": "0"}])
    page = words(typed(author, Quiz, quiz_form(*questions, draws=draws)))
    assert "One person is asked 1 of them." in page


def test_a_quiz_in_use_leaves_no_trace(author: Client) -> None:
    AssessmentSettings.load()
    quiz = QuizFactory(questions=[question_of(kind) for kind in Kind], allows_practice=True)
    seen(author, quiz)
    before = everything()
    assert "The next day Sam calls you." in words(seen(author, quiz))
    assert everything() == before
    assert "None yet." in words(typed(author, Quiz, quiz_form()))


def test_answers_of_several_questions_do_not_mix(author: Client) -> None:
    one, other = QuestionFactory.create_batch(2)
    page = seen(author, QuizFactory(questions=[one, other])).content.decode()
    assert f'name="{one.pk}-choice"' in page
    assert f'name="{other.pk}-choice"' in page


def test_only_authors_look(client: Client) -> None:
    client.force_login(MemberFactory())
    assert seen(client, question_of(Kind.SINGLE)).status_code == 404
