"""Who is in the administration to mark essays or to run webinars meets no right answer there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuestionFactory, QuizFactory
from tests.training.test_access_matrix import ADMIN, STOCK_ERRORS
from tests.training.world import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from quizzes.models import Question

pytestmark = pytest.mark.django_db
SECRETS = ("CANARY", "is_correct")
LOOKS = ("?q=planted", "?export=csv")


@pytest.fixture
def question() -> Question:
    asked = QuestionFactory(
        stem="CANARY planted?", right=["CANARY right"], explanation="CANARY because."
    )
    QuizFactory(questions=[asked])
    return asked


def enter(client: Client, *groups: str) -> None:
    call_command("load_roles", verbosity=0)
    who = MemberFactory()
    who.groups.set(Group.objects.filter(name__in=groups))
    assert who.groups.count() == len(groups)
    client.force_login(who)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def told(client: Client, question: Question) -> Iterator[str]:
    """Yield the addresses of the administration at which this client reads a secret."""
    client.raise_request_exception = False
    for route, name in walk():
        if not route.startswith(ADMIN) or name in STOCK_ERRORS or "logout" in name:
            continue
        place = re.sub(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)", str(question.pk), route)
        place = "/" + re.sub(r"[\\^$?]", "", place)
        for look in LOOKS:
            response = client.get(place + look)
            page = b"".join(response).decode(errors="replace")
            if response.status_code < 500 and any(word in page for word in SECRETS):
                yield place + look


def test_markers_and_organisers_of_webinars_read_no_secret(
    client: Client, question: Question
) -> None:
    enter(client, "Markers", "Webinar organisers")
    assert list(told(client, question)) == []


def test_control__reviewers_do(client: Client, question: Question) -> None:
    enter(client, "Reviewers")
    assert any("question" in place for place in told(client, question))
