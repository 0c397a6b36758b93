"""The gate: no rule, no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.http import Http404, HttpResponse
from django.urls import resolve
from wagtail.models import Page

from members.access import Rule, access
from tests.members.factories import MemberFactory, TenureFactory
from training.gate import AccessGate, refuse
from training.wagtail_hooks import ask_the_pages_rule

if TYPE_CHECKING:
    from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def undecorated(request: object) -> HttpResponse:
    return HttpResponse("personal")


def test_a_view_without_a_rule_is_refused_even_to_an_administrator(rf: RequestFactory) -> None:
    request = rf.get("/healthz")
    request.user = MemberFactory(administrator=True)
    request.resolver_match = resolve("/healthz")
    with pytest.raises(Http404):
        AccessGate(undecorated).process_view(request, undecorated, (), {})


def test_a_declared_view_is_let_through(rf: RequestFactory) -> None:
    request = rf.get("/healthz")
    request.user = MemberFactory()
    request.resolver_match = resolve("/healthz")
    view = access(Rule.SIGNED_IN)(lambda request: HttpResponse("mine"))
    assert AccessGate(view).process_view(request, view, (), {}) is None


def test_an_overseer_is_one_only_while_in_post(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = TenureFactory(chair=True).member
    assert refuse(request, Rule.OVERSEER) is None
    request.user = TenureFactory(chair=True, ended=True).member
    with pytest.raises(Http404):
        refuse(request, Rule.OVERSEER)


def test_a_page_class_without_a_rule_is_refused(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = MemberFactory(administrator=True)
    with pytest.raises(Http404):
        ask_the_pages_rule(Page(title="bare"), request, (), {})


def test_every_page_class_of_ours_declares_a_rule() -> None:
    ours = [m for m in apps.get_models() if issubclass(m, Page) and m is not Page]
    assert ours
    assert [m for m in ours if not isinstance(getattr(m, "access_rule", None), Rule)] == []
