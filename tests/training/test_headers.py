"""What browsers are told: strict everywhere, and no more relaxed than needed to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.loading import load_page
from support.models import SupportPage
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db


def policy(response: HttpResponse) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", ["/accounts/login/", "/nowhere/", "/healthz"])
def test_the_sites_own_pages_are_strict(client: Client, path: str) -> None:
    response = client.get(path)
    told = policy(response)
    assert told["default-src"] == "'none'"
    assert told["script-src"] == "'self'"
    assert told["style-src"] == "'self'"
    assert told["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_administration_may_style_but_not_script_and_is_never_framed(
    admin_client: Client,
) -> None:
    response = admin_client.get("/cms/")
    told = policy(response)
    assert told["script-src"] == "'self'"
    assert told["style-src"] == "'self' 'unsafe-inline'"
    assert told["frame-src"] == "'self'"
    assert told["frame-ancestors"] == "'none'"
    assert "cms.js" in response.content.decode()


def test_a_preview_is_framed_by_its_editor_only_and_otherwise_strict(admin_client: Client) -> None:
    load_page()
    page = SupportPage.objects.get()
    admin_client.get(f"/cms/pages/{page.pk}/edit/")
    url = f"/cms/pages/{page.pk}/edit/preview/?in_preview_panel=true"
    response = admin_client.get(url)
    told = policy(response)
    assert told["frame-ancestors"] == "'self'"
    assert told["script-src"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_what_somebody_signed_in_saw_is_not_stored(client: Client) -> None:
    client.force_login(MemberFactory())
    response = client.get("/accounts/password/change/")
    assert "no-store" in response["Cache-Control"]


def test_a_path_that_only_sounds_like_a_preview_is_strict(client: Client) -> None:
    told = policy(client.get("/nowhere/preview/"))
    assert told["frame-ancestors"] == "'none'"
