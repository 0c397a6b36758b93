"""The day of a member's first sign-in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth import user_logged_in
from django.test import RequestFactory

from members.models import Member
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> None:
    user_logged_in.send(sender=Member, request=RequestFactory().get("/"), user=member)


def test_it_is_a_civil_date_and_noted_once(client: Client) -> None:
    member = MemberFactory()
    assert member.first_signed_in_on is None
    with time_machine.travel("2026-06-30T23:30:00Z"):
        client.force_login(member)
    with time_machine.travel("2026-08-01T12:00:00Z"):
        client.force_login(Member.objects.get(pk=member.pk))
    member.refresh_from_db()
    assert member.first_signed_in_on == dt.date(2026, 7, 1)


def test_two_first_sign_ins_keep_the_earlier() -> None:
    member = MemberFactory()
    stale = Member.objects.get(pk=member.pk)
    with time_machine.travel("2026-07-01T12:00:00Z"):
        signed_in(member)
    with time_machine.travel("2026-07-02T12:00:00Z"):
        signed_in(stale)
    member.refresh_from_db()
    assert member.first_signed_in_on == dt.date(2026, 7, 1)


def test_a_later_sign_in_costs_nothing_for_it(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    member = MemberFactory()

    def updates() -> int:
        with django_assert_max_num_queries(20) as captured:
            signed_in(member)
        asked = [query["sql"] for query in captured.captured_queries]
        return sum(sql.startswith("UPDATE") and "first_signed_in_on" in sql for sql in asked)

    assert [updates(), updates()] == [1, 0]
