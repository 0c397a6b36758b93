"""Two administrators decide about one person at the same moment. PostgreSQL only."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

import pytest

from compliance.decisions import verbs as decisions
from compliance.decisions.batches import assign_many, withdraw_batch
from compliance.decisions.refusals import CannotDecide
from compliance.decisions.verbs import exempt, withdraw
from compliance.models import Decision, Requirement
from members.models import AuditEvent, Member
from tests.compliance.deciding import decider
from tests.compliance.factories import RequirementFactory
from tests.compliance.preparing import carried, new_rule
from tests.crowds import failures, shows
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
CROWD = 8


def by_many(deed: Callable[[Member], object]) -> list[Callable[[], object]]:
    """Return the same deed by many, each of whom may decide."""
    return [partial(deed, decider()) for _ in range(CROWD)]


def exempt_at_once() -> int:
    """Let many exempt one person at the same moment; return how many exemptions stand."""
    member, requirement = MemberFactory(), RequirementFactory()
    facts = {"member": member, "requirement": requirement, "reason": "professional"}
    failures(*by_many(lambda by: exempt(**facts, by=by)))
    return Decision.objects.standing().filter(member=member).count()


def test_one_exemption_stands() -> None:
    assert exempt_at_once() == 1
    assert AuditEvent.objects.count() == 1


def test_control__without_the_lock_more_than_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the test above proves nothing."""
    monkeypatch.setattr(decisions, "_locked", lambda pk: Member.objects.get(pk=pk))
    assert shows(lambda: exempt_at_once() > 1)


def test_one_withdraws_and_the_others_are_told() -> None:
    facts = {"requirement": RequirementFactory(), "reason": "professional", "by": decider()}
    said = exempt(member=MemberFactory(), **facts)
    failed = failures(*by_many(lambda by: withdraw(decision=said, by=by)))
    assert {type(error) for error in failed} == {CannotDecide}
    assert (len(failed), Decision.objects.count()) == (CROWD - 1, 2)


def test_two_batches_for_the_same_people_ask_them_once() -> None:
    members = [member.pk for member in MemberFactory.create_batch(20)]
    requirement = RequirementFactory(audience="named")

    def ask(ids: list[int], by: Member) -> Callable[[], object]:
        return lambda: assign_many(
            requirement=requirement, member_ids=ids, batch=uuid.uuid4(), by=by
        )

    assert failures(*[ask(ids, decider()) for ids in (members, members[::-1], members)]) == []
    assert Decision.objects.count() == 20


def test_a_batch_is_undone_once() -> None:
    member, batch = MemberFactory(), uuid.uuid4()
    facts = {"requirement": RequirementFactory(audience="named"), "member_ids": [member.pk]}
    assign_many(**facts, batch=batch, by=decider())
    failed = failures(*by_many(lambda by: withdraw_batch(batch=batch, by=by)))
    assert {type(error) for error in failed} == {CannotDecide}
    assert (len(failed), Decision.objects.count()) == (CROWD - 1, 2)


def test_a_draft_is_carried_out_once() -> None:
    draft = new_rule(decider())
    failed = failures(*[lambda: carried(draft)] * CROWD)
    assert {type(error) for error in failed} == {CannotDecide}
    assert (len(failed), Requirement.objects.count()) == (CROWD - 1, 1)
