"""What tests of the host's desk say again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from webinars.models import Session


def of(name: str, session: Session) -> str:
    return reverse(f"webinars:{name}", args=[session.pk])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())
