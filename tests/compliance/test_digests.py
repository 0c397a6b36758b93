"""The weekly digest: counts for who oversees a CLP, on Mondays, once, and only if they want it."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.models import Decision, Reminder
from compliance.reminders.digests import Open, open_by_clp, send_digests
from compliance.reminders.plan import CODES
from members.actions import decline_mail
from members.models import Mail, Member, Tenure
from tests.compliance.factories import VersionFactory
from tests.members.factories import TenureFactory

if TYPE_CHECKING:
    import time_machine
    from pytest_django import Settings

    from tests.compliance.conftest import Party

MONDAY = dt.date(2026, 11, 23)
LONG_KNOWN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def send(on: dt.date = MONDAY) -> list[Mail]:
    send_digests(member_ids=list(Member.objects.values_list("pk", flat=True)), on=on)
    return list(Mail.objects.all())


def test_a_chair_reads_counts_and_no_names(party: Party) -> None:
    first, second = sorted(send(), key=lambda mail: mail.text)
    assert {first.member, second.member} == {party.a.chair, party.b.chair}
    assert "Alder CLP: 2 people are overdue, 1 is due by 10 December 2026." in first.text
    assert first.subject == "Your team's training: this week's figures"
    assert f"/compliance/{party.a.clp.code}/" in first.text
    for part in (first.subject, first.text, first.html):
        assert not any(canary in part for canary in party.b.canaries)
        assert not any(name in part for name in ("Aldersondue", "Aldersonoverdue", "ended"))
    assert "/mail/choice/" in first.text
    assert first.optional


def test_once_a_week_however_often_it_runs(party: Party) -> None:
    assert len(send()) == 2
    assert len(send()) == 2
    assert len(send(MONDAY + dt.timedelta(days=1))) == 2
    assert len(send(MONDAY + dt.timedelta(days=7))) == 4


def test_the_secretary_hears_too_and_who_has_declined_does_not(party: Party) -> None:
    held = TenureFactory(post_kind=party.kinds["secretary"], unit=party.a.clp)
    decline_mail(member=party.a.chair, kind="digest")
    assert {mail.member for mail in send()} == {held.member, party.b.chair}


def test_nothing_when_nothing_is_open(party: Party) -> None:
    for role in ("due", "overdue", "ended"):
        member = party.a.people[role]
        Decision.objects.create(
            kind="exemption",
            member=member,
            reason="other",
            from_on=dt.date(2025, 1, 1),
            recorded_at=LONG_KNOWN,
            recorded_by=member,
        )
    assert {mail.member for mail in send()} == {party.b.chair}


def test_an_officer_of_a_region_or_a_post_that_ended_gets_none(party: Party, officer) -> None:
    officer(party.region)
    Tenure.objects.filter(member=party.a.chair).update(ended_on=MONDAY)
    assert {mail.member for mail in send()} == {party.b.chair}


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Open(overdue=1), "1 person is overdue"),
        (Open(overdue=3, due=2, due_by=dt.date(2026, 11, 30)), None),
        (Open(due=2), "2 people are not done yet, in time"),
    ],
)
def test_the_words(counts: Open, words: str | None) -> None:
    assert counts.words == (words or "3 people are overdue, 2 are due by 30 November 2026")


def test_all_clps_are_counted_in_as_many_queries(party: Party) -> None:
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            open_by_clp(on=MONDAY)
        counted.append(len(queries))
        TenureFactory.create_batch(5, post_kind=party.kinds["councillor"], unit=party.b.clp)
    assert counted[0] == counted[1]


def remind(*options: str) -> str:
    out = StringIO()
    call_command("remind", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def all_mails(party: Party) -> None:
    VersionFactory.rewrite(reminders=list(CODES))
    Tenure.objects.update(recorded_at=LONG_KNOWN)


def test_the_command_counts_and_sends(party: Party, all_mails: None) -> None:
    words = remind("--on", "2026-11-26", "--dry-run")
    assert words.split("\n")[:2] == [
        "due-14             2",
        "2 people to remind, 0 officers to send the digest.",
    ]
    assert not Mail.objects.exists()
    remind("--on", "2026-11-26")
    assert Mail.objects.count() == Reminder.objects.count() == 2
    assert remind("--on", "2026-11-26").startswith("0 people")


def test_on_mondays_it_sends_the_digest(
    party: Party, all_mails: None, november: time_machine.Traveller
) -> None:
    remind()
    assert not Mail.objects.exists()
    november.shift(dt.timedelta(days=2))
    remind()
    assert set(Mail.objects.values_list("kind", flat=True)) == {"digest"}


def test_in_a_demonstration_only_who_can_sign_in_gets_mail(
    party: Party, all_mails: None, settings: Settings
) -> None:
    settings.DEMO_MODE = True
    party.a.people["due"].set_password("a long enough one")
    party.a.people["due"].save()
    remind("--on", "2026-11-26")
    assert Mail.objects.get().member == party.a.people["due"]


def test_a_day_that_is_none() -> None:
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        remind("--on", "tomorrow")
