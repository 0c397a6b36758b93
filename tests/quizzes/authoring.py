"""What the forms of questions and quizzes in the administration send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.quizzes.factories import CategoryFactory

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse
    from django.test import Client

    from quizzes.models import Question

PUBLISH = {"action-publish": "Publish"}


def page_of(model: type[Model], name: str, *args: object) -> str:
    """Return the address of a page about these, such as "list" or "edit"."""
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def add(client: Client, model: type[Model], form: dict[str, str]) -> HttpResponse:
    return client.post(page_of(model, "add"), form)


def option(text: str, *, right: bool = False, **more: str) -> dict[str, str]:
    blank = {"match": "", "weight": "", "tolerance": "", "feedback": ""}
    return blank | {"text": text, "is_correct": "on" if right else ""} | more


def question_form(
    *options: dict[str, str], steps: tuple[Question, ...] = (), initial: int = 0, **more: str
) -> dict[str, str]:
    """Return a question as its form sends it; `initial` of its options were there before."""
    rows = [one | {"ORDER": str(n)} for n, one in enumerate(options)]
    told = [{"lead_in": "Then.", "question": str(q.pk), "ORDER": "0"} for q in steps]
    blank = dict.fromkeys(["nation", "source", "review_by", "law_as_at", "image_alt"], "")
    return nested_form_data(
        blank
        | {
            "reference": "se-01",
            "category": more.pop("category", "") or str(CategoryFactory().pk),
            "kind": "single",
            "stem": "What helps?",
            "explanation": "Because.",
            "option_order": "random",
            "points": "1",
            "options": inline_formset(rows, initial=initial),
            "steps": inline_formset(told),
        }
        | more
    )


def quiz_form(*questions: Question, **more: str) -> dict[str, str]:
    rows = [{"question": str(q.pk), "ORDER": str(n)} for n, q in enumerate(questions)]
    blank = dict.fromkeys(["draw", "attempts_allowed", "time_limit_minutes", "category"], "")
    return nested_form_data(
        blank
        | {
            "title": "Check what you learned",
            "slug": "check",
            "pass_mark": "80",
            "cooling_off_hours": "0",
            "order": "random",
            "feedback_when": "end",
            "shows": "all",
            "pool": inline_formset(rows),
            "draws": inline_formset([]),
        }
        | more
    )
