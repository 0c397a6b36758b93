"""A chair reminds people: of their own unit only, once in fourteen days, and it is seen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.models import Reminder
from members.models import AuditEvent, Mail
from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    import time_machine

    from members.models import Member
    from tests.compliance.conftest import Party, World

SignIn = "Callable[[Member], Client]"


def address(world: World, role: str) -> str:
    return reverse("compliance:remind", args=[world.clp.code, world.people[role].pk])


def everybody(world: World) -> str:
    return reverse("compliance:remind_overdue", args=[world.clp.code])


def test_the_check_page_shows_what_is_sent_and_sends_nothing(
    party: Party, client_of: SignIn
) -> None:
    response = client_of(party.a.chair).get(address(party.a, "due"))
    page = response.content.decode()
    assert "Remind Due Aldersondue?" in page
    assert "Your training: one thing to do by 10 December" in page
    assert "The CLP chair of Alder CLP asked us to remind you" in page
    assert not Mail.objects.exists()
    looked = AuditEvent.objects.latest("pk")
    assert (looked.action, looked.subject_ids) == (
        "compliance.viewed",
        [party.a.people["due"].pk],
    )


@pytest.mark.parametrize("role", ["due", "overdue", "ended"])
def test_one_person_is_reminded_once_and_it_is_written_down(
    party: Party, client_of: SignIn, role: str
) -> None:
    chair, person = client_of(party.a.chair), party.a.people[role]
    response = chair.post(address(party.a, role), follow=True)
    assert "A reminder is on its way to" in response.content.decode()
    mail = Mail.objects.get()
    assert mail.member == person
    assert "/my-training/" in mail.text
    entry = Reminder.objects.get()
    assert (entry.member, entry.sent_by, entry.mail) == (person, party.a.chair, mail)
    assert entry.sent_as == "CLP chair of Alder CLP"
    event = AuditEvent.objects.filter(action="compliance.reminded").get()
    assert (event.actor, event.unit, event.subject_ids) == (
        party.a.chair,
        party.a.clp,
        [person.pk],
    )
    response = chair.post(address(party.a, role), follow=True)
    assert "Nothing was sent" in response.content.decode()
    assert Mail.objects.count() == 1


def test_it_is_possible_again_on_the_fourteenth_day(
    party: Party, client_of: SignIn, november: time_machine.Traveller
) -> None:
    chair = client_of(party.a.chair)
    chair.post(address(party.a, "overdue"))
    november.shift(dt.timedelta(days=13, hours=14))
    page = chair.get(address(party.a, "overdue")).content.decode()
    assert "You can send another from 5 December 2026" in page
    chair.post(address(party.a, "overdue"))
    assert Mail.objects.count() == 1
    november.shift(dt.timedelta(hours=1))
    chair.post(address(party.a, "overdue"))
    assert Mail.objects.count() == 2


def test_whoever_sent_the_last_one(
    party: Party, client_of: SignIn, officer: Callable[..., Member]
) -> None:
    client_of(officer(party.region)).post(address(party.a, "overdue"))
    assert Reminder.objects.get().sent_as == "Regional officer of The North"
    client_of(party.a.chair).post(address(party.a, "overdue"))
    assert Mail.objects.count() == 1


def test_who_is_up_to_date_is_not_reminded(party: Party, client_of: SignIn) -> None:
    chair = client_of(party.a.chair)
    assert "has nothing to do" in chair.get(address(party.a, "covered")).content.decode()
    chair.post(address(party.a, "covered"))
    assert not Mail.objects.exists()


def test_nobody_reminds_themself(party: Party, client_of: SignIn) -> None:
    page = client_of(party.a.chair).get(address(party.a, "chair")).content.decode()
    assert "This is you." in page
    client_of(party.a.chair).post(address(party.a, "chair"))
    assert not Mail.objects.exists()


def test_without_an_address_the_page_says_so(party: Party, client_of: SignIn) -> None:
    person = party.a.people["overdue"]
    person.email = None
    person.save()
    chair = client_of(party.a.chair)
    page = chair.get(address(party.a, "overdue")).content.decode()
    assert "We have no e-mail address for Overdue Aldersonoverdue" in page
    chair.post(address(party.a, "overdue"))
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_unit_does_not_exist(party: Party, client_of: SignIn, method: str) -> None:
    ask = getattr(client_of(party.a.chair), method)
    mixed = reverse("compliance:remind", args=[party.a.clp.code, party.b.people["overdue"].pk])
    addresses = [address(party.b, "overdue"), everybody(party.b), mixed]
    plain = reverse("compliance:remind", args=[party.a.clp.code, MemberFactory().pk])
    for each in [*addresses, plain]:
        assert ask(each).status_code == 404
    assert not Mail.objects.exists()


def test_everybody_who_is_overdue_is_reminded_at_once(party: Party, client_of: SignIn) -> None:
    chair = client_of(party.a.chair)
    page = chair.get(everybody(party.a)).content.decode()
    assert "Remind 2 people?" in page
    assert not any(word in page for word in party.b.canaries)
    chair.post(everybody(party.a))
    told = {mail.member for mail in Mail.objects.all()}
    assert told == {party.a.people["overdue"], party.a.people["ended"]}
    assert "Nobody to remind now" in chair.get(everybody(party.a)).content.decode()


def test_a_post_elsewhere_is_not_in_the_mail(party: Party, client_of: SignIn) -> None:
    person = party.a.people["overdue"]
    TenureFactory(member=person, post_kind=party.kinds["chair"], unit=party.b.clp)
    client_of(party.a.chair).post(address(party.a, "overdue"))
    assert "Birch" not in Mail.objects.get().text


def test_the_check_page_takes_as_many_queries_for_more_people(
    party: Party, client_of: SignIn
) -> None:
    chair = client_of(party.a.chair)
    chair.get(everybody(party.a))  # what the site keeps in memory
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert chair.get(everybody(party.a)).status_code == 200
        counted.append(len(queries))
        for _ in range(5):
            TenureFactory(post_kind=party.kinds["councillor"], unit=party.a.branch)
    assert counted[0] == counted[1]
