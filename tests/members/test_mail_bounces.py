"""Mail that came back."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from members.bounces import read_notice
from members.mail import post_mail
from members.models import Mail
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db

NOTICE = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: training@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261120120000.1@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Fri, 20 Nov 2026 12:00:00 +0000 (GMT)

Final-Recipient: rfc822; ann@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: Recipient address rejected:
    User unknown in virtual mailbox table

--cut
Content-Type: {returned}

From: training@example.org
To: ann@example.org
Subject: About your training
Message-ID: {message_id}

Hello
--cut--
"""


@pytest.fixture
def mail() -> Mail:
    said = {"kind": "reminder", "subject": "About your training", "text": "Hello", "html": ""}
    posted = post_mail(key="reminder:1", to=MemberFactory(email="ann@example.org"), **said)
    assert posted
    return posted


def notice(message_id: str, action: str = "failed", returned: str = "message/rfc822") -> bytes:
    status = "5.1.1" if action == "failed" else "4.0.0"
    text = NOTICE.format(message_id=message_id, action=action, status=status, returned=returned)
    return text.encode()


def feed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("record_bounce")


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_is_noted_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, mail: Mail, returned: str
) -> None:
    feed(monkeypatch, notice(mail.message_id, returned=returned))
    mail.refresh_from_db()
    assert mail.failed_at
    assert mail.error.startswith("5.1.1 550 5.1.1")
    assert "User unknown" in mail.error
    assert "ann@" not in mail.error
    assert list(Mail.objects.bounced()) == [mail]


def test_a_second_notice_changes_nothing(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    feed(monkeypatch, notice(mail.message_id))
    first = Mail.objects.get()
    feed(monkeypatch, notice(mail.message_id))
    assert Mail.objects.get().failed_at == first.failed_at


def test_a_notice_that_only_tells_of_a_delay_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, mail: Mail, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, notice(mail.message_id, action="delayed"))
    assert "Nothing failed" in capsys.readouterr().out
    assert not Mail.objects.bounced().exists()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (notice("<of-somebody-else@example.org>"), "no mail of ours"),
        (b"Subject: Hello\n\nOut of office", "no delivery status notification"),
        (b"", "no delivery status notification"),
        (b"\xff\xfe\x00 not a mail", "no delivery status notification"),
    ],
)
def test_what_is_no_bounce_of_ours_is_said(
    monkeypatch: pytest.MonkeyPatch, mail: Mail, raw: bytes, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        feed(monkeypatch, raw)
    assert not Mail.objects.bounced().exists()


def test_a_notice_without_the_mail_is_known_by_what_it_answers(mail: Mail) -> None:
    raw = notice("<nothing@example.org>").replace(
        b"Return-Path: <>", b"In-Reply-To: " + mail.message_id.encode()
    )
    found = read_notice(raw)
    assert found
    assert mail.message_id in found.message_ids
