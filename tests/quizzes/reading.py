"""Opening and posting the pages of a sitting, and reading them as people do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from quizzes.models import Answer, Sitting


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


def result(client: Client, sitting: Sitting) -> HttpResponse:
    client.force_login(sitting.member)
    return client.get(url(sitting, name="result"))
