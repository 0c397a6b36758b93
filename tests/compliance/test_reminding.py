"""The plan of reminders at work: who is told what on which day, and who no more."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.duty.duties import for_member
from compliance.models import Decision, Reminder
from compliance.reminders.plan import CODES
from compliance.reminders.planned import remind_planned
from compliance.reminders.reminding import by_code, to_tell
from members.models import Mail, Member, Tenure
from tests.compliance.factories import RequirementFactory, VersionFactory
from tests.courses.factories import CompletionFactory, CourseFactory, EnrolmentFactory
from tests.members.factories import TenureFactory

if TYPE_CHECKING:
    from tests.compliance.conftest import Party

# Of the two councillors who are due: their posts began on 10 November, thirty days before.
TWO_WEEKS_LEFT = dt.date(2026, 11, 26)
DUE_ON = dt.date(2026, 12, 10)
LONG_KNOWN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def due(party: Party) -> Member:
    """A councillor who is due on 10 December, in a party where all mails are sent."""
    VersionFactory.rewrite(reminders=list(CODES))
    Tenure.objects.update(recorded_at=LONG_KNOWN)
    return party.a.people["due"]


def run(on: dt.date) -> list[Mail]:
    """Do what the command and the worker do that day; return the mails they wrote."""
    last = Mail.objects.count()
    with time_machine.travel(dt.datetime.combine(on, dt.time(9), dt.UTC), tick=False):
        remind_planned(member_ids=[item.member_id for item in to_tell(on=on)], on=on)
    return list(Mail.objects.order_by("pk")[last:])


def decide(kind: str, member: Member, **fields: object) -> Decision:
    given = {"recorded_at": LONG_KNOWN, "recorded_by": member, "from_on": dt.date(2025, 1, 1)}
    return Decision.objects.create(kind=kind, member=member, **(given | fields))


def test_on_the_day_everybody_it_concerns_gets_one_mail(party: Party, due: Member) -> None:
    mails = run(TWO_WEEKS_LEFT)
    assert {mail.member for mail in mails} == {due, party.b.people["due"]}
    mail = next(mail for mail in mails if mail.member == due)
    assert mail.subject == "Your training: one thing to do by 10 December"
    for part in (mail.text, mail.html):
        assert "Safeguarding essentials" in part
        assert "Due by 10 December 2026" in part
        assert "Councillor, Alder branch, since 10 November 2026" in part
        assert "Birch" not in part
    assert mail.text.count("http") == 2  # My training, and Get support
    entry = Reminder.objects.get(member=due)
    assert (entry.code, entry.cycle, entry.mail) == ("due-14", dt.date(2026, 11, 10), mail)


def test_running_again_tells_nobody_twice(due: Member) -> None:
    assert len(run(TWO_WEEKS_LEFT)) == 2
    assert run(TWO_WEEKS_LEFT) == []
    assert run(TWO_WEEKS_LEFT + dt.timedelta(days=3)) == []


def test_after_a_pause_only_the_latest_mail_and_in_the_end_none(due: Member) -> None:
    assert len(run(DUE_ON + dt.timedelta(days=18))) == 2
    assert set(Reminder.objects.values_list("code", flat=True)) == {"overdue+14"}
    assert run(DUE_ON + dt.timedelta(days=30)) == []


def test_who_has_finished_since_it_was_planned_gets_none(party: Party, due: Member) -> None:
    planned = to_tell(on=TWO_WEEKS_LEFT)
    course = planned[0].term.courses[0]
    CompletionFactory(member=due, course=course, completed_on=TWO_WEEKS_LEFT)
    remind_planned(member_ids=[item.member_id for item in planned], on=TWO_WEEKS_LEFT)
    assert Mail.objects.get().member == party.b.people["due"]


def test_who_is_exempt_on_leave_or_has_left_gets_none(party: Party, due: Member) -> None:
    decide("exemption", due, reason="other")
    decide("leave", party.b.people["due"])
    for role in ("overdue", "ended"):
        Member.objects.filter(pk=party.a.people[role].pk).update(is_active=False)
    assert run(TWO_WEEKS_LEFT) == []


def test_without_an_address_it_is_noted(due: Member) -> None:
    Member.objects.filter(pk=due.pk).update(email=None)
    assert len(run(TWO_WEEKS_LEFT)) == 1
    assert Reminder.objects.get(member=due).mail is None
    assert by_code(to_tell(on=TWO_WEEKS_LEFT)) == {}


def test_more_time_moves_the_days_and_repeats_none(due: Member) -> None:
    run(TWO_WEEKS_LEFT)
    decide("extension", due, due_on=dt.date(2026, 12, 31))
    mine = [day for day in range(60) if due in _told(TWO_WEEKS_LEFT, day)]
    assert [TWO_WEEKS_LEFT + dt.timedelta(days=day) for day in mine] == [
        dt.date(2026, 12, 28),
        dt.date(2027, 1, 1),
        dt.date(2027, 1, 14),
    ]


def _told(first: dt.date, number: int) -> set[Member]:
    return {mail.member for mail in run(first + dt.timedelta(days=number))}


def test_two_requirements_of_one_course_are_one_line(party: Party, due: Member) -> None:
    course = to_tell(on=TWO_WEEKS_LEFT)[0].term.courses[0]
    kinds = [party.kinds["councillor"]]
    RequirementFactory(courses=[course], post_kinds=kinds, reminders=list(CODES))
    mail = next(mail for mail in run(TWO_WEEKS_LEFT) if mail.member == due)
    assert mail.text.count("Safeguarding essentials") == 1
    assert "one thing to do" in mail.subject
    assert mail.reminders.count() == 2


def test_a_sensitive_course_is_named_by_its_plain_title(party: Party, due: Member) -> None:
    course = CourseFactory(title="After assault", is_sensitive=True, plain_title="Module B")
    kinds = [party.kinds["councillor"]]
    RequirementFactory(
        title="After assault", courses=[course], post_kinds=kinds, reminders=list(CODES)
    )
    mail = next(mail for mail in run(TWO_WEEKS_LEFT) if mail.member == due)
    assert mail.subject == "Your training: two things to do by 10 December"
    assert "Module B" in mail.text
    assert "assault" not in mail.subject + mail.text + mail.html


def test_an_assignment_can_be_taken_back_before_anybody_is_told(due: Member) -> None:
    named = RequirementFactory(audience="named", reminders=["assigned"])
    noon = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    said = decide(
        "assignment", due, requirement=named, recorded_at=noon, from_on=dt.date(2027, 3, 1)
    )
    assert run(dt.date(2027, 3, 1)) == []
    assert run(dt.date(2027, 3, 2)) == []
    with transaction.atomic():
        decide(
            "assignment", due, requirement=named, recorded_at=noon, corrects=said, is_withdrawn=True
        )
        assert run(dt.date(2027, 3, 3)) == []
        transaction.set_rollback(True)
    with transaction.atomic():
        assert [mail.member for mail in run(dt.date(2027, 3, 3))] == [due]


def test_a_requirement_is_told_a_day_after_it_was_saved(party: Party, due: Member) -> None:
    RequirementFactory(
        courses=[CourseFactory()],
        post_kinds=[party.kinds["chair"]],
        reminders=["assigned"],
        recorded_at=dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC),
    )
    chairs = {party.a.chair, party.b.chair}
    told = [_told(dt.date(2027, 3, 1), number) for number in range(4)]
    assert told == [set(), set(), chairs, set()]


def test_the_ledger_takes_each_once_and_is_never_changed(due: Member) -> None:
    run(TWO_WEEKS_LEFT)
    entry = Reminder.objects.filter(member=due).get()
    with pytest.raises(IntegrityError, match=r"reminder_once|UNIQUE"), transaction.atomic():
        Reminder.objects.create(
            member=due, requirement=entry.requirement, cycle=entry.cycle, code="due-14"
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Reminder.objects.update(code="due-3")


def test_a_day_takes_as_many_queries_for_more_people(party: Party, due: Member) -> None:
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = to_tell(on=TWO_WEEKS_LEFT)
        counted.append((len(queries), len(found)))
        for world in (party.a, party.b):
            held = {"post_kind": party.kinds["councillor"], "unit": world.branch}
            TenureFactory.create_batch(5, started_on=dt.date(2026, 11, 10), **held)
        Tenure.objects.update(recorded_at=LONG_KNOWN)
    assert counted == [(5, 2), (5, 12)]


@pytest.fixture
def party_of_one(party: Party, due: Member) -> tuple[Member, object]:
    """The councillor alone, with a course to be renewed every six months."""
    Tenure.objects.exclude(member=due).delete()
    course = CourseFactory(validity_months=6, renewal_window_days=60)
    kinds = [party.kinds["councillor"]]
    RequirementFactory(courses=[course], post_kinds=kinds, reminders=list(CODES))
    return due, course


RUNS = st.lists(st.integers(0, 900), min_size=1, max_size=40)


@given(RUNS, st.lists(st.integers(0, 900), max_size=3, unique=True))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_days_it_runs(
    party_of_one: tuple[Member, object], days: list[int], done: list[int]
) -> None:
    """Each mail once, none while covered: over two and a half years with renewals between."""
    member, course = party_of_one
    first, rounds = dt.date(2026, 11, 10), list(enumerate(sorted(done), start=1))
    with transaction.atomic():
        for number in sorted(days):
            on = first + dt.timedelta(days=number)
            while rounds and rounds[0][1] <= number:
                cycle, since = rounds.pop(0)
                CompletionFactory(
                    member=member,
                    course=course,
                    enrolment=EnrolmentFactory(member=member, course=course, cycle=cycle),
                    completed_on=first + dt.timedelta(days=since),
                )
            mails = run(on)
            assert len(mails) <= 1
            if mails:
                assert any(duty.status.is_open for duty in for_member(member, on=on))
        told = list(Reminder.objects.values_list("requirement", "cycle", "code"))
        assert len(told) == len(set(told))
        transaction.set_rollback(True)
