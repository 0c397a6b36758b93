"""The outbox: posted once, not at night, and only to whom can be reached."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from members.mail import message_id, post_mail, render_mail
from members.models import Mail, Member
from members.waking import next_waking_moment
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LONDON = ZoneInfo("Europe/London")
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=LONDON)
NIGHT = dt.datetime(2026, 11, 20, 23, tzinfo=LONDON)
MOMENTS = st.integers(1_767_225_600, 1_956_528_000)  # the seconds of 2026 to 2031
noon = partial(time_machine.travel, NOON, tick=False)
night = partial(time_machine.travel, NIGHT, tick=False)


def post(to: Member, key: str = "reminder:1", **fields: object) -> Mail | None:
    said = {"kind": "reminder", "subject": "About your training", "text": "Hello", "html": ""}
    return post_mail(key=key, to=to, **(said | fields))


@given(MOMENTS)
def test_the_next_waking_moment_is_awake_and_the_first(seconds: int) -> None:
    now = dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    moment = next_waking_moment(now)
    assert dt.timedelta(0) <= moment - now <= dt.timedelta(hours=13)  # a night with its change
    assert 8 <= moment.astimezone(LONDON).hour < 20
    assert next_waking_moment(moment) == moment
    if moment != now:
        assert moment.astimezone(LONDON).time() == dt.time(8)
        assert not 8 <= now.astimezone(LONDON).hour < 20


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-28T20:00+00:00", "2026-03-29T07:00+00:00"),  # the clocks go forward
        ("2026-10-24T19:00+00:00", "2026-10-25T08:00+00:00"),  # and back
        ("2026-07-01T06:59:59+00:00", "2026-07-01T07:00+00:00"),
        ("2026-07-01T07:00+00:00", "2026-07-01T07:00+00:00"),
        ("2026-07-01T18:59:59+00:00", "2026-07-01T18:59:59+00:00"),
    ],
)
def test_the_edges_of_the_day(now: str, then: str) -> None:
    moment = next_waking_moment(dt.datetime.fromisoformat(now))
    assert moment == dt.datetime.fromisoformat(then)


@committing
def test_a_posted_mail_leaves_after_the_commit() -> None:
    member = MemberFactory(email="ann@example.org")
    with noon(), transaction.atomic():
        mail = post(member, subject="Two\nlines", html="<p>Hello</p>")
        assert outbox.outbox == []
    (sent,) = outbox.outbox
    assert sent.to == ["ann@example.org"]
    assert sent.subject == "Two lines"
    assert sent.body == "Hello"
    assert sent.alternatives[0].content == "<p>Hello</p>"
    headers = sent.message()
    assert headers["Message-ID"] == message_id("reminder:1") == mail.message_id
    assert headers["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert mail.sent_at == NOON
    assert (mail.attempts, mail.claimed_at) == (1, None)


@committing
def test_one_key_is_one_mail_for_ever() -> None:
    member = MemberFactory()
    with noon():
        assert post(member)
        assert post(member) is None
        assert post(MemberFactory()) is None
        assert post(member, "reminder:2")
    assert len(outbox.outbox) == 2


def test_a_repeated_key_leaves_the_callers_transaction_usable() -> None:
    member = MemberFactory()
    with transaction.atomic():
        post(member)
        assert post(member) is None
        post(member, "reminder:2")
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("state", [{"email": None}, {"is_active": False}])
def test_who_cannot_be_reached_gets_no_row(state: dict[str, object]) -> None:
    assert post(MemberFactory(**state)) is None
    assert not Mail.objects.exists()


@committing
def test_a_quiet_mail_waits_for_the_morning_and_another_does_not() -> None:
    with night():
        quiet = post(MemberFactory())
        post(MemberFactory(), "code:1", quiet=False)
    assert quiet.not_before == dt.datetime(2026, 11, 21, 8, tzinfo=LONDON)
    assert [sent.extra_headers["Message-ID"] for sent in outbox.outbox] == [message_id("code:1")]
    assert list(Mail.objects.unsettled()) == [quiet]


def test_a_backlog_stops_at_night() -> None:
    with noon():
        late = post(MemberFactory())
    assert list(Mail.objects.due(at=NOON)) == [late]
    assert list(Mail.objects.due(at=NIGHT)) == []


@committing
def test_mail_of_a_transaction_that_was_taken_back_was_never_posted() -> None:
    member = MemberFactory()
    with noon(), transaction.atomic():
        post(member)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert outbox.outbox == []


@committing
def test_one_delivery_for_many_mails_even_when_some_are_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = []
    monkeypatch.setattr("members.mail._enqueue", started.append)
    with noon(), transaction.atomic():
        for number in range(5):
            with transaction.atomic():
                post(MemberFactory(), f"kept:{number}")
                sid = transaction.savepoint()
                post(MemberFactory(), f"taken-back:{number}")
                transaction.savepoint_rollback(sid)
    assert started == [None]
    assert Mail.objects.count() == 5


@committing
def test_a_delivery_is_started_although_the_first_mail_was_taken_back() -> None:
    with noon(), transaction.atomic():
        sid = transaction.savepoint()
        post(MemberFactory(), "taken-back")
        transaction.savepoint_rollback(sid)
        post(MemberFactory(), "kept")
    assert len(outbox.outbox) == 1


def test_a_failure_has_a_reason() -> None:
    post(MemberFactory())
    with pytest.raises(IntegrityError, match="mail_failure_has_reason"), transaction.atomic():
        Mail.objects.update(failed_at=NOON, error="")


WORDS = {
    "notice_subject.txt": "About {{ course }}\n",
    "notice.txt": "{% extends 'mail/base.txt' %}{% block content %}Do {{ course }}.{% endblock %}",
    "notice.html": (
        "{% extends 'mail/base.html' %}{% block content %}<p>Do {{ course }}.</p>{% endblock %}"
    ),
}


def test_a_mail_says_why_it_came_where_to_go_and_who_helps(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "mail").mkdir()
    for name, words in WORDS.items():
        (tmp_path / "mail" / name).write_text(words)
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    settings.WAGTAILADMIN_BASE_URL = "https://training.example.org/"
    context = {"member": MemberFactory(given_name="D'Arcy"), "course": "R&D", "link": "/my/"}
    mail = render_mail("notice", context)
    assert mail.subject == "About R&D"
    for words in ("Hello D'Arcy,", "Do R&D.", "Open this page: https://training.example.org/my/"):
        assert words in mail.text
    for words in (
        "Hello D&#x27;Arcy,",
        "<p>Do R&amp;D.</p>",
        'href="https://training.example.org/my/"',
    ):
        assert words in mail.html
    for part in (mail.text, mail.html):
        assert "You get this mail because" in part
        assert "https://training.example.org/support/" in part
        assert "training@example.org" in part
        assert "style" not in part


def test_mail_is_read_by_its_reader_alone() -> None:
    mine, theirs = post(MemberFactory()), post(MemberFactory(), "reminder:2")
    administrator = MemberFactory(administrator=True)
    assert list(Mail.objects.visible_to(mine.member)) == [mine]
    assert list(Mail.objects.visible_to(theirs.member)) == [theirs]
    assert list(Mail.objects.visible_to(administrator)) == []
