"""Visiting the pages of one's own bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member
    from webinars.models import Session

PASSWORD = "a long enough password"


def signed_in(client: Client) -> Member:
    """Return somebody who is signed in and could do so again."""
    who: Member = MemberFactory(preferred_name="Sam")
    who.set_password(PASSWORD)
    who.save()
    client.force_login(who)
    return who


def url(name: str, session: Session) -> str:
    return reverse(f"webinars:{name}", args=[session.pk])


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def read(client: Client, session: Session) -> str:
    """Return what the page of a session says."""
    response = client.get(url("session", session))
    assert response.status_code == 200
    return text(response)
