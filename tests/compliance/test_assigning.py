"""An assignment prepared, counted, carried out once, undone within a day, and forgotten."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from compliance.assigning.assignment import Assignment
from compliance.assigning.steps import begin_draft, carry_out, keep_step, purge_drafts, undo
from compliance.decisions.refusals import CannotDecide
from compliance.duty.duties import for_member
from compliance.models import AssignmentDraft, Decision, Requirement
from compliance.requirements.actions import save_requirement
from tests.compliance.deciding import decider
from tests.compliance.factories import RequirementFactory
from tests.compliance.preparing import by_name, carried, new_rule, prepared
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory

if TYPE_CHECKING:
    from members.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def by() -> Member:
    return decider()


# --- Carrying out --------------------------------------------------------------------------------
def test_a_course_for_post_holders_makes_a_requirement(by: Member) -> None:
    done = carried(new_rule(by))
    made = Requirement.objects.get()
    assert (done.requirement, done.people, done.data) == (made, 3, {})
    latest = made.latest
    assert (latest.audience, latest.grace_days, latest.reminders) == ("posts", 30, ["due-14"])
    assert not Decision.objects.exists()


def test_a_requirement_for_named_people_is_asked_of_each(by: Member) -> None:
    people = MemberFactory.create_batch(3)
    done = carried(by_name(by, people, anchor="fixed", fixed_on="2027-01-31"))
    assert done.people == 3
    assert {row.batch for row in Decision.objects.all()} == {done.batch}
    assert for_member(people[0])[0].due_on == dt.date(2027, 1, 31)


def test_a_course_for_named_people_makes_both(by: Member) -> None:
    person = MemberFactory()
    carried(new_rule(by, audience="named", people=[person.pk]))
    assert Requirement.objects.get().latest.audience == "named"
    assert for_member(person)[0].due_on == dt.date(2026, 12, 21)


def test_post_holders_of_today_are_asked_by_name_of_a_requirement_that_exists(by: Member) -> None:
    here = UnitFactory(region=True)
    inside, outside = TenureFactory(chair=True, unit=UnitFactory(parent=here)), TenureFactory()
    TenureFactory(post_kind=inside.post_kind, unit=outside.unit)
    draft = by_name(by, [])
    who = {"audience": "posts", "kinds": [inside.post_kind_id], "unit": here.pk}
    keep_step(draft=draft, step="who", said=who, by=by)
    carried(draft)
    assert Decision.objects.get().member == inside.member


def test_the_time_is_chosen_anew_when_something_else_is_assigned(by: Member) -> None:
    draft = new_rule(by)
    keep_step(draft=draft, step="what", said={"requirement": RequirementFactory().pk}, by=by)
    draft.refresh_from_db()
    assert Assignment(draft).missing == "when"


# --- Refusing ------------------------------------------------------------------------------------
def test_zero_people(by: Member) -> None:
    draft = new_rule(by, kinds=[PostKindFactory().pk])
    with pytest.raises(CannotDecide, match="This would be asked of nobody"):
        carried(draft)


def test_people_who_are_all_asked_already(by: Member) -> None:
    person = MemberFactory()
    draft = by_name(by, [person])
    second = prepared(by, **draft.data)
    carried(draft)
    with pytest.raises(CannotDecide, match="asked of all of these people already"):
        carried(second)


def test_a_day_that_passed_while_it_was_a_draft(by: Member, november: Any) -> None:
    draft = by_name(by, [MemberFactory()], anchor="fixed", fixed_on="2026-11-22")
    november.shift(dt.timedelta(days=2))
    with pytest.raises(CannotDecide, match="The last day is over"):
        carried(draft)


def test_another_requirement_that_asks_the_same_of_the_same_people(by: Member) -> None:
    draft = new_rule(by)
    course, chairs = Assignment(draft).courses[0], PostKindFactory(chair=True)
    RequirementFactory(title="Panels for chairs", courses=[course], post_kinds=[chairs])
    with pytest.raises(CannotDecide, match="“Panels for chairs” asks the same course of all"):
        carried(draft)
    TenureFactory(councillor=True)
    both = draft.data["who"]["kinds"] + [PostKindFactory(councillor=True).pk]
    keep_step(draft=draft, step="who", said=draft.data["who"] | {"kinds": both}, by=by)
    draft.refresh_from_db()
    assert [(str(it), n) for it, n in Assignment(draft).others] == [("Panels for chairs", 3)]
    carried(draft)


def test_a_name_that_is_taken_meanwhile(by: Member) -> None:
    draft = new_rule(by)
    RequirementFactory(title="panels")
    with pytest.raises(CannotDecide, match="already a requirement called “Panels”"):
        carried(draft)


def test_many_people_ask_for_their_number(by: Member) -> None:
    draft = by_name(by, MemberFactory.create_batch(21))
    with pytest.raises(CannotDecide, match="This is not the number"):
        carried(draft, typed="20")
    assert not Decision.objects.exists()
    assert carried(draft, typed="21").people == 21


def test_an_unfinished_draft(by: Member) -> None:
    with pytest.raises(CannotDecide, match="still missing"):
        carried(begin_draft(by=by))


def test_once_only(by: Member) -> None:
    draft = new_rule(by)
    carried(draft)
    with pytest.raises(CannotDecide, match="in the meantime"):
        carried(draft)
    assert Requirement.objects.count() == 1


def test_a_draft_is_its_owners(by: Member) -> None:
    draft = new_rule(by)
    with pytest.raises(CannotDecide, match="in the meantime"):
        carry_out(draft=draft, typed="", by=decider())
    with pytest.raises(PermissionDenied):
        begin_draft(by=MemberFactory())


# --- Undoing and forgetting ----------------------------------------------------------------------
def test_undo_archives_what_was_made_and_withdraws_whom_it_named(by: Member) -> None:
    done = carried(new_rule(by, audience="named", people=[MemberFactory().pk]))
    undo(batch=done.batch, by=decider())
    assert Requirement.objects.get().is_archived
    assert not Decision.objects.standing().exists()
    with pytest.raises(CannotDecide, match="nothing left to undo"):
        undo(batch=done.batch, by=by)


def test_undo_leaves_a_requirement_alone_that_was_there_before(by: Member) -> None:
    done = carried(by_name(by, [MemberFactory()]))
    undo(batch=done.batch, by=by)
    assert not Requirement.objects.get().is_archived


def test_undo_not_after_somebody_else_changed_it(by: Member) -> None:
    done = carried(new_rule(by))
    made = Requirement.objects.get()
    made.reason = "Because."
    save_requirement(requirement=made, version=None, by=decider())
    with pytest.raises(CannotDecide, match="Somebody has changed “Panels” since"):
        undo(batch=done.batch, by=by)
    assert not Requirement.objects.get().is_archived


def test_undo_not_after_a_day(by: Member, november: Any) -> None:
    done = carried(new_rule(by))
    november.shift(86_400)
    with pytest.raises(CannotDecide, match="24 hours are over"):
        undo(batch=done.batch, by=by)


def test_undo_takes_the_permission(by: Member) -> None:
    done = carried(new_rule(by))
    with pytest.raises(PermissionDenied):
        undo(batch=done.batch, by=MemberFactory())


def test_drafts_are_forgotten_after_thirty_days(by: Member, november: Any) -> None:
    old, done = begin_draft(by=by), carried(new_rule(by))
    november.shift(dt.timedelta(days=29))
    begin_draft(by=by)
    assert purge_drafts() == 0
    november.shift(dt.timedelta(days=2))
    assert purge_drafts() == 2
    assert not AssignmentDraft.objects.filter(pk__in=[old.pk, done.pk]).exists()
    assert Requirement.objects.exists()


def test_the_daily_command_forgets_them(by: Member, november: Any) -> None:
    begin_draft(by=by)
    november.shift(dt.timedelta(days=31))
    call_command("forget_drafts", verbosity=0)
    assert not AssignmentDraft.objects.exists()
