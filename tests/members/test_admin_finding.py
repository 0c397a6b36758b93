"""Finding people in the administration, opening them, and what the menus offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.members.factories import MemberFactory, TenureFactory

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("words", ["Zofia Zielińska", "zielińska zof", "Z-0042"])
@pytest.mark.parametrize("page", ["people:edit", "wagtailusers_users:edit"])
def test_people__are_found_by_all_their_names_and_opened(
    client: Client, words: str, page: str
) -> None:
    wanted = MemberFactory(given_name="Zofia", family_name="Zielińska", membership_number="Z-0042")
    MemberFactory(given_name="Zofia", family_name="Brown")
    shown = client.get(reverse(page.replace("edit", "index")), {"q": words}).content.decode()
    assert reverse(page, args=[wanted.pk]) in shown
    assert "Brown" not in shown


@pytest.mark.usefixtures("administrator")
def test_posts__are_found_by_the_full_name_of_their_holder(client: Client) -> None:
    TenureFactory(chair=True, member__given_name="Zofia", member__family_name="Zielińska")
    TenureFactory(chair=True, member__given_name="Ann", member__family_name="Brown")
    shown = client.get(reverse("posts-held:index"), {"q": "Zofia Zielińska"}).content.decode()
    assert "Zielińska" in shown
    assert "Brown" not in shown


def test_accounts__are_not_copied(client: Client, administrator: Member) -> None:
    assert client.get(f"/cms/users/copy/{administrator.pk}/").status_code == 404


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    "noise", ["/cms/snippets/&quot;", "whats-new", "/cms/reports/workflow/", "moderat"]
)
def test_menus__offer_nothing_that_leads_nowhere(client: Client, noise: str) -> None:
    assert noise not in client.get(reverse("wagtailadmin_home")).content.decode().lower()


@pytest.mark.usefixtures("administrator")
def test_people__only_languages_the_pages_are_written_in_are_offered(client: Client) -> None:
    form = client.get(reverse("people:add")).context["form"]
    assert [code for code, _ in form.fields["language"].widget.choices] == ["en-gb"]
