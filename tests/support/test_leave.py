"""Leaving quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session

from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def test_leaving_ends_the_session_and_leads_to_the_neutral_site(
    client: Client, settings: SettingsWrapper
) -> None:
    settings.EXIT_URL = "https://weather.example/"
    client.force_login(MemberFactory())
    response = client.get("/leave/")
    assert response.status_code == 302
    assert response["Location"] == "https://weather.example/"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store, private"
    assert not Session.objects.exists()
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 0


def test_an_old_cookie_is_worthless_afterwards(client: Client) -> None:
    client.force_login(MemberFactory())
    kept = client.cookies.copy()
    client.get("/leave/")
    client.cookies = kept
    assert client.get("/accounts/password/change/").status_code == 302


def test_leaving_without_a_session_sets_no_cookie(client: Client) -> None:
    response = client.get("/leave/")
    assert response.status_code == 302
    assert not response.cookies


def test_where_it_leads_is_ours_to_say(client: Client, settings: SettingsWrapper) -> None:
    response = client.get("/leave/?next=https://evil.example/&url=https://evil.example/")
    assert response["Location"] == settings.EXIT_URL
