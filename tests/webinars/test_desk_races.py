"""Two hosts at once: the second sees what the first did, and everybody is told once.

The controls take a lock away, and the same races must then fail. Cancelling a session while people
book it is among the races of bookings.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from members.models import AuditEvent, Mail, Member
from tests.crowds import after_pause, at_once, fails_in_some_round
from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory, WebinarPageFactory, at
from webinars import sessions
from webinars.checking_in import verbs
from webinars.host import messages
from webinars.models import CheckInCode, SentMessage, Session

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def hosted(**fields: Any) -> tuple[Session, Member]:
    host = MemberFactory()
    return SessionFactory(hosts=[host], **fields), host


def kinds_of(outcomes: list[Any]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


# --- Races ---------------------------------------------------------------------------------------
def of_two_hosts_one_moves_it() -> None:
    session, host = hosted()
    BookingFactory(session=session)

    def moves(hour: int) -> Callable[[], Session]:
        return lambda: sessions.change_session(
            session=session, by=host, seen=session.changed_at, starts_at=at(2031, 10, 13, hour)
        )

    outcomes = at_once(moves(18), moves(20), crowd=2)
    assert kinds_of(outcomes) == ["Overtaken", "Session"]
    now = Session.objects.get(pk=session.pk)
    assert now.sequence == 1
    assert now.ends_at - now.starts_at == session.ends_at - session.starts_at
    assert Mail.objects.filter(key__startswith="webinar:moved").count() == 1
    Mail.objects.all().delete()


def two_who_cancel_tell_everybody_once() -> None:
    session, host = hosted()
    BookingFactory(session=session)
    outcomes = at_once(lambda: sessions.cancel_session(session=session, by=host), crowd=4)
    assert kinds_of(outcomes) == ["Session"] * 4
    told = AuditEvent.objects.filter(action="webinars.cancelled", detail__session=session.pk)
    assert told.count() == 1


def a_message_sent_twice_is_sent_once() -> None:
    session, host = hosted()
    BookingFactory(session=session)
    said = {"subject": "A pen", "text": "Bring one.", "key": uuid.uuid4()}
    outcomes = at_once(lambda: messages.send_message(session=session, by=host, **said), crowd=4)
    assert kinds_of(outcomes) == ["SentMessage"] * 4
    assert SentMessage.objects.filter(session=session).count() == 1


def one_code_is_shown() -> None:
    session, host = hosted(webinar=WebinarPageFactory(by_code=True), live_now=True)
    outcomes = at_once(lambda: verbs.show_code(session=session, by=host), crowd=4)
    assert kinds_of(outcomes) == ["CheckInCode"] * 4
    assert session.codes.count() == 1


RACES = [
    of_two_hosts_one_moves_it,
    two_who_cancel_tell_everybody_once,
    a_message_sent_twice_is_sent_once,
    one_code_is_shown,
]


# --- Guards, taken away --------------------------------------------------------------------------
def without_lock(patch: pytest.MonkeyPatch) -> None:
    def unlocked(pk: int) -> Session:
        return Session.objects.select_related("webinar").get(pk=pk)

    for room in (sessions, messages, verbs):
        patch.setattr(room, "lock_session", unlocked)


def slowly(patch: pytest.MonkeyPatch) -> None:
    """Take a while between looking and writing: there the guards are needed."""
    for model in (Session, SentMessage, CheckInCode):
        patch.setattr(model, "save", after_pause(model.save))


# Two tests, each with all races: who commits empties the database afterwards, and that is slow.
def test_races_are_held(subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    for race in RACES:
        with subtests.test(race.__name__):
            race()


def test_control__without_the_lock_each_race_fails(
    subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    for race in RACES:
        with subtests.test(race.__name__), monkeypatch.context() as patch:
            without_lock(patch)
            assert fails_in_some_round(race)
