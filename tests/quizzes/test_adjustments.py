"""Extra attempts and extra time for one person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import AuditEvent
from quizzes.adjusting.actions import adjust, take_back
from quizzes.adjusting.viewset import ALREADY, NOTHING, OWN
from quizzes.attempts import chances
from quizzes.models import Adjustment
from tests.members.factories import MemberFactory
from tests.quizzes.essays import permitted
from tests.quizzes.factories import QuizFactory, SittingFactory

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from members.models import Member
    from quizzes.models import Quiz

pytestmark = pytest.mark.django_db
LIST = "/cms/adjustments/"
VERBS = ("add", "change", "delete", "view")


def administrator() -> Member:
    return permitted(*(f"{verb}_adjustment" for verb in VERBS), "view_member")


def give(member: Member, quiz: Quiz, *, attempts: int = 0, time: int = 0) -> Adjustment:
    return adjust(
        member=member, quiz=quiz, extra_attempts=attempts, extra_time=time, by=administrator()
    )


@pytest.fixture
def admin(client: Client) -> Member:
    who = administrator()
    client.force_login(who)
    return who


def fill_in(client: Client, who: Member, where: Quiz, **more: object) -> HttpResponse:
    given = {"member": who.pk, "quiz": where.pk, "extra_attempts": 0, "extra_time": 25}
    return client.post(f"{LIST}new/", given | more)


def problems(response: HttpResponse) -> str:
    return str(response.context["form"].errors)


# --- What it does ---------------------------------------------------------------------------------
def test_more_attempts_count_at_once() -> None:
    sitting = SittingFactory(failed=True, quiz=QuizFactory(attempts_allowed=1))
    member, quiz = sitting.member, sitting.quiz
    assert chances(quiz=quiz, member=member).left == 0
    adjustment = give(member, quiz, attempts=2)
    assert chances(quiz=quiz, member=member).left == 2
    assert chances(quiz=quiz, member=MemberFactory()).left == 1
    take_back(adjustment=adjustment, by=administrator())
    assert chances(quiz=quiz, member=member).left == 0


def test_more_time_counts_at_once_in_a_sitting_that_is_open_too() -> None:
    sitting = SittingFactory(quiz=QuizFactory(time_limit_minutes=30))
    other = SittingFactory(quiz=sitting.quiz)
    adjustment = give(sitting.member, sitting.quiz, time=25)
    sitting.refresh_from_db()
    assert sitting.closes_at == sitting.started_at + dt.timedelta(minutes=38)  # 37.5, rounded up
    give(sitting.member, sitting.quiz, time=10)  # nobody's time becomes shorter while they sit
    take_back(adjustment=adjustment, by=administrator())
    for one, minutes in ((sitting, 38), (other, 30)):
        one.refresh_from_db()
        assert one.closes_at == one.started_at + dt.timedelta(minutes=minutes)


def test_more_time_where_there_is_no_limit_changes_nothing() -> None:
    sitting = SittingFactory()
    give(sitting.member, sitting.quiz, time=25)
    sitting.refresh_from_db()
    assert sitting.closes_at is None


def test_given_again_it_replaces_what_was_given() -> None:
    member, quiz = MemberFactory(), QuizFactory()
    first = give(member, quiz, attempts=1)
    assert give(member, quiz, time=50) == first
    found = Adjustment.objects.get()
    assert (found.extra_attempts, found.extra_time) == (0, 50)
    events = AuditEvent.objects.filter(action="adjustment.given", subjects=member)
    assert [e.detail["extra_time"] for e in events.order_by("pk")] == [0, 50]


def test_the_database_minds_twice_and_nothing() -> None:
    member, quiz, by = MemberFactory(), QuizFactory(), administrator()
    facts = {"member": member, "quiz": quiz, "recorded_by": by, "recorded_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.create(**facts)
    give(member, quiz, time=25)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.create(**facts, extra_time=5)


def test_nobody_without_the_permission_gives_or_takes_back() -> None:
    quiz, member = QuizFactory(), MemberFactory()
    adjustment = give(member, quiz, time=25)
    looker = permitted("view_adjustment", "add_adjustment")
    with pytest.raises(PermissionDenied):
        adjust(member=member, quiz=quiz, extra_attempts=1, extra_time=0, by=looker)
    with pytest.raises(PermissionDenied):
        take_back(adjustment=adjustment, by=looker)


def test_nobody_gives_themself_anything() -> None:
    quiz, by = QuizFactory(), administrator()
    given = give(by, quiz, time=25)  # by somebody else
    with pytest.raises(PermissionDenied):
        adjust(member=by, quiz=quiz, extra_attempts=20, extra_time=400, by=by)
    given.refresh_from_db()
    assert (given.extra_attempts, given.extra_time) == (0, 25)


# --- In the administration ------------------------------------------------------------------------
def test_it_is_given_listed_changed_and_taken_back(client: Client, admin: Member) -> None:
    member, quiz, other = MemberFactory(), QuizFactory(), MemberFactory()
    give(other, QuizFactory(), time=10)
    assert fill_in(client, member, quiz).status_code == 302
    given = Adjustment.objects.get(member=member)
    assert (given.extra_time, given.recorded_by) == (25, admin)
    for query in (f"quiz={quiz.pk}", f"q={member.family_name}"):
        page = client.get(f"{LIST}?{query}").content.decode()
        assert str(member) in page
        assert str(other) not in page
    page = client.get(f"{LIST}edit/{given.pk}/").content.decode()
    assert "Why is not recorded." in page
    # Whose it is and where cannot be changed by posting something else.
    said = {"extra_attempts": 1, "extra_time": 50, "member": other.pk}
    assert client.post(f"{LIST}edit/{given.pk}/", said).status_code == 302
    given.refresh_from_db()
    assert (given.member, given.extra_attempts, given.extra_time) == (member, 1, 50)
    assert client.post(f"{LIST}delete/{given.pk}/").status_code == 302
    assert not Adjustment.objects.filter(member=member).exists()
    deeds = AuditEvent.objects.filter(subjects=member).order_by("pk")
    assert [d.action for d in deeds] == [*["adjustment.given"] * 2, "adjustment.taken-back"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"extra_time": 0}, NOTHING),
        ({"extra_time": -5}, "greater than or equal to 0"),
        ({"extra_attempts": 9999}, "less than or equal to 20"),
        ({"quiz": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, admin: Member, said: dict[str, object], message: str
) -> None:
    response = fill_in(client, MemberFactory(), QuizFactory(), **said)
    assert message in problems(response)
    assert "onstraint" not in problems(response)
    assert not Adjustment.objects.exists()


def test_twice_and_for_oneself_are_refused(client: Client, admin: Member) -> None:
    member, quiz = MemberFactory(), QuizFactory()
    give(member, quiz, time=25)
    assert ALREADY in fill_in(client, member, quiz).content.decode()
    assert OWN in fill_in(client, admin, quiz).content.decode()
    assert Adjustment.objects.count() == 1


def test_what_somebody_else_gave_one_is_not_changed_by_oneself(
    client: Client, admin: Member
) -> None:
    given = give(admin, QuizFactory(), time=25)
    said = {"extra_attempts": 20, "extra_time": 400}
    assert OWN in client.post(f"{LIST}edit/{given.pk}/", said).content.decode()
    given.refresh_from_db()
    assert (given.extra_attempts, given.extra_time) == (0, 25)


def test_an_author_cannot_open_it(client: Client) -> None:
    client.force_login(permitted("change_quiz"))
    assert client.get(LIST).status_code == 302
    assert LIST not in client.get("/cms/").content.decode()


def test_the_list_costs_the_same_for_many(
    client: Client, admin: Member, django_assert_max_num_queries: object
) -> None:
    give(MemberFactory(), QuizFactory(), time=25)
    client.get(LIST)
    with django_assert_max_num_queries(40) as few:
        client.get(LIST)
    for _ in range(4):
        give(MemberFactory(), QuizFactory(), time=25)
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)
