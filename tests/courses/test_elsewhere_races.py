"""Claims and decisions at the same moment, on PostgreSQL. The last tests take the guards away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection

from courses import elsewhere, imports
from courses.elsewhere import CannotCount, approve, hand_in, send_back
from courses.import_files import read_table
from courses.imports import confirm, import_table, keep_for_preview
from courses.models import Completion, Evidence, EvidenceDecision
from members.append_only import erasure_window
from tests.courses.proofs import a_claim, csv_of, days_ago, decider, open_course, paper
from tests.crowds import failures, shows
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.models import CoursePage
    from members.models import Member

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ONCE = EvidenceDecision._meta.get_field("evidence")


def approvals(claim: Evidence, *deciders: Member) -> list[Exception]:
    return failures(
        *(
            lambda by=by: approve(evidence=claim, completed_on=days_ago(9), expires_on=None, by=by)
            for by in deciders
        )
    )


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_lock_undecided", lambda evidence: None)


@pytest.fixture
def without_constraint() -> Iterator[None]:
    """The database no longer minds a second decision."""
    table, name = EvidenceDecision._meta.db_table, _unique_of_decisions()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with erasure_window(), connection.cursor() as cursor:
        EvidenceDecision.objects.all().delete()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (evidence_id)")


def _unique_of_decisions() -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, EvidenceDecision._meta.db_table)
    return next(
        name for name, it in found.items() if it["unique"] and it["columns"] == [ONCE.column]
    )


# --- Held -----------------------------------------------------------------------------------------
def test_two_administrators_approve_once() -> None:
    claim, people = a_claim(), [decider(), decider(), decider()]
    failed = approvals(claim, *people)
    assert [type(error) for error in failed] == [CannotCount, CannotCount]
    assert EvidenceDecision.objects.get().completion == Completion.objects.get()


def test_approving_and_sending_back_at_once_is_one_of_the_two() -> None:
    claim, ada, ben = a_claim(), decider(), decider()
    failed = failures(
        lambda: approve(evidence=claim, completed_on=days_ago(9), expires_on=None, by=ada),
        lambda: send_back(evidence=claim, reason="Blurred.", by=ben),
    )
    assert [type(error) for error in failed] == [CannotCount]
    decision = EvidenceDecision.objects.get()
    assert Completion.objects.count() == (decision.outcome == "approved")


def test_handing_in_twice_at_once_waits_once() -> None:
    course, member = open_course(), MemberFactory()
    send = lambda: hand_in(course=course, paper=paper(), by=member)  # noqa: E731
    failed = failures(send, send, send)
    assert [type(error) for error in failed] == [CannotCount, CannotCount]
    assert Evidence.objects.waiting().count() == 1


def table_for(course: CoursePage, people: list[Member]) -> object:
    rows = [f"{who.email},{course.slug},2025-03-01" for who in people]
    return read_table(csv_of(*rows))


def test_importing_a_file_twice_at_once_imports_it_once() -> None:
    table = table_for(open_course(), MemberFactory.create_batch(20))
    act = partial(import_table, table=table, file_name="f", good_rows=False, by=None)
    assert failures(act, act, act) == []
    assert Completion.objects.count() == 20


def test_confirming_twice_at_once_imports_once() -> None:
    table, ada = table_for(open_course(), MemberFactory.create_batch(3)), decider()
    file = keep_for_preview(table=table, file_name="f.csv", by=ada)
    failed = failures(lambda: confirm(file=file, by=ada), lambda: confirm(file=file, by=ada))
    assert [type(error) for error in failed] == [CannotCount]
    assert Completion.objects.count() == 3


# --- What the guards are for ----------------------------------------------------------------------
def test_control__without_the_lock_the_database_still_holds(without_lock: None) -> None:
    people = [decider(), decider(), decider()]

    def race() -> bool:
        claim = a_claim()
        failed = approvals(claim, *people)
        assert claim.course.completions.count() == 1
        return any(isinstance(error, IntegrityError) for error in failed)

    assert shows(race)


def test_control__without_lock_and_constraint_it_counts_twice(
    without_lock: None, without_constraint: None
) -> None:
    people = [decider(), decider(), decider()]

    def race() -> bool:
        claim = a_claim()
        approvals(claim, *people)
        return bool(claim.course.completions.count() > 1)

    assert shows(race)


def test_control__without_its_lock_an_import_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "_one_import_at_a_time", lambda: None)

    def race() -> bool:
        course = open_course()
        table = table_for(course, MemberFactory.create_batch(3))
        act = partial(import_table, table=table, file_name="f", good_rows=False, by=None)
        failures(act, act, act)
        return bool(course.completions.count() > 3)

    assert shows(race)
