"""Sign-in tells nobody who is a member, bears many tries, and keeps the demonstration apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

PASSWORD = "quiet-harbour-lantern"
CODE = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")
SIGN_IN = "/accounts/login/"
BY_CODE = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"
RESET = "/accounts/password/reset/"


def ask_for_code(client: Client, email: str, **fields: str) -> HttpResponse:
    return client.post(BY_CODE, {"email": email, **fields})


def sent_code() -> str:
    return CODE.search(mail.outbox[-1].body).group()


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- Who is a member? Nobody learns it here -------------------------------------------------------
def face(client: Client, url: str, fields: dict[str, str]) -> list[object]:
    """Post and follow; return all an onlooker could compare, without the form tokens."""
    response = client.post(url, fields)
    seen: list[object] = []
    for _ in range(3):
        body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)
        address = (fields.get("email") or fields["login"]).encode()
        headers = {k: v for k, v in response.headers.items() if k != "Content-Length"}
        cookies = sorted(response.cookies)
        seen.append((response.status_code, body.replace(address, b"@"), headers, cookies))
        if response.status_code != 302:
            break
        response = client.get(response.headers["Location"])
    return seen


@pytest.mark.parametrize(
    ("url", "field", "extra"),
    [
        (BY_CODE, "email", {}),
        (SIGN_IN, "login", {"password": "wrong-wrong-wrong"}),
        (RESET, "email", {}),
    ],
    ids=["code", "password", "reset"],
)
@pytest.mark.parametrize("state", ["known", "inactive"])
def test_the_answer_is_the_same_for_known_and_unknown(
    url: str, field: str, extra: dict[str, str], state: str
) -> None:
    MemberFactory(email="known@example.org", is_active=state == "known")
    known = face(Client(), url, {field: "known@example.org", **extra})
    unknown = face(Client(), url, {field: "other@example.org", **extra})
    assert known == unknown


@pytest.mark.parametrize("url", [BY_CODE, RESET])
def test_a_mail_goes_out_either_way_so_the_time_is_the_same(url: str) -> None:
    MemberFactory(email="known@example.org")
    for address in ("known@example.org", "other@example.org"):
        Client().post(url, {"email": address})
        assert mail.outbox[-1].to == [address]
    assert "We do not know it" in mail.outbox[-1].body
    assert "sign up" not in mail.outbox[-1].body


def test_a_wrong_code_for_an_unknown_address_reads_the_same() -> None:
    MemberFactory(email="known@example.org")
    pages = []
    for address in ("known@example.org", "other@example.org"):
        client = Client()
        ask_for_code(client, address)
        page = client.post(CONFIRM, {"code": "BBBB-BBBB"}).content
        page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)
        pages.append(page.replace(address.encode(), b"@"))
    assert pages[0] == pages[1]


# --- Too often ------------------------------------------------------------------------------------
@pytest.fixture
def _limits(settings: SettingsWrapper) -> object:
    settings.ACCOUNT_RATE_LIMITS = {
        "login": "2/m/ip",
        "login_failed": "10/m/ip",
        "request_login_code": "2/m/key",
        "reset_password": "2/m/ip",
    }
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_limits")
@pytest.mark.parametrize(
    ("url", "fields"),
    [
        (SIGN_IN, {"login": "jo@example.org", "password": "wrong"}),
        (RESET, {"email": "jo@example.org"}),
    ],
    ids=["password", "reset"],
)
def test_too_many_tries_get_a_plain_page(client: Client, url: str, fields: dict[str, str]) -> None:
    answers = [client.post(url, fields) for _ in range(3)]
    assert [answer.status_code for answer in answers[:2]] != [429, 429]
    assert answers[2].status_code == 429
    assert "Please wait a moment" in answers[2].content.decode()


@pytest.mark.usefixtures("_limits")
@pytest.mark.parametrize("known", [True, False])
def test_nobody_is_flooded_with_codes(*, known: bool) -> None:
    if known:
        MemberFactory(email="jo@example.org")
    for _ in range(3):
        response = ask_for_code(Client(), "jo@example.org")
    assert len(mail.outbox) == 2
    assert "Wait five minutes" in response.content.decode()


# --- The demonstration ----------------------------------------------------------------------------
def test_demo__one_click_signs_in_as_the_person_and_leads_on(
    client: Client, settings: SettingsWrapper
) -> None:
    settings.DEMO_MODE = True
    chair = MemberFactory(email="chair@example.org", given_name="Maureen", family_name="Hirst")
    assert "CLP chair: Maureen Hirst" in client.get(SIGN_IN).content.decode()
    response = client.post("/members/demo/", {"email": "chair@example.org", "next": "/compliance/"})
    assert response.headers["Location"] == "/compliance/"
    assert client.session["_auth_user_id"] == str(chair.pk)


def test_demo__only_the_eight_can_be_played(client: Client, settings: SettingsWrapper) -> None:
    settings.DEMO_MODE = True
    MemberFactory(email="somebody@example.org")
    for email in ("somebody@example.org", "chair@example.org", "", None):
        fields = {"email": email} if email is not None else {}
        assert client.post("/members/demo/", fields).status_code == 404
    assert not signed_in(client)


def test_demo__is_not_there_in_the_real_thing(client: Client) -> None:
    MemberFactory(email="chair@example.org")
    assert client.post("/members/demo/", {"email": "chair@example.org"}).status_code == 404
    page = client.get(SIGN_IN).content.decode()
    assert "chair@example.org" not in page
    assert "demonstration" not in page.lower()


def test_demo__does_not_sign_in_by_a_link(client: Client, settings: SettingsWrapper) -> None:
    settings.DEMO_MODE = True
    MemberFactory(email="chair@example.org")
    assert client.get("/members/demo/?email=chair@example.org").status_code == 405
