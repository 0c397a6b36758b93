"""Optional mail can be switched off from the mail itself, and only that mail."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client

from members.declining import path_for
from members.mail import post_mail
from members.models import AuditEvent, Mail
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db
noon = partial(time_machine.travel, "2026-11-20 12:00+00:00", tick=False)
SAID = {"kind": "digest", "subject": "Figures", "text": "Two", "html": ""}


def test_one_press_switches_it_off_and_another_on_again() -> None:
    member = MemberFactory()
    visitor, address = Client(), path_for(member, "digest")
    assert "The weekly mail is on" in visitor.get(address).content.decode()
    page = visitor.post(address, {"off": "1"}, follow=True).content.decode()
    assert "The weekly mail is off" in page
    assert member.email not in page
    assert post_mail(key="1", to=member, optional=True, **SAID) is None
    visitor.post(address, {"again": "1"})
    assert post_mail(key="1", to=member, optional=True, **SAID)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "actor")) == [
        ("mail.declined", member.pk),
        ("mail.accepted", member.pk),
    ]


def test_a_mail_program_does_it_with_one_post_and_no_cookie() -> None:
    member, strict = MemberFactory(), Client(enforce_csrf_checks=True)
    answer = strict.post(path_for(member, "digest"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 302
    strict.post(path_for(member, "digest"), {"List-Unsubscribe": "One-Click"})
    assert member.declined.get().kind == "digest"


def test_it_is_about_that_kind_and_that_member_alone() -> None:
    member, another = MemberFactory(), MemberFactory()
    Client().post(path_for(member, "digest"))
    assert post_mail(key="1", to=member, **SAID | {"kind": "other"}, optional=True)
    assert post_mail(key="2", to=member, **SAID | {"kind": "reminder"})
    assert post_mail(key="3", to=another, **SAID, optional=True)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("digest", "The weekly mail is"),
        ("webinar-reminder", "Reminders of your sessions are"),
        ("webinar-thanks", "Mail after your sessions is"),
    ],
)
def test_the_page_says_which_mail_it_is_about(kind: str, words: str) -> None:
    address = path_for(MemberFactory(), kind)
    assert f"{words} on" in Client().get(address).content.decode()
    assert f"{words} off" in Client().post(address, follow=True).content.decode()


def test_a_changed_address_is_nobodys() -> None:
    address = path_for(MemberFactory(), "digest")
    for wrong in (address[:-3] + "xx/", "/mail/choice/1/"):
        assert Client().post(wrong).status_code == 404


def test_who_has_left_has_no_such_page() -> None:
    member = MemberFactory(is_active=False)
    assert Client().get(path_for(member, "digest")).status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_only_optional_mail_offers_to_be_switched_off() -> None:
    member = MemberFactory()
    with noon():
        post_mail(key="1", to=member, optional=True, **SAID)
        post_mail(key="2", to=member, **SAID | {"kind": "reminder"})
    optional, needed = (sent.message() for sent in outbox.outbox)
    path = path_for(member, "digest").split(":")[0]  # what follows is signed with the time
    assert path in optional["List-Unsubscribe"]
    assert optional["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert needed["List-Unsubscribe"] is None
    assert Mail.objects.filter(optional=True).count() == 1
