"""What a change would do: the same people under the old terms and the new."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from compliance.duty import tallies
from compliance.duty.status import Standing
from compliance.duty.terms import in_force
from compliance.models import Decision, Requirement
from compliance.requirements.dry_run import Change, Proposal, compare, of_archiving, of_edition
from courses.models import CoursePage
from members.dates import today
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CompletionFactory
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.duty.terms import Terms
    from tests.compliance.conftest import Party

OBLIGED = [Standing.UP_TO_DATE, Standing.RENEW, Standing.DUE, Standing.OVERDUE]
STOOD = st.sampled_from([None, *OBLIGED])
MOVES = st.dictionaries(st.tuples(STOOD, STOOD), st.integers(0, 500))


@given(MOVES)
def test_newly_due_minus_relieved_is_the_change_in_people_obliged(moves: dict) -> None:
    change = Change(Counter(moves))
    assert change.newly_due - change.relieved == change.obliged_after - change.obliged_before
    overdue = [sum(n for move, n in moves.items() if move[at] == Standing.OVERDUE) for at in (0, 1)]
    let_go = moves.get((Standing.OVERDUE, None), 0)
    fewer = change.no_longer_overdue + let_go
    assert change.newly_overdue - fewer == overdue[1] - overdue[0]
    assert change.touched + change.unchanged == sum(moves.values())


@given(st.dictionaries(STOOD, st.integers(0, 500)))
def test_no_change_touches_nobody(stood: dict) -> None:
    change = Change(Counter({(one, one): people for one, people in stood.items()}))
    assert not change.touched
    assert {change.newly_due, change.newly_overdue, change.relieved, change.no_longer_overdue} == {
        0
    }


@pytest.fixture
def asked(party: Party) -> Terms:
    [term] = in_force(on=today())
    return term


def numbers(change: Change) -> tuple[int, ...]:
    return (
        change.newly_due,
        change.newly_overdue,
        change.relieved,
        change.no_longer_overdue,
        change.unchanged,
    )


@pytest.mark.django_db
def test_the_same_terms_change_nothing(asked: Terms) -> None:
    run = compare([asked], [asked], on=today())
    assert numbers(run.whole) == (0, 0, 0, 0, 10)
    assert [numbers(place.change) for place in run.clps] == [(0, 0, 0, 0, 5), (0, 0, 0, 0, 5)]


@pytest.mark.django_db
def test_archiving_relieves_everybody_once(asked: Terms, party: Party) -> None:
    # Somebody with posts in both CLPs is in both, and once above them.
    TenureFactory(
        member=party.b.people["overdue"],
        post_kind=party.kinds["councillor"],
        unit=party.a.branch,
        started_on=dt.date(2025, 1, 1),
    )
    run = of_archiving(asked.requirement).run
    assert numbers(run.whole) == (0, 0, 10, 0, 0)
    assert [(one.name, one.change.relieved) for one in run.regions] == [("The North", 10)]
    assert [(one.name, one.code, one.region, one.change.relieved) for one in run.clps] == [
        ("Alder CLP", "ALDER1", "The North", 6),
        ("Birch CLP", "BIRCH1", "The North", 5),
    ]


@pytest.mark.django_db
def test_the_new_side_is_what_the_report_says_after_it(asked: Terms, party: Party) -> None:
    RequirementFactory(courses=asked.courses, post_kinds=[party.kinds["chair"]])
    both = in_force(on=today())
    run = compare([asked], both, on=today())
    whole = tallies.tally(party.root)
    assert run.whole.obliged_after == whole.people
    after = Counter[Standing]()
    for (_, will), people in run.whole.moves.items():
        after[will] += people
    assert after == whole.by_standing


@pytest.mark.django_db
def test_a_new_edition_makes_the_covered_overdue(asked: Terms, party: Party) -> None:
    course = CoursePage.objects.get(title="Safeguarding essentials")
    covered = [party.a.people[role] for role in ("chair", "covered")]
    run = of_edition(course, last_day_of_old=today() - dt.timedelta(days=1)).run
    assert numbers(run.whole) == (0, 4, 0, 0, 6)
    # Who has done the new edition is covered by that.
    CompletionFactory(imported=True, member=covered[0], course=course, edition_number=2)
    run = of_edition(course, last_day_of_old=today() - dt.timedelta(days=1)).run
    assert run.whole.newly_overdue == 3


@pytest.mark.django_db
def test_an_edition_of_a_course_nobody_must_take(party: Party) -> None:
    other = RequirementFactory(archived=True).versions.first().courses.get()
    assert not of_edition(other, last_day_of_old=today()).run.touched


@pytest.mark.django_db
def test_the_page_of_a_new_edition_shows_it(party: Party) -> None:
    course = CoursePage.objects.get(title="Safeguarding essentials")
    page = Template("{% load compliance_tags %}{% edition_reach course kind day %}")

    def shown(kind: str, day: dt.date | None) -> str:
        return page.render(Context({"course": course, "kind": kind, "day": day}))

    assert "<strong>4 newly overdue:</strong>" in shown("major", None)
    assert "What it would do on 1 December 2026" in shown("major", dt.date(2026, 11, 30))
    assert shown("minor", None).strip() == ""


@pytest.mark.django_db
def test_names_are_those_who_would_stand_otherwise(asked: Terms, party: Party) -> None:
    fewer = replace(asked, spans=[s for s in asked.spans if s.kind_id == party.kinds["chair"].pk])
    proposal = Proposal("Safeguarding", [asked], [fewer], today())
    moved = proposal.moved_people()
    assert len(moved) == proposal.run.touched == 8
    assert {one.will for one in moved} == {None}
    assert party.a.chair.pk not in {one.member_id for one in moved}


@pytest.mark.django_db
def test_who_is_exempt_is_not_obliged_on_either_side(asked: Terms, party: Party) -> None:
    Decision.objects.create(
        kind=Decision.Kind.EXEMPTION,
        member=party.a.people["overdue"],
        from_on=today(),
        reason="illness",
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        recorded_by=MemberFactory(),
    )
    assert of_archiving(asked.requirement).run.whole.relieved == 9


@pytest.mark.django_db
def test_two_queries_however_many_people(
    asked: Terms, party: Party, django_assert_num_queries: Callable
) -> None:
    for number in range(3):
        clp = UnitFactory(parent=party.region, code=f"MORE{number}")
        for _ in range(5):
            TenureFactory(post_kind=party.kinds["councillor"], unit=clp)
    with django_assert_num_queries(2):  # the people; the places' names
        compare([asked], [], on=today())


@pytest.mark.django_db
def test_the_brake_asks_past_a_share_of_those_with_duties(asked: Terms, party: Party) -> None:
    assert not of_archiving(asked.requirement).run.asks_for_number  # ten people: too few to ask
    for _ in range(10):
        TenureFactory(post_kind=party.kinds["councillor"], unit=party.a.clp)
    assert of_archiving(asked.requirement).run.asks_for_number
    assert Requirement.objects.kept().count() == 1
