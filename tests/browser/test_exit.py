"""Exit this page, in a real browser: what the Back button shows afterwards.

The table is the one of our research: what a left page needs so that nobody can go back to it.
The neutral site is a page of the test server: no test leaves the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from support.loading import load_page
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SIGN_IN, WEATHER = "Sign in", "Weather"


@pytest.fixture
def site(live_server: LiveServer, settings: SettingsWrapper) -> str:
    """Serve the site with two sensitive pages and a neutral one; return its address."""
    settings.ROOT_URLCONF = "tests.browser.exit_urls"
    settings.EXIT_URL = f"{live_server.url}/neutral/"
    load_page()
    return str(live_server.url)


@pytest.fixture
def context(
    browser: Browser, site: str, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    scripted = getattr(request, "param", True)
    context = browser.new_context(base_url=site, java_script_enabled=scripted)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def signed_in(context: BrowserContext, site: str) -> None:
    member = MemberFactory()
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key}
    context.add_cookies([cookie | {"url": site, "httpOnly": True}])


def click(tab: Page) -> None:
    tab.click(".govuk-js-exit-this-page-button")


def press_shift_three_times(tab: Page) -> None:
    for _ in range(3):
        tab.keyboard.press("Shift")


def heading(tab: Page) -> str:
    return tab.inner_text("h1")


def left(tab: Page) -> None:
    tab.wait_for_url("**/neutral/")
    assert heading(tab) == WEATHER


def back(tab: Page) -> None:
    # A page that the browser kept alive comes back without loading.
    tab.go_back(wait_until="commit")


BY_EITHER_WAY = pytest.mark.parametrize("leave", [click, press_shift_three_times])


# --- Signed in ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("signed_in")
@BY_EITHER_WAY
def test_back_shows_the_sign_in_page(tab: Page, leave: Callable[[Page], None]) -> None:
    tab.goto("/secret/1/")
    tab.goto("/secret/2/")
    leave(tab)
    left(tab)
    back(tab)
    assert heading(tab) == SIGN_IN
    assert not Session.objects.exists()


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("context", [False], indirect=True, ids=["without JavaScript"])
def test_back_shows_the_sign_in_page_without_javascript_too(tab: Page) -> None:
    tab.goto("/secret/1/")
    click(tab)
    left(tab)
    back(tab)
    assert heading(tab) == SIGN_IN


@pytest.mark.usefixtures("signed_in")
def test_the_left_page_itself_is_gone_from_the_history(tab: Page) -> None:
    tab.goto("/healthz")
    tab.goto("/secret/1/")
    click(tab)
    left(tab)
    back(tab)
    assert tab.url.endswith("/healthz")


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("context", [False], indirect=True, ids=["without JavaScript"])
def test_control_a_page_that_may_be_stored_does_come_back(
    tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that this browser keeps left pages, so that the tests above mean something."""
    monkeypatch.setattr(
        "training.headers.PrivacyHeaders.process_response", lambda self, request, response: response
    )
    tab.goto("/secret/1/")
    click(tab)
    left(tab)
    back(tab)
    assert heading(tab) == "Secret 1"


# --- Signed out ---------------------------------------------------------------------------------
@BY_EITHER_WAY
def test_get_support_is_gone_from_the_history(tab: Page, leave: Callable[[Page], None]) -> None:
    tab.goto("/healthz")
    tab.goto("/support/")
    leave(tab)
    left(tab)
    back(tab)
    assert tab.url.endswith("/healthz")


@pytest.mark.parametrize("context", [False], indirect=True, ids=["without JavaScript"])
def test_the_button_is_an_ordinary_link_without_javascript(tab: Page) -> None:
    tab.goto("/support/")
    click(tab)
    left(tab)


def test_the_neutral_site_does_not_learn_where_somebody_came_from(tab: Page) -> None:
    tab.goto("/support/")
    click(tab)
    left(tab)
    assert tab.evaluate("document.referrer") == ""


# --- What must not set it off -------------------------------------------------------------------
@pytest.mark.usefixtures("signed_in")
def test_typing_capitals_does_not_leave(tab: Page) -> None:
    tab.goto("/secret/1/")
    tab.focus("#notes")
    for letter in "ABCD":
        tab.keyboard.press(f"Shift+{letter}")
    tab.wait_for_timeout(300)
    assert heading(tab) == "Secret 1"


def test_a_pause_of_five_seconds_starts_the_count_again(tab: Page) -> None:
    tab.clock.install()
    tab.goto("/support/")
    tab.keyboard.press("Shift")
    tab.keyboard.press("Shift")
    tab.clock.fast_forward(5100)
    tab.keyboard.press("Shift")
    tab.wait_for_timeout(300)
    assert heading(tab) == "Get support"


def test_the_skip_link_leaves_too(tab: Page) -> None:
    tab.goto("/support/")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert "Exit this page quickly" in tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("Enter")
    left(tab)
