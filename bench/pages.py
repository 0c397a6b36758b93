"""The learner's pages and one CLP's page, against a bare Django page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client
from django.test.utils import override_settings

from bench.timing import cpu_ms, statements
from courses.actions import enrol
from courses.models import CoursePage
from members.models import Member
from training.demo.accounts import HOME_CLP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 60
BARE = ("django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware")  # fmt: skip


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
    return len(statements(act))


def measure() -> list[dict[str, Any]]:
    """Return a result for each page: CPU ms, its ratio to the bare page, its queries."""
    with override_settings(ROOT_URLCONF="bench.urls"):
        return list(_measure())


def _measure() -> Iterator[dict[str, Any]]:
    learner, chair = client_for("councillor@example.org"), client_for("chair@example.org")
    base = bare_page()
    yield result("bare Django page", base, base, fetch(learner, "/bench/bare"))
    for name, client, address in addresses(learner, chair):
        act = fetch(client, address)
        yield result(name, cpu_ms(act, ROUNDS), base, act)


def bare_page() -> float:
    """Return what the base takes: a plain page with as little around it as Django can."""
    with override_settings(MIDDLEWARE=BARE):
        return cpu_ms(fetch(client_for("member@example.org"), "/bench/bare"), ROUNDS)


def addresses(learner: Client, chair: Client) -> Iterator[tuple[str, Client, str]]:
    course = CoursePage.objects.get(slug="safeguarding-essentials")
    councillor = Member.objects.get(email="councillor@example.org")
    enrol(course=course, by=councillor)
    module = course.steps().first()
    yield "course page", learner, course.url
    yield "module page", learner, module.url
    yield "my training", learner, "/my-training/"
    yield "one CLP's page", chair, f"/compliance/{HOME_CLP}/"


def result(name: str, value: float, base: float, act: Callable[[], object]) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "CPU ms in the web process",
        "base": "bare Django page",
        "ratio": round(value / base, 2),
        "queries": queries_of(act),
    }
