"""The form, the totals and the link, through the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from feedback.models import Given, Tally
from tests.feedback.subjects import ABOUT, BEFORE, answers, counts, given, things
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Member

pytestmark = pytest.mark.django_db
FORM, TOTALS = (reverse(f"feedback:{name}", args=[ABOUT]) for name in ("give", "totals"))


@pytest.fixture(autouse=True)
def _things(monkeypatch: pytest.MonkeyPatch) -> None:
    things(monkeypatch, back="/courses/")


@pytest.fixture
def member(client: Client) -> Member:
    member = MemberFactory()
    client.force_login(member)
    return member


def text_of(response: Any) -> str:
    return response.content.decode()


def test_somebody_answers_and_is_thanked(client: Client, member: Member) -> None:
    page = text_of(client.get(FORM))
    assert "This is anonymous" in page
    assert '<a class="govuk-link" href="/courses/">No thanks</a>' in page
    assert "checked" not in page
    response = client.post(FORM, answers(confidence=4))
    assert response.url == "/courses/"
    assert "without your name" in str(next(iter(get_messages(response.wsgi_request))))
    assert counts() == [0, 0, 0, 1, 0]


def test_who_has_answered_is_thanked_again(client: Client, member: Member) -> None:
    client.post(FORM, answers())
    assert "You have already told us. Thank you." in text_of(client.get(FORM))
    assert "You have already told us. Thank you." in text_of(client.post(FORM, answers()))
    assert counts() == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("wrong", [{"pace": ""}, {"pace": "7"}, {"pace": "x"}])
def test_what_is_missing_is_said_and_the_rest_kept(
    client: Client, member: Member, wrong: dict[str, str]
) -> None:
    page = text_of(client.post(FORM, answers(confidence=4) | wrong))
    assert "Choose how the pace was" in page
    assert 'href="#id_pace_0"' in page
    assert page.count("checked") == 4
    assert not Given.objects.exists()
    assert not Tally.objects.exists()


def test_what_somebody_sends_after_their_session_ended_is_shown_to_nobody(client: Client) -> None:
    client.post(FORM, answers(confidence=1))
    client.force_login(MemberFactory())  # the next one at this device
    assert client.get(FORM).content.decode().count("checked") == 0


def test_before_there_is_one_question(
    client: Client, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    things(monkeypatch, moment=BEFORE)
    page = text_of(client.get(FORM))
    assert "Before you begin" in page
    assert page.count("<fieldset") == 1
    client.post(FORM, {"confidence": 2})
    assert counts(moment=BEFORE) == [0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    "about", ["thing:2", "thing:3", "thing", "thing:-1", "thing:1:1", "thing:²", "x:1", "9" * 60]
)
def test_what_nobody_is_asked_about_has_no_page(client: Client, member: Member, about: str) -> None:
    for name in ("give", "totals"):
        address = reverse(f"feedback:{name}", args=[about])
        assert client.get(address).status_code == 404
    assert client.post(reverse("feedback:give", args=[about]), answers()).status_code == 404


def test_totals_are_for_who_runs_it(
    client: Client, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(4, 4, 5, 1)
    assert client.get(TOTALS).status_code == 404
    things(monkeypatch, may_see_totals=lambda: True)
    page = text_of(client.get(TOTALS))
    assert "Fewer than five people have answered." in page
    assert "<table" not in page
    given(2)
    page = text_of(client.get(TOTALS))
    assert "Afterwards, 3 of 5 said they were confident." in page
    assert "2 of 5 (40%)" in page
    assert "not the same people" in page
    assert "Would you recommend it" in page


def test_the_pages_ask_as_often_whoever_has_answered(
    client: Client,
    member: Member,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    things(monkeypatch, may_see_totals=lambda: True)
    given(4)
    asked = {}
    for address in (FORM, TOTALS):
        client.get(address)
        with django_assert_max_num_queries(8) as few:  # one of them is ours
            client.get(address)
        asked[address] = len(few)
    given(*[3] * 9)
    for address in (FORM, TOTALS):
        with django_assert_max_num_queries(asked[address]):
            client.get(address)


# --- The link -------------------------------------------------------------------------------------
def link(member: Any, number: int = 1) -> str:
    request = RequestFactory().get("/")
    request.user = member
    template = Template("{% load feedback %}{% feedback_link 'thing' number %}")
    return template.render(Context({"request": request, "number": number})).strip()


def test_the_link_is_there_when_there_is_something_to_say(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    from django.contrib.auth.models import AnonymousUser

    member = MemberFactory()
    with django_assert_num_queries(1):  # and the subject's own
        assert f'href="{FORM}"' in link(member)
    with django_assert_num_queries(0):
        assert link(member, 2) == link(member, 3) == link(AnonymousUser()) == ""
    Given.objects.create(member=member, about=ABOUT, moment="after", on="2026-01-01")
    assert link(member) == ""
    things(monkeypatch, moment=BEFORE)
    assert "Before you begin" in link(member)
