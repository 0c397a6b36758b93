"""Get support: open to everybody, right or silent about numbers, remembering nobody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.exceptions import ValidationError

from support.models import SupportOrganisation
from tests.members.factories import MemberFactory
from tests.support.factories import AudienceFactory, SupportOrganisationFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from support.models import SupportPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page")]

URL = "/support/"


def text(client: Client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_open_to_everybody_and_leaves_no_trace(client: Client) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store, private"


def test_it_carries_the_exit_button_and_a_skip_link_to_it(client: Client) -> None:
    page = text(client)
    assert page.count('href="/leave/"') == 2
    assert "govuk-js-exit-this-page-button" in page


@pytest.mark.parametrize("query", ["", "?nation=wales&who=men"])
def test_the_first_numbers_stand_there_without_any_data(client: Client, query: str) -> None:
    assert not SupportOrganisation.objects.exists()
    page = text(client, query)
    for number in ("999", "101", "116123", "08001111"):
        assert f'href="tel:{number}"' in page
    assert "Samaritans" in page


def test_it_says_what_happens_if_you_tell_us_and_who_sees_it(client: Client) -> None:
    page = text(client)
    order = [
        "Talk to someone independent",
        "Telling The Party",
        "What happens if you tell us",
        "Who sees what you tell us",
        "Help somebody else",
    ]
    places = [page.index(f"{heading}</h") for heading in order]
    assert places == sorted(places)
    assert "You can stop." in page


def test_an_organisation_can_be_called_and_its_website_learns_nothing(client: Client) -> None:
    SupportOrganisationFactory(name="Galop", phone="0800 999 5428", hours="", cost="Free to call")
    page = text(client)
    assert '<a class="govuk-link care-contact__phone" href="tel:08009995428">' in page
    assert 'href="https://helpline.example" rel="noreferrer nofollow"' in page
    assert "Opening hours: see their website" in page
    assert "Free to call" in page


def test_the_link_to_a_website_is_short_to_see_and_whole_to_hear(client: Client) -> None:
    SupportOrganisationFactory(name="Galop")
    assert 'Website<span class="govuk-visually-hidden"> of Galop</span></a>' in text(client)


def test_a_number_nobody_confirmed_says_so_and_a_checked_one_says_when(client: Client) -> None:
    SupportOrganisationFactory(unconfirmed=True)
    page = text(client)
    assert "not yet confirmed this number" in page
    SupportOrganisation.objects.update(is_confirmed=True)
    assert "not yet confirmed" not in text(client)
    SupportOrganisation.objects.update(last_checked=dt.date(2026, 11, 3))
    assert "Checked on 3 November 2026" in text(client)


def test_a_hidden_organisation_is_hidden_whatever_is_chosen(client: Client) -> None:
    SupportOrganisationFactory(name="Closed line", hidden=True, audiences=["men"])
    for query in ("", "?who=men", "?nation=england"):
        assert "Closed line" not in text(client, query)


def test_choosing_a_nation_shows_those_that_help_there(client: Client) -> None:
    SupportOrganisationFactory(name="Welsh line", in_england=False, in_wales=True)
    SupportOrganisationFactory(name="English line")
    page = text(client, "?nation=wales")
    assert "Welsh line" in page
    assert "English line" not in page
    assert '<option value="wales" selected>' in page


def test_choosing_people_shows_those_for_them_and_those_for_everybody(client: Client) -> None:
    SupportOrganisationFactory(name="Women line", audiences=["women"])
    SupportOrganisationFactory(name="Men line", audiences=["men"])
    SupportOrganisationFactory(name="Both line", audiences=["men", "women"])
    SupportOrganisationFactory(name="Open line")
    page = text(client, "?who=women")
    assert "Men line" not in page
    for name in ("Women line", "Both line", "Open line"):
        assert page.count(f"{name}</h3>") == 1


@pytest.mark.parametrize(
    "query", ["?nation=atlantis", "?who=nobody", "?nation=__class__", "?who=%00", "?nation=&who="]
)
def test_a_choice_that_does_not_exist_shows_everybody(client: Client, query: str) -> None:
    SupportOrganisationFactory(name="Open line")
    assert "Open line" in text(client, query)


def test_nobody_for_a_choice_points_to_samaritans(client: Client) -> None:
    SupportOrganisationFactory(name="Women line", audiences=["women"])
    AudienceFactory(slug="men")
    assert "We have nobody on our list for that choice" in text(client, "?who=men")


def test_names_are_escaped(client: Client) -> None:
    SupportOrganisationFactory(name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in text(client)


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_long_list_costs_no_more_queries(
    client: Client,
    signed_in: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    SupportOrganisationFactory.create_batch(30, audiences=["women"])
    if signed_in:
        client.force_login(MemberFactory())
    client.get(URL)
    with django_assert_max_num_queries(12 if signed_in else 9):
        client.get(URL + "?who=women")


def test_opening_an_organisation_never_reaches_us(client: Client, page: SupportPage) -> None:
    SupportOrganisationFactory()
    links = text(client).split('href="')[1:]
    ours = {link.split('"')[0].split("?")[0].split("#")[0] for link in links if link[0] == "/"}
    assert not any(path.startswith(URL) and path != URL for path in ours)


# --- What editors see ---------------------------------------------------------------------------
@time_machine.travel("2026-11-21 12:00")
def test_details_are_to_be_checked_until_they_are_and_again_on_the_day() -> None:
    organisation = SupportOrganisationFactory()
    assert organisation.checking == "Check before launch"
    organisation.last_checked = dt.date(2026, 11, 20)
    organisation.review_by = dt.date(2026, 11, 22)
    organisation.save()
    assert organisation.checking == "Checked"
    assert organisation not in SupportOrganisation.objects.to_check()
    with time_machine.travel("2026-11-22 12:00"):
        assert organisation.checking == "Check again"
        assert organisation in SupportOrganisation.objects.to_check()


def test_an_organisation_nobody_can_reach_is_refused() -> None:
    organisation = SupportOrganisationFactory.build(phone="", web="")
    with pytest.raises(ValidationError, match="at least one way to reach them"):
        organisation.full_clean()


@time_machine.travel("2026-11-21 12:00")
def test_a_check_in_the_future_is_refused() -> None:
    organisation = SupportOrganisationFactory.build(last_checked=dt.date(2026, 11, 22))
    with pytest.raises(ValidationError, match="not come yet"):
        organisation.full_clean()


def test_editors_see_first_what_has_to_be_checked(admin_client: Client) -> None:
    SupportOrganisationFactory(name="Unchecked line")
    SupportOrganisationFactory(name="Checked line", checked=True)
    url = "/cms/snippets/support/supportorganisation/"
    page = admin_client.get(url).content.decode()
    assert "Check before launch" in page
    page = admin_client.get(url + "?to_check=true").content.decode()
    assert "Unchecked line" in page
    assert "Checked line" not in page.replace("Unchecked line", "")
