"""Mail to many at once: the rules of one mail, in a handful of queries."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes
from functools import partial
from threading import Barrier, get_ident
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as outbox
from django.db import transaction

from members import mail as posting
from members.actions import decline_mail
from members.mail import Rendered, message_id, post_mail, post_mails
from members.models import Mail, Member
from tests.crowds import at_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/London"))
NIGHT = dt.datetime(2026, 11, 20, 23, tzinfo=ZoneInfo("Europe/London"))
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Tŷ\r\nEND:VCALENDAR\r\n"
noon = partial(time_machine.travel, NOON, tick=False)


def say(key: str, member: Member) -> Rendered:
    return Rendered(f"About\n{key}", f"Hello {member.given_name}", f"<p>{key}</p>", CALENDAR)


def people(number: int) -> dict[str, Member]:
    made = Member.objects.bulk_create(
        Member(given_name=f"N{n}", email=f"{n}@example.org") for n in range(number)
    )
    return {f"key:{n}": member for n, member in enumerate(made)}


def test_one_of_many_is_written_down_as_if_it_were_the_only_one() -> None:
    with noon():
        to = people(2)
        assert post_mails(to=to, say=say, kind="webinar") == 2
        alone = post_mail(
            key="0", to=to["key:0"], kind="webinar", **say("key:0", to["key:0"])._asdict()
        )
    first, second = Mail.objects.filter(key__startswith="key").order_by("key")
    differing = {"id", "key", "message_id"}
    facts = {field.attname for field in Mail._meta.concrete_fields} - differing
    assert {name: getattr(first, name) for name in facts} == {
        name: getattr(alone, name) for name in facts
    }
    assert first.message_id == message_id("key:0")
    assert (second.subject, second.text) == ("About key:1", "Hello N1")


def test_the_rules_are_those_of_one_mail() -> None:
    to = people(5)
    Member.objects.filter(pk=to["key:0"].pk).update(email=None)
    Member.objects.filter(pk=to["key:1"].pk).update(is_active=False)
    decline_mail(member=to["key:2"], kind="webinar")
    for member in to.values():
        member.refresh_from_db()
    with noon():
        post_mails(to={"key:3": to["key:3"]}, say=say, kind="webinar")
    with time_machine.travel(NIGHT, tick=False):
        assert post_mails(to=to, say=say, kind="webinar", optional=True) == 1
        assert post_mails(to={"b": to["key:2"]}, say=say, kind="webinar", quiet=False) == 1
    quiet, other = Mail.objects.filter(created_at=NIGHT).order_by("pk")
    assert (quiet.key, quiet.optional) == ("key:4", True)
    assert quiet.not_before == dt.datetime(2026, 11, 21, 8, tzinfo=NIGHT.tzinfo)
    assert (other.key, other.not_before) == ("b", NIGHT)


def test_only_who_gets_one_is_written_to() -> None:
    to, written = people(3), []

    def write(key: str, member: Member) -> Rendered:
        written.append(key)
        return say(key, member)

    post_mails(to={"key:1": to["key:1"]}, say=write, kind="webinar")
    assert post_mails(to=to, say=write, kind="webinar") == 2
    assert post_mails(to=to, say=write, kind="webinar") == 0
    assert written == ["key:1", "key:0", "key:2"]


@pytest.mark.parametrize("number", [1, 50])
def test_it_costs_the_same_however_many(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    to = people(number)
    with django_assert_num_queries(4):  # declined, posted, put, counted
        assert post_mails(to=to, say=say, kind="webinar", optional=True) == number


def test_more_than_one_go_leaves_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "AT_ONCE", 3)
    assert post_mails(to=people(7), say=say, kind="webinar") == 7
    assert post_mails(to={}, say=say, kind="webinar") == 0


@committing
def test_they_leave_after_the_commit_with_the_calendar() -> None:
    to = people(2)
    with noon(), transaction.atomic():
        post_mails(to=to, say=say, kind="webinar")
        assert outbox.outbox == []
    assert [sent.to for sent in outbox.outbox] == [["0@example.org"], ["1@example.org"]]
    message = message_from_bytes(outbox.outbox[0].message().as_bytes(linesep="\r\n"))
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_payload(decode=True).decode() == CALENDAR
    assert part.get_param("method") == "CANCEL"
    assert part.get_content_charset() == "utf-8"
    assert part.get_filename() == "invite.ics"
    texts = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert texts == ["text/plain", "text/html", "text/calendar"]


@pytest.fixture
def four_post(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], str]], list[int]]:
    """Post fifty mails four times at once, after all four have asked which are still to post and
    heard: all. Tell how many each found new; `named` says what a thread makes of a key."""
    monkeypatch.setattr("members.mail._enqueue", lambda later: None)
    ask, all_asked = posting._still_to_post, Barrier(4)

    def run(named: Callable[[str], str]) -> list[int]:
        def ask_together(*args: object) -> list[tuple[str, Member]]:
            found = ask(*args)
            all_asked.wait(60)
            return [(named(key), who) for key, who in found]

        monkeypatch.setattr(posting, "_still_to_post", ask_together)
        to = people(50)

        def work() -> int:
            with transaction.atomic():
                return post_mails(to=to, say=say, kind="webinar")

        return at_once(work, crowd=4)

    return run


@pytest.mark.postgresql
@committing
def test_four_at_once_post_each_mail_once(four_post: Callable[..., list[int]]) -> None:
    assert sorted(four_post(str)) == [0, 0, 0, 50]
    assert Mail.objects.count() == 50


@pytest.mark.postgresql
@committing
def test_without_the_key_each_would_post_its_own(four_post: Callable[..., list[int]]) -> None:
    assert four_post(lambda key: f"{key}:{get_ident()}") == [50, 50, 50, 50]
    assert Mail.objects.count() == 200
