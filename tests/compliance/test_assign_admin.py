"""Assigning in the administration: five steps, each a page; only one's own drafts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.models import AssignmentDraft, Decision, Requirement
from compliance.reminders.plan import CODES
from tests.compliance.preparing import by_name, carried, new_rule
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory, PostKindFactory, TenureFactory
from training.roles import load_roles

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def administrator() -> Member:
    load_roles()
    member = MemberFactory(given_name="Ada")
    member.groups.add(Group.objects.get(name="Training administrators"))
    return member


def entered(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def by() -> Member:
    return administrator()


@pytest.fixture
def ada(by: Member) -> Client:
    return entered(by)


def step(draft: AssignmentDraft, name: str) -> str:
    return reverse("assign:step", args=[draft.pk, name])


def people(draft: AssignmentDraft) -> str:
    return reverse("assign:people", args=[draft.pk])


def begun(ada: Client) -> AssignmentDraft:
    ada.post(reverse("assign:new"))
    return AssignmentDraft.objects.get()


def send(ada: Client, address: str, **said: Any) -> str:
    return ada.post(address, said, follow=True).content.decode()


# --- The steps -----------------------------------------------------------------------------------
def test_from_a_course_to_a_requirement_and_back(by: Member, ada: Client) -> None:
    kind, course = TenureFactory(chair=True).post_kind, CourseFactory(title="Panels")
    draft = begun(ada)
    what = {"source": "new", "course": course.pk, "title": "For chairs", "reason": "You decide."}
    assert "Who must do it?" in send(ada, step(draft, "what"), **what)
    who = {"audience": "posts", "kinds": [kind.pk]}
    assert "Days from the day the post began" in send(ada, step(draft, "who"), **who)
    html = send(ada, step(draft, "when"), anchor="start", grace_days=20)
    assert html.count("checked") == len(CODES)
    html = send(ada, step(draft, "messages"), mails=["assigned", "due-3"])
    for words in ("For chairs", "CLP chair", "20 days from", "3 days before it is due", "1 person"):
        assert words in html, words
    html = send(ada, step(draft, "check"))
    assert "was assigned to 1 person by Ada" in html
    assert "The first mail about it leaves after 9:30am on Sunday 22 November 2026" in html
    made = Requirement.objects.get()
    assert (made.title, made.latest.reminders) == ("For chairs", ["assigned", "due-3"])
    done = AssignmentDraft.objects.get()
    assert "It was undone" in send(ada, reverse("assign:undo", args=[done.batch]))
    assert Requirement.objects.get().is_archived


def test_people_are_found_pasted_and_uploaded(by: Member, ada: Client) -> None:
    draft = by_name(by, [])
    found, pasted, listed = MemberFactory(given_name="Zofia"), MemberFactory(), MemberFactory()
    assert "Zofia" in ada.get(people(draft), {"q": "zof"}).content.decode()
    send(ada, people(draft), add="1", person=[found.pk])
    html = send(ada, people(draft), list="1", text=f"{pasted.email}\nx@example.org")
    assert "1 person added." in html
    assert "Nobody has this e-mail address." in html
    file = io.BytesIO(f"email\n{listed.email}\n".encode())
    file.name = "people.csv"
    html = send(ada, people(draft), list="1", file=file)
    assert "3 people so far" in html
    assert "x@example.org" not in html  # said once, of the list it was in
    send(ada, people(draft), remove="1", person=[pasted.pk])
    assert "By when?" in send(ada, people(draft), go="1")
    send(ada, step(draft, "check"))
    assert {row.member for row in Decision.objects.all()} == {found, listed}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Paste addresses or numbers, or choose a file."),
        ({"file": b"PK\x03\x04nonsense"}, "This file could not be read as a table."),
        ({"file": b"\n"}, "There is no e-mail address or membership number in this file."),
    ],
)
def test_a_list_of_nobody(by: Member, ada: Client, given: dict, sentence: str) -> None:
    draft = by_name(by, [])
    if "file" in given:
        file = io.BytesIO(given["file"])
        file.name = "people.csv"
        given = {"file": file}
    assert sentence in send(ada, people(draft), list="1", **given)


def test_the_count_saves_nothing_and_tells_no_token(by: Member, ada: Client) -> None:
    draft = new_rule(by)
    councillors = PostKindFactory(councillor=True)
    TenureFactory(councillor=True)
    address = step(draft, "who")
    query = {"audience": "posts", "kinds": [councillors.pk], "count": "1"}
    html = ada.get(address, query).content.decode()
    assert "<strong>1 person</strong>: 1 newly due" in html
    assert 'type="hidden" name="csrfmiddlewaretoken"' not in html.split("<h1")[1]
    draft.refresh_from_db()
    assert draft.data["who"]["kinds"] != [councillors.pk]


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("what", {}, "This field is required."),
        ("what", {"source": "existing"}, "Choose the requirement."),
        ("what", {"source": "new"}, "Give it a name."),
        ("who", {"audience": "posts"}, "Choose at least one kind of post."),
        ("who", {"audience": "nonsense"}, "Select a valid choice."),
        ("when", {"anchor": "fixed"}, "Say which day it is."),
        ("when", {"anchor": "fixed", "fixed_on": "2026-11-20"}, "The last day is over."),
        ("when", {"anchor": "fixed", "fixed_on": "2206-11-20"}, "Check the year."),
        ("when", {"anchor": "start"}, "Say how many days they have."),
        ("messages", {"mails": ["nonsense"]}, "Select a valid choice."),
    ],
)
def test_what_is_not_accepted(
    by: Member, ada: Client, name: str, said: dict, sentence: str
) -> None:
    draft = new_rule(by)
    before = draft.data
    assert sentence in send(ada, step(draft, name), **said)
    draft.refresh_from_db()
    assert draft.data == before


def test_many_people_ask_for_their_number(by: Member, ada: Client) -> None:
    draft = by_name(by, MemberFactory.create_batch(21))
    assert "To go on, type 21." in ada.get(step(draft, "check")).content.decode()
    assert "This is not the number." in send(ada, step(draft, "check"), typed="12")
    assert "was assigned to 21 people" in send(ada, step(draft, "check"), typed="21")


def test_what_cannot_be_carried_out_has_no_button(by: Member, ada: Client) -> None:
    draft = new_rule(by, kinds=[PostKindFactory().pk])
    html = ada.get(step(draft, "check")).content.decode()
    assert "This would be asked of nobody." in html
    assert "Assign it" not in html
    assert "This would be asked of nobody." in send(ada, step(draft, "check"))


def test_nobody_jumps_ahead(ada: Client) -> None:
    draft = begun(ada)
    for address in (step(draft, "check"), step(draft, "when"), people(draft)):
        assert ada.get(address).url == step(draft, "what")
    assert ada.get(step(draft, "nonsense")).status_code == 404


def test_drafts_are_listed_and_deleted(by: Member, ada: Client) -> None:
    draft = new_rule(by)
    assert "Panels, 9:30am" in ada.get(reverse("assign:index")).content.decode()
    send(ada, reverse("assign:discard", args=[draft.pk]))
    assert not AssignmentDraft.objects.exists()


def test_the_check_costs_the_same_however_many(
    by: Member, ada: Client, django_assert_num_queries: Callable
) -> None:
    few = by_name(by, MemberFactory.create_batch(2))
    ada.get(step(few, "check"))
    with CaptureQueriesContext(connection) as before:
        ada.get(step(few, "check"))

    few.data["who"]["people"] += [member.pk for member in MemberFactory.create_batch(15)]
    few.save()
    with django_assert_num_queries(len(before)):
        ada.get(step(few, "check"))


# --- The wrong person ----------------------------------------------------------------------------
def addresses(draft: AssignmentDraft) -> list[str]:
    steps = [step(draft, name) for name in ("what", "who", "when", "messages", "check")]
    return [*steps, people(draft), reverse("assign:discard", args=[draft.pk])]


def test_a_draft_is_nobody_elses(by: Member) -> None:
    draft = new_rule(by)
    other = entered(administrator())
    for address in addresses(draft):
        assert other.post(address).status_code == 404, address
    assert "Panels" not in other.get(reverse("assign:index")).content.decode()
    assert AssignmentDraft.objects.get() == draft


def test_who_may_decide_may_undo_what_another_did(by: Member) -> None:
    done = carried(new_rule(by))
    other = entered(administrator())
    assert "Undo" in other.get(reverse("assign:done", args=[done.batch])).content.decode()
    assert "It was undone" in send(other, reverse("assign:undo", args=[done.batch]))


@pytest.mark.parametrize("who", ["chair", "author", "member"])
def test_for_everybody_else_there_is_no_such_page(by: Member, who: str) -> None:
    draft, person = new_rule(by), MemberFactory()
    if who == "chair":
        TenureFactory(chair=True, member=person)
    if who == "author":
        person.groups.add(Group.objects.get(name="Authors"))
    client = entered(person)
    more = [reverse("assign:done", args=[draft.batch]), reverse("assign:undo", args=[draft.batch])]
    for address in [*addresses(draft), *more, reverse("assign:index"), reverse("assign:new")]:
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address).status_code in (404, 405), address
    assert AssignmentDraft.objects.get().done_at is None
