"""What other pages ask about the reader's duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from tests.compliance.conftest import Party

pytestmark = pytest.mark.django_db

PAGE = Template(
    "{% load compliance_tags %}{% for course in courses %}"
    "{% duty_for course as duty %}[{{ duty.words }}]{% endfor %}"
)


def said(user: Member | AnonymousUser, *courses: object) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return PAGE.render(Context({"request": request, "courses": courses}))


def test_duty_for_a_course(party: Party, django_assert_num_queries: Callable) -> None:
    course = party.a.chair.completions.get().course
    with django_assert_num_queries(5):
        words = said(party.a.people["due"], course, None, course)
    assert words == "[Due by 10 December 2026][][Due by 10 December 2026]"


def test_nobody_signed_in_has_no_duty(party: Party) -> None:
    course = party.a.chair.completions.get().course
    assert said(AnonymousUser(), course) == "[]"
    assert (
        Template("{% load compliance_tags %}{% duty_for x as duty %}[{{ duty }}]").render(
            Context({"x": course})
        )
        == "[None]"
    )
