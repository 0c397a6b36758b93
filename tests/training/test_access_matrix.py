"""Every URL of the site, asked for by every role: nobody gets more than is written here."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.training.world import OF_HOSTS, ROLES, World, build, walk

pytestmark = pytest.mark.django_db

EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
OVERSEERS = {"chair", "chair_elsewhere", "regional", "national"}
OVERSEERS_HERE = {"chair", "regional", "national"}
HOSTS = {"regional", "national", "administrator"}  # of a session that the region runs
COMMITTEE = {"committee"}  # sees figures without names
THE_MEMBER = {"member"}
EDITORS = {"author", "administrator"}
NOBODY: set[str] = set()
WORKBENCH = [
    "webinars:attendance",
    "webinars:attendance_file",
    "webinars:by_hand",
    "webinars:close_attendance",
    "webinars:confirm",
    "webinars:settle",
    "webinars:undo",
]
IN_A_DEMONSTRATION: set[str] = set()  # nobody here, once signed in: see members/test_mailbox.py

# Who gets in. Everybody else is sent to sign in (nobody signed in) or told there is no such page.
EXPECTED = {
    "healthz": EVERYBODY,
    "brand_css": EVERYBODY,
    "accessibility": EVERYBODY,
    "privacy": EVERYBODY,
    "my_training": SIGNED_IN,
    "my_record": SIGNED_IN,
    "mailbox": IN_A_DEMONSTRATION,
    "mail": IN_A_DEMONSTRATION,
    "declined_mail": EVERYBODY,  # who has the signed address
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_request_login_code": EVERYBODY,
    "account_confirm_login_code": EVERYBODY,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_signup": NOBODY,
    "account_email": NOBODY,
    "account_email_verification_sent": NOBODY,
    "account_confirm_email": NOBODY,
    "members:demo_sign_in": EVERYBODY,  # and answers 404 outside a demonstration
    "support:leave": EVERYBODY,
    "courses:print": SIGNED_IN,
    "courses:elsewhere": SIGNED_IN,
    "courses:withdraw": THE_MEMBER,
    "quizzes:mine": SIGNED_IN,
    "quizzes:practice": SIGNED_IN,
    "quizzes:resume": THE_MEMBER,
    "quizzes:question": THE_MEMBER,
    "quizzes:check": THE_MEMBER,
    "quizzes:result": THE_MEMBER,
    "webinars:mine": SIGNED_IN,
    "webinars:session": SIGNED_IN,
    "webinars:book": SIGNED_IN,
    "webinars:cancel": THE_MEMBER,
    "webinars:need": THE_MEMBER,
    "webinars:ics": THE_MEMBER,
    "webinars:calendar": SIGNED_IN,
    "webinars:feed": EVERYBODY,  # who has the secret address
    "webinars:desk": HOSTS,
    "webinars:new_session": HOSTS,
    **{f"webinars:{name}": HOSTS for name in OF_HOSTS},
    "webinars:check_in": THE_MEMBER,
    "webinars:join": SIGNED_IN,  # who has no place is led to the page of the session
    "certificates:detail": THE_MEMBER,
    "certificates:pdf": THE_MEMBER,
    "certificates:share": THE_MEMBER,
    "certificates:verify": EVERYBODY,
    "compliance:home": OVERSEERS | COMMITTEE,
    "compliance:unit": OVERSEERS_HERE | COMMITTEE,
    "compliance:places": {"regional", "national"} | COMMITTEE,
    "compliance:export": OVERSEERS_HERE,
    "compliance:person": OVERSEERS_HERE,
    "compliance:returns": OVERSEERS_HERE,
    "compliance:quarter": OVERSEERS_HERE,  # who may sign is another question
    "compliance:return": OVERSEERS_HERE,
    "compliance_paper": OVERSEERS_HERE,
    "compliance_return_paper": OVERSEERS_HERE,
    "compliance:remind": OVERSEERS_HERE,
    "compliance:remind_overdue": OVERSEERS_HERE,
    "webinars:recording": SIGNED_IN,  # whom the session is for: this one is for everybody
    "webinars:video": SIGNED_IN,
    "webinars:captions": SIGNED_IN,
    "webinars:watched": SIGNED_IN,
    **dict.fromkeys(WORKBENCH, HOSTS),
    "webinars:figures": {"regional", "national", "administrator"},  # who runs a session
    "feedback:give": THE_MEMBER,  # who has just completed it
    "feedback:totals": EDITORS,
    "wagtaildocs_serve": NOBODY,  # the gate lets all in; there is no document in this world
    "wagtaildocs_authenticate_with_password": NOBODY,  # no document is private
    "wagtail_serve": EVERYBODY,  # pages have rules of their own, tested with the pages
    "wagtailcore_authenticate_with_password": NOBODY,
    "wagtailcore_login": NOBODY,
}
ADMIN = "cms/"
# Wagtail's own: one fails on purpose, one on an address with nothing behind it.
STOCK_ERRORS = {"wagtailadmin_error_test", "wagtailadmin_pages:set_page_position"}


@pytest.fixture
def world() -> World:
    return build()


def own_urls() -> list[tuple[str, str]]:
    return [(route, name) for route, name in walk() if not route.startswith(ADMIN)]


def test_every_url_has_an_expectation() -> None:
    undeclared = {f"{name} ({route})" for route, name in own_urls() if name not in EXPECTED}
    assert not undeclared


def test_every_expectation_has_a_url() -> None:
    outdated = set(EXPECTED) - {name for _, name in own_urls()}
    assert not outdated


@pytest.mark.parametrize("role", ROLES)
def test_own_urls(world: World, role: str) -> None:
    client = enter(world, role)
    surprises = []
    for name in sorted({name for _, name in own_urls()} - {"members:demo_sign_in"}):
        for method in ("get", "post", "head"):
            if name == "account_logout" and method == "post":
                continue  # it would end the visit
            answer = outcome(getattr(client, method)(address(world, name)))
            if answer not in (expected(name, role), "wrong method"):
                surprises.append(f"{role} {method} {name}: {answer}")
        client = enter(world, role)  # a page may have ended the visit, such as /leave/
    assert not surprises


@pytest.mark.parametrize("role", ROLES)
def test_the_administration(world: World, role: str) -> None:
    """Editors meet Wagtail's own permissions inside; everybody else meets the gate, everywhere."""
    client = enter(world, role)
    surprises = []
    for route, name in walk():
        if not route.startswith(ADMIN) or name in STOCK_ERRORS:
            continue
        answer = outcome(client.get(filled(route)))
        allowed = {"in", "no", "wrong method"} if role in EDITORS else {expected_outside(role)}
        if name.endswith("logout"):
            client = enter(world, role)
        if answer not in allowed:
            surprises.append(f"{role} {route}: {answer}")
    assert not surprises


