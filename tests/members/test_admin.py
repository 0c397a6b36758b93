"""People in the administration: who may change whom, and that it is written down."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from members import audit
from members.models import AuditEvent, Member, Tenure
from tests.members.factories import (
    MemberFactory,
    PostKindFactory,
    TenureFactory,
    UnitFactory,
)
from training.roles import load_roles

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

PEOPLE, POSTS, ACCOUNTS = "/cms/people/", "/cms/posts-held/", "/cms/users/"
TRAIL = "/cms/reports/audit-trail/"


def in_group(name: str, **fields: object) -> Member:
    load_roles()
    member = MemberFactory(**fields)
    member.groups.add(Group.objects.get(name=name))
    return member


@pytest.fixture
def administrator(client: Client) -> Member:
    member = in_group("Training administrators", given_name="Ada", family_name="Marsh")
    client.force_login(member)
    return member


@pytest.fixture
def author(client: Client) -> Member:
    member = in_group("Authors")
    client.force_login(member)
    return member


def person_fields(**changed: object) -> dict[str, object]:
    fields = {
        "given_name": "Jo",
        "family_name": "Smith",
        "preferred_name": "",
        "email": "jo@example.org",
        "membership_number": "",
        "home_unit": "",
        "language": "en-gb",
        "is_active": "on",
    }
    return fields | changed


def acts() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


# --- People -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("administrator")
def test_people__are_found_by_name_number_unit_and_post(client: Client) -> None:
    clp = UnitFactory(name="Wakefield and Rothwell")
    chair = TenureFactory(chair=True, unit=clp, member__family_name="Hirst")
    TenureFactory(chair=True, ended=True, unit=clp, member__family_name="Formerly")
    MemberFactory(family_name="Nowak", home_unit=clp, membership_number="778899")
    MemberFactory(family_name="Elsewhere")

    def shown(query: str) -> set[str]:
        page = client.get(PEOPLE + query).content.decode()
        return {name for name in ("Hirst", "Formerly", "Nowak", "Elsewhere") if name in page}

    assert shown("") == {"Hirst", "Formerly", "Nowak", "Elsewhere"}
    assert shown("?q=hirst") == {"Hirst"}
    assert shown("?q=778899") == {"Nowak"}
    assert shown("?unit=wakefield") == {"Hirst", "Nowak"}
    assert shown(f"?post={chair.post_kind_id}") == {"Hirst"}


@pytest.mark.usefixtures("administrator")
def test_people__a_full_page_costs_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    MemberFactory.create_batch(20, home_unit=UnitFactory())
    client.get(PEOPLE)
    with django_assert_max_num_queries(25):
        client.get(PEOPLE)


def test_people__adding_somebody_is_written_down(client: Client, administrator: Member) -> None:
    response = client.post(f"{PEOPLE}new/", person_fields(email="Jo@Example.org"))
    assert response.status_code == 302
    jo = Member.objects.get(family_name="Smith")
    assert not jo.has_usable_password()
    (event,) = AuditEvent.objects.all()
    assert (event.action, event.actor, list(event.subjects.all())) == (
        "person added",
        administrator,
        [jo],
    )


@pytest.mark.usefixtures("administrator")
def test_people__opening_and_changing_are_written_down_without_the_values(client: Client) -> None:
    jo = MemberFactory(email="old@example.org", membership_number=None)
    client.get(f"{PEOPLE}edit/{jo.pk}/")
    client.post(f"{PEOPLE}edit/{jo.pk}/", person_fields(email="new@example.org"))
    assert acts() == ["person opened", "person changed"]
    detail = AuditEvent.objects.first().detail
    assert "email" in detail["fields"]
    assert "example.org" not in str(detail)


@pytest.mark.usefixtures("administrator")
def test_people__an_old_address_no_longer_opens_the_account(client: Client) -> None:
    jo = MemberFactory(email="old@example.org")
    EmailAddress.objects.create(user=jo, email="old@example.org", verified=True, primary=True)
    client.post(f"{PEOPLE}edit/{jo.pk}/", person_fields(email="new@example.org"))
    assert not EmailAddress.objects.filter(email="old@example.org").exists()


@pytest.mark.usefixtures("administrator")
def test_people__two_cannot_share_an_address_whatever_its_case(client: Client) -> None:
    MemberFactory(email="jo@example.org")
    response = client.post(f"{PEOPLE}new/", person_fields(email="JO@example.org"))
    assert "Another member has this e-mail address" in response.content.decode()


@pytest.mark.usefixtures("administrator")
def test_people__two_may_have_no_address(client: Client) -> None:
    for name in ("One", "Two"):
        client.post(f"{PEOPLE}new/", person_fields(email="", family_name=name))
    assert Member.objects.filter(email=None).count() == 2


@pytest.mark.usefixtures("administrator")
def test_people__nobody_is_deleted(client: Client) -> None:
    jo = MemberFactory()
    client.post(f"{PEOPLE}delete/{jo.pk}/")
    assert Member.objects.filter(pk=jo.pk).exists()


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("url", [f"{PEOPLE}edit/%s/", f"{ACCOUNTS}edit/%s/"])
def test_people__who_may_do_everything_is_not_changed_by_who_may_not(
    client: Client, url: str
) -> None:
    root = MemberFactory(administrator=True, email="root@example.org")
    client.post(url % root.pk, person_fields(email="mine@example.org"))
    root.refresh_from_db()
    assert root.email == "root@example.org"


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize(
    "path",
    [
        PEOPLE,
        f"{PEOPLE}new/",
        POSTS,
        ACCOUNTS,
        TRAIL,
        "/cms/units/",
        "/cms/choose_member/",
        "/cms/choose_member/results/",
    ],
)
def test_people__are_no_business_of_authors(client: Client, path: str) -> None:
    MemberFactory(family_name="Canary")
    response = client.get(path)
    assert response.status_code in {302, 403, 404}
    assert b"Canary" not in response.content


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("path", ["/cms/choose_member/", "/cms/choose_member/results/"])
def test_people__are_chosen_by_searching(client: Client, path: str) -> None:
    MemberFactory(given_name="Zofia", family_name="Nowak")
    MemberFactory(given_name="Zofia", family_name="Hirst")
    page = client.get(path, {"q": "zofia now"}).content.decode()
    assert "Zofia Nowak" in page
    assert "Hirst" not in page


@pytest.mark.usefixtures("administrator")
def test_units__are_chosen_by_searching_and_only_renamed(client: Client) -> None:
    clp = UnitFactory(name="Ynys Môn")
    UnitFactory(name="Batley")
    page = client.get("/cms/choose_unit/results/", {"q": "ynys"}).content.decode()
    assert "Ynys Môn" in page
    assert "Batley" not in page
    assert client.get("/cms/units/new/").status_code in {302, 403, 404}
    client.post(f"/cms/units/edit/{clp.pk}/", {"name": "Ynys Môn (Anglesey)"})
    clp.refresh_from_db()
    assert clp.name == "Ynys Môn (Anglesey)"


# --- Posts held ---------------------------------------------------------------------------------
def post_fields(tenure: Tenure, **changed: object) -> dict[str, object]:
    fields = {
        "member": tenure.member_id,
        "post_kind": tenure.post_kind_id,
        "unit": tenure.unit_id,
        "started_on": tenure.started_on.isoformat(),
        "ended_on": tenure.ended_on.isoformat() if tenure.ended_on else "",
    }
    return fields | changed


@pytest.mark.usefixtures("administrator")
def test_posts__giving_one_is_written_down_and_shown_with_the_person(client: Client) -> None:
    jo, clp, kind = MemberFactory(), UnitFactory(name="Batley"), PostKindFactory(chair=True)
    response = client.post(
        f"{POSTS}new/",
        {
            "member": jo.pk,
            "post_kind": kind.pk,
            "unit": clp.pk,
            "started_on": "2026-10-01",
            "ended_on": "",
        },
    )
    assert response.status_code == 302
    event = AuditEvent.objects.get()
    assert (event.action, event.unit, event.detail["post"]) == ("post given", clp, "CLP chair")
    page = client.get(f"{PEOPLE}edit/{jo.pk}/").content.decode()
    assert "CLP chair, Batley" in page
    assert "since 1 October 2026" in page


@pytest.mark.usefixtures("administrator")
def test_posts__the_form_offers_the_person_it_was_opened_for(client: Client) -> None:
    jo = MemberFactory(given_name="Jo", family_name="Smith")
    page = client.get(f"{POSTS}new/?member={jo.pk}").content.decode()
    assert "Jo Smith" in page
    assert client.get(f"{POSTS}new/?member=x").status_code == 200


@pytest.mark.usefixtures("administrator")
def test_posts__ending_one_ends_what_it_let_see(client: Client) -> None:
    tenure = TenureFactory(chair=True)
    assert tenure.member.oversees
    client.post(f"{POSTS}edit/{tenure.pk}/", post_fields(tenure, ended_on="2026-01-01"))
    assert not Member.objects.get(pk=tenure.member_id).oversees
    assert acts() == ["post changed"]


@pytest.mark.usefixtures("administrator")
def test_posts__an_end_before_the_beginning_is_refused_in_words(client: Client) -> None:
    tenure = TenureFactory(chair=True)
    response = client.post(f"{POSTS}edit/{tenure.pk}/", post_fields(tenure, ended_on="2024-12-31"))
    assert "must end after the day it began" in response.content.decode()


@pytest.mark.parametrize(
    ("started_on", "ended_on", "fits"),
    [
        (dt.date(2025, 6, 1), None, True),  # begins the day the other ended
        (dt.date(2024, 6, 1), dt.date(2025, 1, 1), True),
        (dt.date(2025, 5, 31), None, False),
        (dt.date(2024, 6, 1), dt.date(2025, 1, 2), False),
        (dt.date(2024, 6, 1), None, False),
        (dt.date(2025, 2, 1), dt.date(2025, 3, 1), False),
    ],
)
def test_posts__the_same_post_is_not_held_twice_on_a_day(
    started_on: dt.date, ended_on: dt.date | None, fits: bool
) -> None:
    held = TenureFactory(chair=True, ended=True)
    tenure = TenureFactory.build(
        member=held.member,
        post_kind=held.post_kind,
        unit=held.unit,
        started_on=started_on,
        ended_on=ended_on,
    )
    if fits:
        tenure.full_clean()
        return
    with pytest.raises(ValidationError, match="from 1 January 2025 to 1 June 2025"):
        tenure.full_clean()


# --- Accounts -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("administrator")
def test_accounts__somebody_is_let_into_a_group(client: Client) -> None:
    jo = MemberFactory(email="jo@example.org")
    group = Group.objects.get(name="Authors")
    page = client.get(f"{ACCOUNTS}edit/{jo.pk}/").content.decode()
    assert "Given name" in page
    assert "is_superuser" not in page
    fields = person_fields(groups=[group.pk], is_superuser="on")
    assert client.post(f"{ACCOUNTS}edit/{jo.pk}/", fields).status_code == 302
    jo = Member.objects.get(pk=jo.pk)
    assert jo.has_perm("wagtailadmin.access_admin")
    assert not jo.is_superuser
    assert acts() == ["person changed"]


@pytest.mark.usefixtures("administrator")
def test_accounts__a_new_one_has_no_password_and_is_found_by_our_names(client: Client) -> None:
    assert client.get(f"{ACCOUNTS}new/").status_code == 200
    response = client.post(f"{ACCOUNTS}new/", person_fields(given_name="Zofia"))
    assert response.status_code == 302
    assert not Member.objects.get(given_name="Zofia").has_usable_password()
    assert "Zofia" in client.get(f"{ACCOUNTS}?q=zofia").content.decode()
    assert "Zofia" in client.get(f"{ACCOUNTS}?ordering=-family_name").content.decode()


def test_accounts__nobody_shuts_themselves_out(client: Client, administrator: Member) -> None:
    page = client.get(f"{ACCOUNTS}edit/{administrator.pk}/").content.decode()
    assert 'name="is_active"' not in page


@pytest.mark.usefixtures("administrator")
def test_accounts__many_at_once_are_asked_the_same_questions(client: Client) -> None:
    root, jo = MemberFactory(administrator=True), MemberFactory()
    url = "/cms/bulk/members/member/set_active_state/?id={}&next=/cms/users/"
    client.post(url.format(root.pk), {"mark_as_active": "False"})
    client.post(url.format(jo.pk), {"mark_as_active": "False"})
    assert Member.objects.get(pk=root.pk).is_active
    assert not Member.objects.get(pk=jo.pk).is_active
    assert acts() == ["accounts: set_active_state"]


@pytest.mark.usefixtures("author")
def test_profile__works_and_does_not_ask_for_names(client: Client) -> None:
    page = client.get("/cms/account/").content.decode()
    assert "First Name" not in page
    assert "first_name" not in page
    fields = {
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post("/cms/account/", fields).status_code == 302


def test_profile__is_for_the_administration_only(client: Client) -> None:
    client.force_login(MemberFactory())
    assert client.get("/cms/account/").status_code == 404


# --- The trail ----------------------------------------------------------------------------------
def test_trail__is_read_by_action_and_by_person(client: Client, administrator: Member) -> None:
    jo = MemberFactory(given_name="Jo", family_name="Smith")
    audit.record("person opened", by=administrator, about=[jo])
    audit.record("list printed", by=None, fields=["one", "two"])
    page = client.get(TRAIL).content.decode()
    assert "person opened" in page
    assert "fields: one, two" in page
    assert "list printed" not in _rows(client, "?action=opened")
    assert "list printed" not in _rows(client, "?whom=jo+smith")
    assert "person opened" not in _rows(client, "?who=nobody")
    assert "person opened" in _rows(client, "?who=ada")


@pytest.mark.usefixtures("administrator")
def test_trail__a_long_one_costs_no_more_queries(
    client: Client,
    administrator: Member,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for jo in MemberFactory.create_batch(30):
        audit.record("person opened", by=administrator, about=[jo])
    client.get(TRAIL)
    with django_assert_max_num_queries(25):
        client.get(TRAIL)


def _rows(client: Client, query: str) -> str:
    return client.get(f"{TRAIL}results/{query}").content.decode()
