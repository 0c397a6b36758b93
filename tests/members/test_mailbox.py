"""The demonstration's mailbox."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from members.mail import message_id
from members.models import Mail, Member
from tests.members.conftest import in_group
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings) -> None:
    settings.DEMO_MODE = True


def mail(to: Member, subject: str = "About your training", **fields: object) -> Mail:
    key = f"{to.pk}:{subject}:{Mail.objects.count()}"
    fields = {"text": "Hello <b>you</b>\n\nhttp://localhost/my/", "kind": "notice"} | fields
    return Mail.objects.create(
        key=key, member=to, subject=subject, message_id=message_id(key), **fields
    )


@pytest.fixture
def member(client: Client) -> Member:
    someone = MemberFactory()
    client.force_login(someone)
    return someone


def test_people_read_their_own_mail_and_nobody_elses(client: Client, member: Member) -> None:
    own = mail(member, "Mine", sent_at=AT)
    other = mail(MemberFactory(), "Theirs")
    page = client.get(reverse("mailbox")).content.decode()
    assert "Mine" in page
    assert "Theirs" not in page
    assert client.get(reverse("mail", args=[other.pk])).status_code == 404
    letter = client.get(reverse("mail", args=[own.pk])).content.decode()
    assert "Hello &lt;b&gt;you&lt;/b&gt;" in letter
    assert 'href="http://localhost/my/"' in letter


def test_a_training_administrator_reads_all(client: Client) -> None:
    client.force_login(in_group("Training administrators"))
    theirs = mail(MemberFactory(), "Theirs")
    assert "Theirs" in client.get(reverse("mailbox")).content.decode()
    assert client.get(reverse("mail", args=[theirs.pk])).status_code == 200


def test_it_says_what_became_of_each(client: Client, member: Member) -> None:
    mail(member, sent_at=AT)
    mail(member, failed_at=AT, error="550 unknown")
    mail(member, not_before=timezone.now())
    page = client.get(reverse("mailbox")).content.decode()
    for words in ("Sent at midday on Friday 20 November 2026", "could not be delivered", "Waiting"):
        assert words in page


def test_the_list_costs_the_same_with_much_mail_and_ends_at_a_hundred(
    client: Client, member: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    administrator = in_group("Training administrators")
    client.force_login(administrator)
    for number in range(105):
        mail(MemberFactory() if number % 10 == 0 else member, f"Number {number}")
    client.get(reverse("mailbox"))
    with django_assert_num_queries(7):
        page = client.get(reverse("mailbox")).content.decode()
    assert "Number 104" in page
    assert "Number 4<" not in page


@pytest.mark.parametrize("name", ["mailbox", "mail"])
def test_there_is_no_mailbox_outside_a_demonstration(
    client: Client, member: Member, settings: Settings, name: str
) -> None:
    settings.DEMO_MODE = False
    args = [mail(member).pk] if name == "mail" else []
    assert client.get(reverse(name, args=args)).status_code == 404


def test_it_is_linked_in_a_demonstration_only(client: Client, settings: Settings) -> None:
    assert reverse("mailbox") in client.get("/accessibility/").content.decode()
    settings.DEMO_MODE = False
    assert reverse("mailbox") not in client.get("/accessibility/").content.decode()


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get(reverse("mailbox")).status_code == 302
