"""Whom an assignment would touch: counted by the engine before anything is saved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance.assigning.assignment import Assignment, Counts
from compliance.decisions.verbs import exempt
from compliance.models import AssignmentDraft, Decision, Requirement
from members.models import Member
from tests.compliance.deciding import decider
from tests.compliance.preparing import by_name, carried, new_rule
from tests.courses.factories import CompletionFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def by() -> Member:
    return decider()


def test_the_counts_before(by: Member) -> None:
    """One of each: newly due, without e-mail, under 18, done, exempt, asked already."""
    people = [
        MemberFactory(),
        MemberFactory(without_email=True),
        MemberFactory(under_18=True),
        *MemberFactory.create_batch(3),
    ]
    draft = by_name(by, [*people, by])
    asked = Requirement.objects.get()
    CompletionFactory(member=people[3], course=asked.latest.courses.get())
    exempt(member=people[4], requirement=None, reason="professional", by=by)
    Decision.objects.create(
        kind="assignment",
        member=people[5],
        requirement=asked,
        from_on=dt.date(2026, 1, 1),
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    counts = Assignment(draft).counts
    assert counts == Counts(newly=3, up_to_date=1, exempt=1, asked=1, no_email=1, under_18=1)
    assert (counts.people, counts.touched) == (6, 5)
    assert carried(draft).people == 5


def test_the_counts_of_a_new_rule_know_who_is_exempt_and_done(by: Member) -> None:
    draft = new_rule(by)
    first, second, _ = Member.objects.filter(tenures__isnull=False)
    exempt(member=first, requirement=None, reason="professional", by=by)
    CompletionFactory(member=second, course=Assignment(draft).courses[0])
    assert Assignment(draft).counts == Counts(newly=1, up_to_date=1, exempt=1)


def test_counting_costs_the_same_however_many(
    by: Member, django_assert_num_queries: Callable
) -> None:
    draft = by_name(by, MemberFactory.create_batch(2))
    who = draft.data["who"]
    more = who | {"people": [person.pk for person in MemberFactory.create_batch(60)]}
    plans = [
        Assignment(AssignmentDraft(owner=by, data=draft.data | {"who": said}))
        for said in (who, more)
    ]
    with CaptureQueriesContext(connection) as few:
        assert plans[0].counts.people == 2
    with django_assert_num_queries(len(few)):
        assert plans[1].counts.people == 60
