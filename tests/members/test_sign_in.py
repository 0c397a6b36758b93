"""Signing in: by code, by password, as anybody or nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.http import HttpResponse

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


# --- By code --------------------------------------------------------------------------------------
def test_a_member_without_a_password_signs_in_with_a_code(client: Client) -> None:
    member = MemberFactory(email="jo@example.org")
    ask_for_code(client, "Jo@Example.ORG")
    typed = sent_code().lower().replace("-", " ")
    response = client.post(CONFIRM, {"code": typed})
    assert response.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(member.pk)


def test_the_mail_with_the_code_is_plain_and_its_subject_says_nothing_of_training(
    client: Client,
) -> None:
    MemberFactory(email="jo@example.org")
    ask_for_code(client, "jo@example.org")
    (message,) = mail.outbox
    assert message.subject == "Your sign-in code"
    assert message.to == ["jo@example.org"]
    assert not message.alternatives
    assert "Duty of Care" in message.body


def test_the_code_page_lets_people_paste_and_browsers_fill_in(client: Client) -> None:
    MemberFactory(email="jo@example.org")
    ask_for_code(client, "jo@example.org")
    page = client.get(CONFIRM).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert "placeholder" not in page


def test_after_three_wrong_codes_the_right_one_is_worthless(client: Client) -> None:
    MemberFactory(email="jo@example.org")
    ask_for_code(client, "jo@example.org")
    for _ in range(3):
        response = client.post(CONFIRM, {"code": "BBBB-BBBB"})
    assert response.status_code == 302
    client.post(CONFIRM, {"code": sent_code()})
    assert not signed_in(client)


def test_a_wrong_code_says_what_to_do(client: Client) -> None:
    MemberFactory(email="jo@example.org")
    ask_for_code(client, "jo@example.org")
    page = client.post(CONFIRM, {"code": "BBBB-BBBB"}).content.decode()
    assert "This is not the code we sent" in page


def test_who_mistyped_the_address_can_start_again(client: Client) -> None:
    MemberFactory(email="jo@example.org")
    ask_for_code(client, "jo@exmaple.org")
    assert "Start again" in client.get(CONFIRM).content.decode()
    response = client.post("/accounts/logout/", {"next": SIGN_IN})
    assert response.headers["Location"] == SIGN_IN
    ask_for_code(client, "jo@example.org")
    client.post(CONFIRM, {"code": sent_code()})
    assert signed_in(client)


def test_the_code_page_without_a_request_leads_back(client: Client) -> None:
    assert client.get(CONFIRM).headers["Location"] == reverse("account_request_login_code")


# --- By password ----------------------------------------------------------------------------------
def test_signing_in_with_a_password_whatever_the_case_of_the_address(client: Client) -> None:
    member = MemberFactory(email="jo@example.org")
    member.set_password(PASSWORD)
    member.save()
    client.post(SIGN_IN, {"login": "JO@example.org", "password": PASSWORD})
    assert signed_in(client)
    assert not mail.outbox


def test_a_wrong_password_keeps_the_address_and_opens_the_password_form(client: Client) -> None:
    MemberFactory(email="jo@example.org")
    response = client.post(SIGN_IN, {"login": "jo@example.org", "password": "wrong"})
    page = response.content.decode()
    assert "do not belong together" in page
    assert 'value="jo@example.org"' in page
    assert "open" in re.search(r"<details[^>]*with-a-password[^>]*>", page).group()


def test_a_forgotten_password_is_replaced_through_the_mailed_link(client: Client) -> None:
    member = MemberFactory(email="jo@example.org")
    client.post(RESET, {"email": "jo@example.org"})
    assert mail.outbox[-1].subject == "Your new password"
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    form_at = client.get(link).headers["Location"]
    assert "New password" in client.get(form_at).content.decode()
    response = client.post(form_at, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Your password is changed" in response.content.decode()
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_a_short_password_is_refused(client: Client) -> None:
    member = MemberFactory()
    member.set_unusable_password()
    member.save()
    client.force_login(member)
    response = client.post("/accounts/password/set/", {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in response.content.decode()


def test_changing_a_password_keeps_this_session_only(client: Client) -> None:
    member = MemberFactory()
    member.set_password(PASSWORD)
    member.save()
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        browser.force_login(member)
    new = "three-other-words"
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert client.get("/accounts/password/change/").status_code == 200
    assert elsewhere.get("/accounts/password/change/").status_code == 302


# --- Who may not ----------------------------------------------------------------------------------
def test_somebody_who_left_gets_in_neither_way(client: Client) -> None:
    member = MemberFactory(email="jo@example.org", is_active=False)
    member.set_password(PASSWORD)
    member.save()
    ask_for_code(Client(), "jo@example.org")
    assert not CODE.search(mail.outbox[-1].body)
    response = client.post(SIGN_IN, {"login": "jo@example.org", "password": PASSWORD}, follow=True)
    assert "switched off" in response.content.decode()
    assert not signed_in(client)


def test_somebody_switched_off_while_signed_in_is_out_at_once(client: Client) -> None:
    member = MemberFactory()
    client.force_login(member)
    member.is_active = False
    member.save()
    assert client.get("/accounts/password/change/").status_code == 302


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "confirm-email/x/"])
def test_nobody_signs_up_or_changes_addresses_here(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
    client.force_login(MemberFactory())
    assert client.post(f"/accounts/{path}", {"email": "new@example.org"}).status_code == 404


# --- Where to afterwards --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/courses/", "/courses/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_leads_only_within_the_site(client: Client, wanted: str, got: str) -> None:
    MemberFactory(email="jo@example.org")
    ask_for_code(client, "jo@example.org", next=wanted)
    response = client.post(CONFIRM, {"code": sent_code(), "next": wanted})
    assert response.headers["Location"] == got


def test_the_sign_in_page_carries_next_into_both_forms(client: Client) -> None:
    page = client.get(f"{SIGN_IN}?next=/courses/").content.decode()
    assert page.count('name="next" value="/courses/"') == 2


def test_signing_out_asks_first_and_then_does_it(client: Client) -> None:
    client.force_login(MemberFactory())
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert not signed_in(client)
