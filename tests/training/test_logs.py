"""An address that opens something by itself is not in the log, whatever happens to it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.test import Client

from members.declining import path_for
from tests.members.factories import MemberFactory
from training.settings.base import LOGGING
from webinars.calendar.feeds import address_of, renew_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.LogCaptureFixture]:
    """What the site logs in earnest: the settings of the tests keep it silent."""
    added = []
    for name, facts in LOGGING["loggers"].items():
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "disabled", False)
        for named in facts.get("filters", ()):
            added.append((logger, LOGGING["filters"][named]["()"]()))
            logger.addFilter(added[-1][1])
    yield caplog
    for logger, one in added:
        logger.removeFilter(one)


@pytest.fixture
def member() -> Member:
    return MemberFactory()


def path_of(member: Member) -> str:
    return urlsplit(address_of(renew_feed(by=member))).path


def test_the_address_of_a_calendar_that_is_void_or_of_somebody_who_left(
    client: Client, member: Member, log: pytest.LogCaptureFixture
) -> None:
    void, now = path_of(member), path_of(member)
    member.is_active = False
    member.save()
    shortened = now.replace(".ics", "")[:-3] + ".ics"
    for path in (void, now, shortened, now.replace(":", "%3A"), f"{now}/"):
        assert client.get(path).status_code == 404
    assert log.messages == ["Not Found: /sessions/calendar/[signed].ics"] * 4 + [
        "Not Found: /sessions/calendar/[signed].ics/"
    ]


def test_the_address_by_which_mail_is_switched_off(
    client: Client, member: Member, log: pytest.LogCaptureFixture
) -> None:
    member.is_active = False
    member.save()
    assert client.get(path_for(member, "digest")).status_code == 404
    assert log.messages == ["Not Found: /mail/choice/[signed]/"]


def test_one_that_is_posted_to(
    client: Client, member: Member, log: pytest.LogCaptureFixture
) -> None:
    assert client.post(path_of(member)).status_code == 405
    assert log.messages == ["Method Not Allowed (POST): /sessions/calendar/[signed].ics"]


def test_one_that_is_posted_to_from_elsewhere(
    member: Member, log: pytest.LogCaptureFixture
) -> None:
    assert Client(enforce_csrf_checks=True).post(path_of(member)).status_code == 403
    assert len(log.messages) == 1
    assert log.messages[0].endswith(": /sessions/calendar/[signed].ics")


def test_other_addresses_are_logged_as_they_are(
    client: Client, log: pytest.LogCaptureFixture
) -> None:
    assert client.get("/no/such-page:here/").status_code == 404
    assert log.messages == ["Not Found: /no/such-page:here/"]


def test_control__without_the_filter_the_address_is_in_the_log(
    client: Client, member: Member, log: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("django.request").filters.clear()
    void, _ = path_of(member), path_of(member)
    client.get(void)
    assert log.messages == [f"Not Found: {void}"]
