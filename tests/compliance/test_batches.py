"""Asking many people at once, and taking it back within a day."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from compliance.decisions.batches import assign_many, withdraw_batch
from compliance.decisions.refusals import CannotDecide
from compliance.decisions.verbs import assign, withdraw
from compliance.models import Decision
from members.models import AuditEvent
from tests.compliance.deciding import day, decider
from tests.compliance.factories import RequirementFactory
from tests.members.factories import MemberFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(november: object) -> dict:
    members = [member.pk for member in MemberFactory.create_batch(3)]
    requirement = RequirementFactory(audience="named")
    facts = {"requirement": requirement, "member_ids": members, "batch": uuid.uuid4()}
    return facts | {"by": decider()}


def standing(asked: dict) -> int:
    return Decision.objects.standing().filter(batch=asked["batch"]).count()


def test_many_in_one_go_with_one_line(asked: dict) -> None:
    made = assign_many(**asked, due_on=day("2027-01-31"))
    assert {row.due_on for row in made} == {day("2027-01-31")}
    event = AuditEvent.objects.get()
    assert event.action == "decision.batch"
    assert event.subject_ids == sorted(asked["member_ids"])
    assert (event.detail["batch"], event.detail["people"]) == (str(asked["batch"]), 3)


def test_it_costs_the_same_however_many(asked: dict, django_assert_num_queries: object) -> None:
    more = [member.pk for member in MemberFactory.create_batch(40)]
    asked["by"].has_perm("compliance.decide")
    # Savepoint and its end, lock, named already, rows, and the trail's four in a savepoint;
    # on PostgreSQL the trail takes a lock.
    with django_assert_num_queries(10 + (connection.vendor == "postgresql")) as few:
        assign_many(**asked)
    with django_assert_num_queries(len(few)):
        assign_many(**(asked | {"member_ids": more, "batch": uuid.uuid4()}))


def test_who_is_asked_already_is_left_as_they_are(asked: dict) -> None:
    from members.models import Member

    first = Member.objects.get(pk=asked["member_ids"][0])
    assign(member=first, requirement=asked["requirement"], by=asked["by"])
    assert len(assign_many(**asked)) == 2


def test_the_officers_of_their_own_unit_may_see_it(asked: dict) -> None:
    here = MemberFactory(home_unit=UnitFactory())
    facts = asked | {"member_ids": [here.pk]}
    assert assign_many(**facts, for_officers=True)[0].unit == here.home_unit


def test_undo_within_a_day(asked: dict, november: object) -> None:
    assign_many(**asked)
    november.shift(86_399)
    assert withdraw_batch(batch=asked["batch"], by=decider()) == 3
    assert standing(asked) == 0
    assert AuditEvent.objects.first().action == "decision.batch-withdrawn"
    with pytest.raises(CannotDecide, match="nothing left to undo"):
        withdraw_batch(batch=asked["batch"], by=asked["by"])


def test_undo_leaves_alone_what_was_withdrawn_before(asked: dict) -> None:
    made = assign_many(**asked)
    withdraw(decision=made[0], by=asked["by"])
    assert withdraw_batch(batch=asked["batch"], by=asked["by"]) == 2


def test_after_a_day_it_is_too_late(asked: dict, november: object) -> None:
    assign_many(**asked)
    november.shift(86_400)
    with pytest.raises(CannotDecide, match="24 hours are over"):
        withdraw_batch(batch=asked["batch"], by=asked["by"])
    assert standing(asked) == 3


def test_nobody_asks_or_frees_themself(asked: dict) -> None:
    with pytest.raises(CannotDecide, match="about you"):
        assign_many(**(asked | {"member_ids": [*asked["member_ids"], asked["by"].pk]}))
    concerned = decider()
    assign_many(**(asked | {"member_ids": [concerned.pk]}))
    with pytest.raises(CannotDecide, match="about you"):
        withdraw_batch(batch=asked["batch"], by=concerned)


def test_only_with_the_permission(asked: dict) -> None:
    with pytest.raises(PermissionDenied):
        assign_many(**(asked | {"by": MemberFactory()}))
    assign_many(**asked)
    with pytest.raises(PermissionDenied):
        withdraw_batch(batch=asked["batch"], by=MemberFactory())


def test_an_archived_requirement_is_asked_of_nobody(asked: dict) -> None:
    with pytest.raises(CannotDecide, match="archived"):
        assign_many(**(asked | {"requirement": RequirementFactory(archived=True)}))
