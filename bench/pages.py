"""The learner's pages, an answer saved, and one CLP's page, against a bare Django page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from courses.actions import begin_quiz, enrol
from courses.models import CoursePage
from members.models import Member
from training.demo.accounts import HOME_CLP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 60
BARE = ("django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware")  # fmt: skip


def cpu_ms(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the processor time of one call in milliseconds, the best of three warm rounds."""
    act()
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for _ in range(rounds):
            act()
        best = min(best, (time.process_time() - begun) / rounds * 1000)
    return best


def fetch(client: Client, address: str) -> Callable[[], None]:
    def act() -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    return act


def client_for(email: str) -> Client:
    client = Client()
    client.force_login(Member.objects.get(email=email))
    return client


def queries_of(act: Callable[[], object]) -> int:
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(query["sql"] not in ("BEGIN", "COMMIT") for query in captured)


def measure() -> list[dict[str, Any]]:
    """Return a result for each page: CPU ms, its ratio to the bare page, its queries."""
    with override_settings(ROOT_URLCONF="bench.urls"):
        return list(_measure())


def _measure() -> Iterator[dict[str, Any]]:
    learner, chair = client_for("councillor@example.org"), client_for("chair@example.org")
    with override_settings(MIDDLEWARE=BARE):
        base = cpu_ms(fetch(client_for("member@example.org"), "/bench/bare"))
    yield result("bare Django page", base, base, fetch(learner, "/bench/bare"))
    for name, client, address in addresses(learner, chair):
        act = fetch(client, address)
        yield result(name, cpu_ms(act), base, act)
    act = answer(learner)
    yield result("answer saved", cpu_ms(act), base, act)
    yield clp_in_database()


def addresses(learner: Client, chair: Client) -> Iterator[tuple[str, Client, str]]:
    course = CoursePage.objects.get(slug="safeguarding-essentials")
    councillor = Member.objects.get(email="councillor@example.org")
    enrol(course=course, by=councillor)
    module = course.steps().first()
    yield "course page", learner, course.url
    yield "module page", learner, module.url
    yield "my training", learner, "/my-training/"
    yield "quiz question", learner, question_address(councillor)
    yield "one CLP's page", chair, f"/compliance/{HOME_CLP}/"


def question_address(member: Member) -> str:
    return f"/quizzes/{open_sitting(member).pk}/1/"


def open_sitting(member: Member) -> Any:
    course = CoursePage.objects.get(slug="safeguarding-essentials")
    quiz_step = course.steps().last().specific
    return begin_quiz(step=quiz_step, by=member)


def answer(client: Client) -> Callable[[], None]:
    member = Member.objects.get(email="councillor@example.org")
    sitting = open_sitting(member)
    question = sitting.answers.get(position=1).question_id

    def act() -> None:
        response = client.post(f"/quizzes/{sitting.pk}/1/", {"question": question, "choice": "1"})
        assert response.status_code == 302, response.status_code

    return act


def clp_in_database() -> dict[str, Any]:
    """Measure the time one CLP's page spends in the database, against counting the members."""
    chair = client_for("chair@example.org")
    act = fetch(chair, f"/compliance/{HOME_CLP}/")
    act()
    with CaptureQueriesContext(connection) as captured:
        for _ in range(20):
            act()
    spent = sum(float(query["time"]) for query in captured) / 20 * 1000
    count = wall_ms(Member.objects.count)
    return {
        "name": "one CLP's page, in the database",
        "value": round(spent, 3),
        "unit": "ms",
        "base": "count(*) of members",
        "ratio": round(spent / count, 2),
    }


def wall_ms(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _ in range(20):
        act()
    return (time.perf_counter() - begun) / 20 * 1000


def result(name: str, value: float, base: float, act: Callable[[], object]) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "CPU ms in the web process",
        "base": "bare Django page",
        "ratio": round(value / base, 2),
        "queries": queries_of(act),
    }
