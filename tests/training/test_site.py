"""Health, colours, law pages, and the first page of the administration."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client

from members.models import Organisation
from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory, TenureFactory

pytestmark = pytest.mark.django_db


def test_healthy_while_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")


def test_unavailable_when_it_does_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_answer() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", no_answer)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, "no answer")


def test_the_brand_colour_is_a_stylesheet(client: Client) -> None:
    Organisation.objects.create(brand_colour="#123456")
    response = client.get("/brand.css")
    assert response["Content-Type"] == "text/css"
    assert b"--brand:#123456" in response.content


@pytest.mark.parametrize(("colour", "fine"), [("#4b1d3f", True), ("#ffdd00", False)])
def test_a_colour_nobody_could_read_is_refused(colour: str, fine: bool) -> None:
    organisation = Organisation(brand_colour=colour)
    if fine:
        organisation.full_clean()
        return
    with pytest.raises(ValidationError, match="darker colour"):
        organisation.full_clean()


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/"])
def test_law_pages_are_open_to_all(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_lapsed_form_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert b"Please try again" in response.content


def test_administrators_begin_with_what_needs_doing(client: Client) -> None:
    call_command("load_support", verbosity=0)
    tenure = TenureFactory(councillor=True)
    RequirementFactory(title="For councillors", post_kinds=[tenure.post_kind])
    client.force_login(MemberFactory(administrator=True))
    html = client.get("/cms/").content.decode()
    assert "support organisations to check" in html
    assert "For councillors" in html
