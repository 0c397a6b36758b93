"""From a host's decision to the chair's page: attendance meets a requirement as e-learning does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from certificates.models import Certificate
from compliance.duty.duties import for_member
from courses.models import Completion
from tests.compliance.conftest import page
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CourseFactory
from tests.courses.webinars import live_course, pass_quiz, session_of
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory, UnitFactory
from webinars.attendance.deciding import decide_by_hand, take_back_by_hand

if TYPE_CHECKING:
    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Member:
    kind = PostKindFactory(chair=True)
    started = timezone.localdate() - dt.timedelta(days=90)
    return TenureFactory(post_kind=kind, unit=UnitFactory(), started_on=started).member


@pytest.fixture
def host() -> Member:
    return MemberFactory(administrator=True)


def is_up_to_date(chair: Member) -> bool:
    """Whether the chair's own page counts its one person as up to date."""
    client = Client()
    client.force_login(chair)
    html = page(client, chair.tenures.get().unit.code)
    said = [f"role needs training is {how}" in html for how in ("overdue", "up to date")]
    assert sum(said) == 1
    return said[1]


def test_a_webinar_and_its_quiz_meet_what_a_course_would(chair: Member, host: Member) -> None:
    course, step = live_course(step__with_quiz=True)
    kind = chair.tenures.get().post_kind
    RequirementFactory(post_kinds=[kind], courses=[CourseFactory(), course])
    session = session_of(step)
    assert not is_up_to_date(chair)
    decide_by_hand(session=session, member=chair, outcome="attended", by=host)
    assert not for_member(chair)[0].is_covered
    pass_quiz(step, chair)
    duty = for_member(chair)[0]
    done = Completion.objects.get()
    assert (duty.is_covered, duty.covered_until) == (True, done.valid_to)
    assert Certificate.objects.get().completion == done
    assert is_up_to_date(chair)
    take_back_by_hand(session=session, member=chair, by=host)
    assert not for_member(chair)[0].is_covered
    assert Certificate.objects.get().status == "revoked"
    assert not is_up_to_date(chair)
