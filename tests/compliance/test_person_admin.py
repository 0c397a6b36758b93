"""A person's training in the administration: who sees it, what it says, what can be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.decisions.verbs import exempt, extend, record_leave
from compliance.models import Decision
from members.models import AuditEvent, Member
from tests.compliance.deciding import Case, case, day, decider
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CompletionFactory
from tests.members.factories import MemberFactory, TenureFactory, UnitFactory
from training.roles import load_roles

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def at() -> Case:
    load_roles()
    found = case()
    found.by = MemberFactory(given_name="Ada", family_name="Marsh")
    found.by.groups.add(Group.objects.get(name="Training administrators"))
    return found


@pytest.fixture
def ada(at: Case) -> Client:
    return entered(at.by)


def entered(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def page_of(at: Case) -> str:
    return reverse("training_of:person", args=[at.member.pk])


def form_of(at: Case, kind: str) -> str:
    return reverse("training_of:decide", args=[at.member.pk, kind])


def extension_of(at: Case) -> str:
    return f"{form_of(at, 'extension')}?requirement={at.requirement.pk}"


# --- Looking -------------------------------------------------------------------------------------
def test_a_person_is_found_by_name(ada: Client) -> None:
    wanted = MemberFactory(given_name="Zofia", family_name="Zielińska")
    MemberFactory(given_name="Zofia", family_name="Brown")
    html = ada.get(reverse("training_of:index"), {"q": "zofia ziel"}).content.decode()
    assert reverse("training_of:person", args=[wanted.pk]) in html
    assert "Brown" not in html
    nobody = ada.get(reverse("training_of:index"), {"q": "qqq"}).content.decode()
    assert "Nobody is called “qqq”" in nobody


def test_the_page_says_what_is_asked_and_what_was_decided(at: Case, ada: Client) -> None:
    CompletionFactory(member=at.member, course__title="First aid", completed_on=day("2026-01-01"))
    said = extend(
        member=at.member, requirement=at.requirement, due_on=day("2027-01-15"), by=decider()
    )
    html = ada.get(page_of(at)).content.decode()
    for words in (
        "Safeguarding: Due by 15 January 2027",
        "Councillor, ",
        "since 10 November 2026",
        "First aid",
        "More time: Safeguarding",
        str(said.recorded_by),
    ):
        assert words in html, words
    assert "History of corrections" not in html


def test_to_look_is_written_down_and_told(at: Case, ada: Client) -> None:
    ada.get(page_of(at))
    event = AuditEvent.objects.get()
    assert (event.action, event.subject_ids) == ("compliance.viewed", [at.member.pk])
    told = entered(at.member).get(reverse("my_training")).content.decode()
    assert "looked at your training status" in told


def test_the_history_says_who_corrected_what(at: Case, ada: Client) -> None:
    said = exempt(member=at.member, requirement=None, reason="professional", by=decider())
    ada.post(reverse("decisions:withdraw", args=[said.pk]))
    html = ada.get(page_of(at)).content.decode()
    assert "Ada Marsh withdrew “Exempt: Everything asked of them, from 21 November 2026" in html
    assert f"{said.recorded_by} recorded “Exempt" in html


def test_nothing_to_press_on_ones_own_page(at: Case, ada: Client) -> None:
    at.member = at.by
    html = ada.get(page_of(at)).content.decode()
    assert "Another administrator decides it" in html
    assert form_of(at, "exemption") not in html
    ada.post(form_of(at, "exemption"), {"reason": "professional", "from_on": "2026-11-21"})
    assert not Decision.objects.exists()


def test_both_pages_cost_the_same_however_much_there_is(
    at: Case, ada: Client, django_assert_num_queries: Callable
) -> None:
    record_leave(member=at.member, from_on=day("2026-11-12"), until_on=day("2026-11-13"), by=at.by)
    addresses = (page_of(at), reverse("decisions:index"))
    ada.get(addresses[0])  # what is asked once in a process
    with CaptureQueriesContext(connection) as before:
        for address in addresses:
            ada.get(address)
    for number in range(1, 6):
        other = TenureFactory(councillor=True).member
        RequirementFactory(post_kinds=[at.member.tenures.get().post_kind])
        CompletionFactory(member=at.member)
        for member in (at.member, other):
            first = day(f"2027-0{number}-01")
            record_leave(member=member, from_on=first, until_on=first, by=at.by)
    with django_assert_num_queries(len(before)):
        for address in addresses:
            ada.get(address)


# --- Deciding ------------------------------------------------------------------------------------
def test_assign(at: Case, ada: Client) -> None:
    asked = RequirementFactory(title="Panels", audience="named")
    at.member.home_unit = UnitFactory(name="Alder CLP")
    at.member.save()
    assert "The officers of Alder CLP see" in ada.get(form_of(at, "assignment")).content.decode()
    answer = ada.post(
        form_of(at, "assignment"), {"requirement": asked.pk, "officers": "on"}, follow=True
    )
    assert "Asked of you by name" in answer.content.decode()
    assert Decision.objects.get().unit == at.member.home_unit


def test_exempt(at: Case, ada: Client) -> None:
    given = {"requirement": at.requirement.pk, "from_on": "2026-11-21", "reason": "professional"}
    answer = ada.post(form_of(at, "exemption"), given, follow=True)
    assert "is exempt." in answer.content.decode()
    said = Decision.objects.get()
    assert (said.kind, said.recorded_by) == ("exemption", at.by)


def test_more_time_shows_the_day_and_what_it_would_be(at: Case, ada: Client) -> None:
    html = ada.get(extension_of(at)).content.decode()
    assert "The last day is 10 December 2026." in html
    assert "24 December 2026 (Two weeks)" in html
    ada.post(extension_of(at), {"new_day": "2026-12-24"})
    assert Decision.objects.get().due_on == day("2026-12-24")


def test_more_time_to_another_day(at: Case, ada: Client) -> None:
    html = ada.post(extension_of(at), {"new_day": "other"}).content.decode()
    assert "Choose a day, or one of the days above." in html
    html = ada.post(extension_of(at), {"new_day": "other", "due_on": "2026-12-01"}).content.decode()
    assert "The last day is 10 December 2026 already. Choose a later one." in html
    ada.post(extension_of(at), {"new_day": "other", "due_on": "2026-12-11"})
    assert Decision.objects.get().due_on == day("2026-12-11")


def test_leave_says_what_it_does(at: Case, ada: Client) -> None:
    html = ada.get(form_of(at, "leave")).content.decode()
    assert "The clock stops and the days are given back." in html
    ada.post(form_of(at, "leave"), {"from_on": "2026-11-15"})
    again = ada.post(form_of(at, "leave"), {"from_on": "2026-11-20"}).content.decode()
    assert "Leave is recorded already from 15 November 2026." in again


def test_correct(at: Case, ada: Client) -> None:
    leave = record_leave(member=at.member, from_on=day("2026-11-15"), by=decider())
    address = reverse("decisions:correct", args=[leave.pk])
    assert 'value="2026-11-15"' in ada.get(address).content.decode()
    ada.post(address, {"from_on": "2026-11-15", "until_on": "2026-11-20"})
    assert Decision.objects.standing().get().until_on == day("2026-11-20")
    assert ada.get(address).status_code == 404  # it stands no more


def test_withdraw_asks_first(at: Case, ada: Client) -> None:
    said = exempt(member=at.member, requirement=None, reason="professional", by=decider())
    address = reverse("decisions:withdraw", args=[said.pk])
    assert "Withdraw it" in ada.get(address).content.decode()
    assert Decision.objects.standing().exists()
    ada.post(address)
    assert not Decision.objects.standing().exists()


# --- The list ------------------------------------------------------------------------------------
def test_the_list_is_narrowed_and_written_down(at: Case, ada: Client) -> None:
    other = TenureFactory(councillor=True, member__family_name="Brown").member
    exempt(member=at.member, requirement=None, reason="professional", by=decider())
    until = day("2026-12-01")
    record_leave(member=other, from_on=day("2026-11-15"), until_on=until, by=decider())

    def listed(**query: str) -> list[int]:
        page = ada.get(reverse("decisions:index"), query).context["page"]
        return [row.member_id for row in page]

    assert listed() == [other.pk, at.member.pk]
    assert AuditEvent.objects.first().subject_ids == sorted([other.pk, at.member.pk])
    assert listed(kind="exemption") == [at.member.pk]
    assert listed(ending="on") == [other.pk]
    assert listed(q="brown") == [other.pk]
    assert listed(q="nobody") == []
    assert ada.get(reverse("decisions:index"), {"kind": "nonsense"}).status_code == 404


# --- The wrong person ----------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["chair", "author", "member"])
def test_for_everybody_else_there_is_no_such_page(at: Case, who: str) -> None:
    said = exempt(member=at.member, requirement=None, reason="professional", by=at.by)
    person = MemberFactory()
    if who == "chair":
        TenureFactory(chair=True, member=person, unit=at.member.tenures.get().unit)
    if who == "author":
        person.groups.add(Group.objects.get(name="Authors"))
    client = entered(person)
    addresses = [
        reverse("training_of:index"),
        page_of(at),
        form_of(at, "exemption"),
        extension_of(at),
        reverse("decisions:index"),
        reverse("decisions:correct", args=[said.pk]),
        reverse("decisions:withdraw", args=[said.pk]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    assert Decision.objects.get() == said


@pytest.mark.parametrize("kind", ["nonsense", "extension"])
def test_nothing_else_can_be_decided(at: Case, ada: Client, kind: str) -> None:
    assert ada.get(form_of(at, kind)).status_code == 404
