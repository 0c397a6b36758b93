"""What one person must do, why, by when, and how it stands: to the day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from compliance.duty import duties
from compliance.duty.status import Activity, Status
from tests.compliance.factories import RequirementFactory, VersionFactory
from tests.courses.factories import CompletionFactory, CourseFactory, EnrolmentFactory
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory

if TYPE_CHECKING:
    from compliance.models import Requirement
    from members.models import Member, PostKind

pytestmark = pytest.mark.django_db

START = dt.date(2026, 3, 1)


@pytest.fixture
def kind() -> PostKind:
    return PostKindFactory(chair=True)


@pytest.fixture
def requirement(kind: PostKind) -> Requirement:
    course = CourseFactory(renewal_window_days=90)
    return RequirementFactory(post_kinds=[kind], courses=[course], grace_days=30)


@pytest.fixture
def chair(kind: PostKind) -> Member:
    return TenureFactory(post_kind=kind, started_on=START, unit__name="Aberavon").member


def only(member: Member, on: dt.date) -> duties.Duty:
    [duty] = duties.for_member(member, on=on)
    return duty


@pytest.mark.parametrize(
    ("on", "status", "words"),
    [
        (dt.date(2026, 3, 1), Status.DUE_SOON, "Due by 31 March 2026"),
        (dt.date(2026, 3, 31), Status.DUE_SOON, "Due by 31 March 2026"),
        (dt.date(2026, 4, 1), Status.OVERDUE, "Overdue since 1 April 2026"),
    ],
)
def test_first_duty_is_due_after_the_grace(
    chair: Member, requirement: Requirement, on: dt.date, status: Status, words: str
) -> None:
    duty = only(chair, on)
    assert (duty.status, duty.words, duty.due_on) == (status, words, dt.date(2026, 3, 31))


def test_due_turns_into_due_soon_thirty_days_before(
    chair: Member, requirement: Requirement
) -> None:
    VersionFactory.rewrite(grace_days=60)
    assert only(chair, dt.date(2026, 3, 30)).status == Status.DUE
    assert only(chair, dt.date(2026, 3, 31)).status == Status.DUE_SOON
    assert only(chair, dt.date(2026, 4, 30)).due_on == dt.date(2026, 4, 30)


def test_time_runs_from_the_requirement_if_that_is_later(
    chair: Member, requirement: Requirement
) -> None:
    VersionFactory.rewrite(effective_from=dt.date(2026, 6, 1))
    assert duties.for_member(chair, on=dt.date(2026, 5, 31)) == []
    assert only(chair, dt.date(2026, 6, 1)).due_on == dt.date(2026, 7, 1)
    assert only(chair, dt.date(2026, 7, 2)).status == Status.OVERDUE


@pytest.mark.parametrize(
    ("on", "status", "words"),
    [
        (dt.date(2026, 1, 15), Status.COVERED, "Up to date"),
        (dt.date(2027, 10, 16), Status.COVERED, "Up to date"),
        (dt.date(2027, 10, 17), Status.RENEWAL, "Renew by 15 January 2028"),
        (dt.date(2028, 1, 15), Status.RENEWAL, "Renew by 15 January 2028"),
        (dt.date(2028, 1, 16), Status.EXPIRED, "Ended on 15 January 2028"),
    ],
)
def test_a_completion_covers_to_its_last_day(
    requirement: Requirement, kind: PostKind, on: dt.date, status: Status, words: str
) -> None:
    member = TenureFactory(post_kind=kind).member
    CompletionFactory(
        member=member, course=requirement.latest.courses.get(), completed_on=dt.date(2026, 1, 15)
    )
    duty = only(member, on)
    assert (duty.status, duty.words, duty.due_on) == (status, words, dt.date(2028, 1, 15))


def test_the_day_before_a_completion_it_does_not_cover(
    chair: Member, requirement: Requirement
) -> None:
    CompletionFactory(
        member=chair, course=requirement.latest.courses.get(), completed_on=dt.date(2026, 5, 2)
    )
    assert only(chair, dt.date(2026, 5, 1)).status == Status.OVERDUE
    assert only(chair, dt.date(2026, 5, 2)).status == Status.COVERED


def test_a_course_for_good_never_ends(chair: Member, kind: PostKind) -> None:
    course = CourseFactory(for_good=True)
    RequirementFactory(post_kinds=[kind], courses=[course])
    CompletionFactory(member=chair, course=course, completed_on=START)
    duty = only(chair, dt.date(2060, 1, 1))
    assert (duty.status, duty.due_on, duty.covered_until) == (Status.COVERED, None, None)


def test_training_that_ended_before_the_post_takes_no_day_of_grace_away(
    chair: Member, requirement: Requirement
) -> None:
    CompletionFactory(
        member=chair, course=requirement.latest.courses.get(), completed_on=dt.date(2020, 1, 1)
    )
    assert only(chair, dt.date(2026, 3, 31)).words == "Due by 31 March 2026"
    assert only(chair, dt.date(2026, 4, 1)).words == "Overdue since 1 April 2026"


def test_training_that_ended_before_the_requirement_began_is_not_what_ended(
    kind: PostKind, requirement: Requirement
) -> None:
    member = TenureFactory(post_kind=kind, started_on=dt.date(2020, 1, 1)).member
    VersionFactory.rewrite(effective_from=dt.date(2026, 6, 1))
    CompletionFactory(
        member=member, course=requirement.latest.courses.get(), completed_on=dt.date(2022, 1, 1)
    )
    assert only(member, dt.date(2026, 8, 1)).words == "Overdue since 2 July 2026"


def test_any_of_several_courses_is_enough(chair: Member, kind: PostKind) -> None:
    courses = [CourseFactory(), CourseFactory()]
    RequirementFactory(post_kinds=[kind], courses=courses)
    CompletionFactory(member=chair, course=courses[1], completed_on=START)
    assert only(chair, START).status == Status.COVERED


def test_two_posts_make_one_duty_with_two_reasons_and_the_earlier_day(
    chair: Member, requirement: Requirement
) -> None:
    councillor = PostKindFactory(councillor=True)
    requirement.latest.post_kinds.add(councillor)
    TenureFactory(
        member=chair, post_kind=councillor, started_on=dt.date(2025, 5, 2), unit__name="Barry"
    )
    duty = only(chair, START)
    assert [str(reason) for reason in duty.reasons] == [
        "Councillor, Barry, since 2 May 2025",
        "CLP chair, Aberavon, since 1 March 2026",
    ]
    assert duty.due_on == dt.date(2025, 6, 1)


def test_a_duty_ends_with_its_last_reason(kind: PostKind, requirement: Requirement) -> None:
    member = TenureFactory(post_kind=kind, ended_on=dt.date(2026, 6, 1)).member
    assert len(duties.for_member(member, on=dt.date(2026, 5, 31))) == 1
    assert duties.for_member(member, on=dt.date(2026, 6, 1)) == []


def test_a_requirement_of_a_unit_reaches_the_units_below_and_no_other(kind: PostKind) -> None:
    region = UnitFactory(region=True)
    inside, outside = UnitFactory(parent=region), UnitFactory()
    RequirementFactory(post_kinds=[kind], unit=region)
    assert duties.for_member(TenureFactory(post_kind=kind, unit=inside).member, on=START)
    assert not duties.for_member(TenureFactory(post_kind=kind, unit=outside).member, on=START)


def test_an_archived_requirement_obliged_until_the_day_before(
    chair: Member, kind: PostKind
) -> None:
    RequirementFactory(
        post_kinds=[kind], archived_at=dt.datetime(2026, 4, 1, 23, 30, tzinfo=dt.UTC)
    )
    assert duties.for_member(chair, on=dt.date(2026, 4, 1))
    assert not duties.for_member(chair, on=dt.date(2026, 4, 2)), "it is 2 April in London"


def test_opening_the_course_changes_the_activity_and_not_the_status(
    chair: Member, requirement: Requirement
) -> None:
    overdue = dt.date(2026, 8, 1)
    before = only(chair, overdue)
    EnrolmentFactory(member=chair, course=requirement.latest.courses.get())
    after = only(chair, overdue)
    assert (before.activity, after.activity) == (Activity.NOT_STARTED, Activity.IN_PROGRESS)
    assert before.status == after.status == Status.OVERDUE


def test_most_urgent_first(chair: Member, kind: PostKind, requirement: Requirement) -> None:
    RequirementFactory(title="Long grace", post_kinds=[kind], grace_days=300)
    RequirementFactory(title="Soon", post_kinds=[kind], grace_days=60)
    titles = [duty.requirement.title for duty in duties.for_member(chair, on=dt.date(2026, 4, 2))]
    assert titles == [requirement.title, "Soon", "Long grace"]


def test_my_duties_take_five_queries_however_many(
    chair: Member, requirement: Requirement, kind: PostKind, django_assert_num_queries: object
) -> None:
    RequirementFactory.create_batch(3, post_kinds=[kind])
    TenureFactory.create_batch(5, post_kind=kind)
    with django_assert_num_queries(5):
        assert len(duties.for_member(chair, on=START)) == 4


def test_who_holds_no_post_costs_two_queries(
    requirement: Requirement, django_assert_num_queries: object
) -> None:
    member = MemberFactory()
    with django_assert_num_queries(2):
        assert duties.for_member(member) == []
