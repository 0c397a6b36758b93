"""People in the administration: who may change whom, and that it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from members.models import AuditEvent, Member
from tests.members.factories import (
    MemberFactory,
    TenureFactory,
    UnitFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

PEOPLE, POSTS, ACCOUNTS = "/cms/people/", "/cms/posts-held/", "/cms/users/"
TRAIL = "/cms/reports/audit-trail/"


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


# --- People ---------------------------------------------------------------------------------------
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


# --- Accounts -------------------------------------------------------------------------------------
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