@pytest.mark.parametrize("role", sorted(EDITORS))
def test_editors_do_enter(world: World, role: str) -> None:
    assert enter(world, role).get(reverse("wagtailadmin_home")).status_code == 200


def enter(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if world.people[role]:
        client.force_login(world.people[role])
    return client


def address(world: World, name: str) -> str:
    given = world.arguments.get(name, {})
    return reverse(name, kwargs=given) if isinstance(given, dict) else reverse(name, args=given)


def filled(route: str) -> str:
    """Return an address for a route, with something in the place of each argument."""
    route = re.sub(r"<(?:\w+:)?\w+>", "1", route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route)
    return "/" + re.sub(r"[\\^$?]", "", route)


def outcome(response: object) -> str:
    """Return what an answer means: in, sent to sign in, no such page, or an error of ours."""
    if response.status_code >= 500:
        return f"error {response.status_code}"
    if response.status_code == 405:
        return "wrong method"
    if response.status_code == 404:
        return "no"
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/?next="):
        return "sign in"
    return "in"


def expected(name: str, role: str) -> str:
    if role in EXPECTED[name]:
        return "in"
    return "no" if EXPECTED[name] is NOBODY else expected_outside(role)


def expected_outside(role: str) -> str:
    return "sign in" if role == "anonymous" else "no"
