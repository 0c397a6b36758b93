"""The ground floor's models keep their own rules."""

import pytest
from django.db import IntegrityError, transaction

from members.models import Member, Tenure
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_email_is_unique_whatever_its_case() -> None:
    MemberFactory(email="jo@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberFactory(email="Jo@Example.org")


def test_many_people_may_have_no_email() -> None:
    MemberFactory.create_batch(2, without_email=True)
    assert Member.objects.filter(email=None).count() == 2


def test_a_chair_sees_post_holders_of_the_unit_and_below_only() -> None:
    clp = UnitFactory()
    branch = UnitFactory(parent=clp, branch=True)
    chair = TenureFactory(chair=True, unit=clp).member
    councillor = TenureFactory(councillor=True, unit=branch).member
    elsewhere = TenureFactory(councillor=True, unit=UnitFactory()).member
    ordinary = MemberFactory(home_unit=clp)
    visible = Member.objects.visible_to(chair)
    assert set(visible) == {chair, councillor}
    assert elsewhere not in visible
    assert ordinary not in visible


def test_an_open_tenure_is_held_once() -> None:
    tenure = TenureFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(
            member=tenure.member,
            post_kind=tenure.post_kind,
            unit=tenure.unit,
            started_on=tenure.started_on,
        )
