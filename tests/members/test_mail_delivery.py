"""What becomes of a mail: it leaves, it is tried again, or it is given up."""

from __future__ import annotations

import datetime as dt
from collections import deque
from itertools import pairwise
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.db import transaction

from members import delivery
from members.delivery import deliver_due
from members.mail import post_mail
from members.models import Mail, Member
from members.models.mail import CLAIM_LASTS, MailQuerySet
from tests.crowds import at_once
from tests.members.factories import MemberFactory
from tests.members.mail_servers import Moody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/London"))
UNKNOWN = SMTPRecipientsRefused({"a@example.org": (550, b"5.1.1 <a@example.org> unknown")})
GREYLISTED = SMTPRecipientsRefused({"a@example.org": (450, b"4.2.0 greylisted")})


@pytest.fixture(autouse=True)
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[Moody]:
    settings.EMAIL_BACKEND = "tests.members.mail_servers.Moody"
    monkeypatch.setattr(Moody, "answers", deque())
    monkeypatch.setattr(Moody, "closed_with", None)
    return Moody


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def post(key: str = "reminder:1", to: Member | None = None, **fields: object) -> Mail:
    said = {"kind": "reminder", "subject": "Your training", "text": "Hello", "html": ""}
    mail = post_mail(key=key, to=to or MemberFactory(), **(said | fields))
    assert mail
    return mail


def fresh(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


@pytest.mark.parametrize(
    "error", [UNKNOWN, SMTPDataError(554, "no"), ValueError("bad header")], ids=repr
)
def test_a_permanent_refusal_is_final(server: type[Moody], error: Exception) -> None:
    refused, taken = post(), post("reminder:2")
    server.answers.append(error)
    assert deliver_due() == 1
    assert fresh(refused).failed_at == NOON
    assert refused.error
    assert "@" not in refused.error
    assert fresh(taken).sent_at == NOON
    assert list(Mail.objects.bounced()) == [refused]
    assert deliver_due() == 0


@pytest.mark.parametrize(
    "error", [GREYLISTED, SMTPServerDisconnected("gone"), SMTPDataError(451, "later")], ids=repr
)
def test_a_temporary_refusal_is_tried_five_times_with_growing_pauses(
    server: type[Moody], clock: time_machine.Traveller, error: Exception
) -> None:
    mail, tried = post(quiet=False), []
    server.answers.extend([error] * 9)
    for _ in range(26 * 60):
        before = len(server.answers)
        deliver_due()
        if len(server.answers) < before:
            tried.append(dt.datetime.now(dt.UTC))
        clock.shift(60)
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses == [dt.timedelta(minutes=m) for m in (5, 30, 120, 480)]
    assert fresh(mail).failed_at == tried[-1]
    assert mail.attempts == 5


def test_a_second_attempt_succeeds(server: type[Moody], clock: time_machine.Traveller) -> None:
    mail = post()
    server.answers.append(GREYLISTED)
    assert deliver_due() == 0
    assert "450" in fresh(mail).error
    clock.shift(301)
    assert deliver_due() == 1
    assert (fresh(mail).error, mail.attempts) == ("", 2)


def test_a_server_that_cannot_be_reached_is_no_mail_s_fault(server: type[Moody]) -> None:
    mail = post()
    server.closed_with = SMTPAuthenticationError(535, b"wrong password")
    with pytest.raises(CommandError, match="535 wrong password"):
        call_command("send_waiting_mail")
    assert (fresh(mail).attempts, mail.claimed_at, mail.failed_at) == (0, None, None)
    server.closed_with = None
    assert deliver_due() == 1


def test_who_has_left_or_lost_the_address_meanwhile_gets_nothing() -> None:
    left, lost = post(), post("reminder:2")
    Member.objects.filter(pk=left.member_id).update(is_active=False)
    Member.objects.filter(pk=lost.member_id).update(email=None)
    assert deliver_due() == 0
    assert outbox.outbox == []
    assert fresh(left).failed_at
    assert fresh(lost).failed_at


def test_mail_goes_to_the_address_of_today() -> None:
    mail = post()
    Member.objects.filter(pk=mail.member_id).update(email="new@example.org")
    deliver_due()
    assert outbox.outbox[0].to == ["new@example.org"]


def test_what_another_worker_holds_is_left_alone_until_its_claim_lapses(
    clock: time_machine.Traveller,
) -> None:
    mail = post()
    Mail.objects.update(claimed_at=NOON)
    assert deliver_due() == 0
    clock.shift(CLAIM_LASTS)
    assert deliver_due() == 0
    clock.shift(1)
    assert deliver_due() == 1
    assert fresh(mail).claimed_at is None


def test_a_slow_worker_hands_back_what_it_could_not_begin_in_time(
    monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    """Else another worker would take over, and both would send."""
    for number in range(5):
        post(f"reminder:{number}")
    send = delivery._message

    def slowly(*args: object) -> object:
        clock.shift(dt.timedelta(minutes=4))
        assert Mail.objects.due().count() == 0
        return send(*args)

    monkeypatch.setattr(delivery, "_message", slowly)
    assert deliver_due() == 5
    assert len(outbox.outbox) == 5


def test_the_command_says_what_it_did(
    server: type[Moody], capsys: pytest.CaptureFixture[str]
) -> None:
    post()
    post("reminder:2")
    server.answers.append(GREYLISTED)
    call_command("send_waiting_mail")
    assert capsys.readouterr().out == "Sent 1; 1 wait for the morning or for another try.\n"


def test_a_batch_costs_one_query_a_mail_and_a_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        post(f"reminder:{number}")
    claim, outcomes, hand_back, nothing_more = 4, 3, 1, 3
    with django_assert_num_queries(claim + outcomes + hand_back + nothing_more):
        deliver_due()


@pytest.fixture
def shared_work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[list[str], list[int]]]:
    """Let four workers loose on 300 mails; tell what left, and how many each one sent."""

    def run() -> tuple[list[str], list[int]]:
        monkeypatch.setattr("members.mail._enqueue", lambda later: None)
        monkeypatch.setattr(delivery, "BATCH", 7)
        members = MemberFactory.create_batch(10)
        with transaction.atomic():
            for number in range(300):
                post(f"reminder:{number}", to=members[number % 10])
        sent = at_once(deliver_due, crowd=4)
        return [mail.extra_headers["Message-ID"] for mail in outbox.outbox], sent

    return run


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_four_workers_at_once_send_every_mail_once(
    shared_work: Callable[[], tuple[list[str], list[int]]],
) -> None:
    ids, sent = shared_work()
    assert len(ids) == len(set(ids)) == sum(sent) == 300
    assert len([number for number in sent if number]) > 1  # they did share the work


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_without_claims_they_would_send_some_twice(
    shared_work: Callable[[], tuple[list[str], list[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MailQuerySet, "due", lambda self, at: self.unsettled())
    ids, _ = shared_work()
    assert len(ids) > len(set(ids)) == 300
