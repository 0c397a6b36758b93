"""Human decisions: made by somebody else, with reasons, appended, and never contradicting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from compliance.decisions.refusals import CannotDecide
from compliance.decisions.verbs import assign, correct, exempt, extend, record_leave, withdraw
from compliance.duty.duties import for_member
from compliance.duty.status import Status
from compliance.models import Decision
from members.models import AuditEvent, Member
from tests.compliance.deciding import Case, case, day, decider
from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.duty.duties import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
OTHER = Decision.Reason.OTHER
PROFESSIONAL = Decision.Reason.PROFESSIONAL


@pytest.fixture
def at() -> Case:
    return case()


def duty(at: Case) -> Duty:
    [only] = for_member(Member.objects.get(pk=at.member.pk))
    return only


def named(at: Case, **facts: object) -> Decision:
    requirement = RequirementFactory(audience="named")
    return assign(member=at.member, requirement=requirement, by=at.by, **facts)


def exempted(at: Case, **facts: object) -> Decision:
    facts = {"requirement": at.requirement, "reason": PROFESSIONAL} | facts
    return exempt(member=at.member, by=at.by, **facts)


def extended(at: Case, to: str = "2027-01-15", **facts: object) -> Decision:
    given = {"member": at.member, "requirement": at.requirement, "by": at.by, "due_on": day(to)}
    return extend(**(given | facts))


def away(at: Case, start: str, end: str | None = None) -> Decision:
    until = day(end) if end else None
    return record_leave(member=at.member, from_on=day(start), until_on=until, by=at.by)


# --- What each does ------------------------------------------------------------------------------
def test_a_requirement_asked_by_name_is_a_duty(at: Case) -> None:
    named(at)
    assert len(for_member(at.member)) == 2


def test_exempt__is_met_by_other_means(at: Case) -> None:
    exempted(at)
    assert duty(at).status == Status.EXEMPT


def test_extend__moves_the_last_day(at: Case) -> None:
    assert duty(at).due_on == day("2026-12-10")
    extended(at, "2027-01-15")
    assert duty(at).due_on == day("2027-01-15")


def test_leave__gives_the_days_back(at: Case) -> None:
    away(at, "2026-11-15", "2026-11-24")
    assert duty(at).due_on == day("2026-12-20")


def test_correct__appends_and_counts_instead(at: Case) -> None:
    first = extended(at, "2027-01-15")
    second = correct(decision=first, due_on=day("2026-12-31"), by=at.by)
    assert duty(at).due_on == day("2026-12-31")
    assert (second.corrects, Decision.objects.count()) == (first, 2)
    assert list(Decision.objects.standing()) == [second]


def test_withdraw__as_if_it_had_not_been(at: Case) -> None:
    withdraw(decision=exempted(at, reference="File 7"), by=at.by)
    assert duty(at).status == Status.DUE_SOON
    assert not Decision.objects.standing().exists()
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("deed", [exempted, extended, lambda at: away(at, "2026-11-20"), named])
def test_each_leaves_a_line_without_reason_or_reference(at: Case, deed: Callable) -> None:
    said = deed(at)
    event = AuditEvent.objects.get()
    assert event.action == f"decision.{said.kind}"
    assert event.actor == at.by
    assert event.subject_ids == [at.member.pk]
    assert {"reason", "reference"}.isdisjoint(event.detail)
    assert PROFESSIONAL not in json.dumps(event.detail)


# --- What is refused, with a remedy --------------------------------------------------------------
REFUSED = {
    "inverted dates": (
        lambda at: away(at, "2026-11-20", "2026-11-19"),
        "The last day is before the first. Check both days.",
    ),
    "a slip in the year": (lambda at: extended(at, "2206-12-20"), "Check the year"),
    "exempt without reason": (lambda at: exempted(at, reason=""), "Say why, from the list"),
    "another reason, no reference": (
        lambda at: exempted(at, reason=OTHER),
        "Say in the reference where the reason is kept",
    ),
    "extension not later": (
        lambda at: extended(at, "2026-12-10"),
        "The last day is 10 December 2026 already. Choose a later one.",
    ),
    "extension into the past": (lambda at: extended(at, "2026-11-20"), "20 November 2026 is over"),
    "extension of nothing": (
        lambda at: extended(at, requirement=RequirementFactory()),
        "This is not asked of them today",
    ),
    "archived": (
        lambda at: assign(
            member=at.member, requirement=RequirementFactory(archived=True), by=at.by
        ),
        "is archived, so nobody has to do it",
    ),
    "about oneself": (
        lambda at: exempt(member=at.by, requirement=None, reason=PROFESSIONAL, by=at.by),
        "Ask another administrator",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(at: Case, name: str) -> None:
    deed, sentence = REFUSED[name]
    with pytest.raises(CannotDecide, match=sentence):
        deed(at)
    assert not Decision.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        (("2026-11-01", "2026-11-10"), ("2026-11-10", "2026-11-20"), False),
        (("2026-11-01", "2026-11-10"), ("2026-11-11", "2026-11-20"), True),
        (("2026-11-10", None), ("2026-12-01", "2026-12-10"), False),
        (("2026-11-10", None), ("2026-11-01", "2026-11-09"), True),
        (("2026-11-10", "2026-11-12"), ("2026-11-01", None), False),
    ],
)
def test_leave_does_not_overlap(at: Case, first: tuple, second: tuple, fits: bool) -> None:
    away(at, *first)
    if fits:
        away(at, *second)
        return
    with pytest.raises(CannotDecide, match="Leave is recorded already from"):
        away(at, *second)


def test_exemptions_do_not_overlap(at: Case) -> None:
    exempted(at, until_on=day("2026-12-31"))
    exempted(at, requirement=RequirementFactory())
    exempted(at, from_on=day("2027-01-01"), until_on=day("2027-01-31"))
    with pytest.raises(CannotDecide, match="They are exempt already from"):
        exempted(at, requirement=None)


def test_asked_by_name_once(at: Case) -> None:
    first = named(at)
    with pytest.raises(CannotDecide, match="asked of them by name already, since 21 November"):
        assign(member=at.member, requirement=first.requirement, by=at.by)


def test_a_withdrawn_one_is_in_nobodys_way(at: Case) -> None:
    withdraw(decision=exempted(at), by=at.by)
    exempted(at)


def test_more_time_for_who_is_exempt_is_nothing(at: Case) -> None:
    exempted(at)
    with pytest.raises(CannotDecide, match="How it stands: met by other means"):
        extended(at)


def test_correct__is_checked_like_a_new_one(at: Case) -> None:
    said = extended(at)
    with pytest.raises(CannotDecide, match="The last day is 10 December 2026 already"):
        correct(decision=said, due_on=day("2026-12-09"), by=at.by)
    assert duty(at).due_on == day("2027-01-15")  # what was tried out is gone
    leave = away(at, "2026-11-01", "2026-11-10")
    correct(decision=leave, until_on=day("2026-11-12"), by=at.by)  # it does not overlap itself


@pytest.mark.parametrize("name", ["kind", "member", "requirement", "corrects"])
def test_correct__leaves_alone_whom_it_is_about(at: Case, name: str) -> None:
    with pytest.raises(TypeError):
        correct(decision=exempted(at), by=at.by, **{name: None})


def test_correct__twice_meets_the_first(at: Case) -> None:
    said = exempted(at)
    withdraw(decision=said, by=at.by)
    with pytest.raises(CannotDecide, match="Somebody else has corrected or withdrawn"):
        correct(decision=said, until_on=day("2027-01-01"), by=at.by)
    with pytest.raises(CannotDecide, match="in the meantime"):
        withdraw(decision=said, by=at.by)


def test_nobody_takes_back_what_was_decided_about_them(at: Case) -> None:
    said = record_leave(member=at.by, from_on=day("2026-11-01"), by=decider())
    for deed in (withdraw, correct):
        with pytest.raises(CannotDecide, match="This is about you"):
            deed(decision=said, by=at.by)


@pytest.mark.parametrize("deed", [exempted, extended, lambda at: away(at, "2026-11-20"), named])
def test_only_with_the_permission(at: Case, deed: Callable) -> None:
    at.by = MemberFactory()
    with pytest.raises(PermissionDenied):
        deed(at)


def test_to_withdraw_takes_the_permission_too(at: Case) -> None:
    said = exempted(at)
    for deed in (withdraw, correct):
        with pytest.raises(PermissionDenied):
            deed(decision=said, by=MemberFactory())
