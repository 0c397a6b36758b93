"""No page asks anything of another site, and none breaks our own security policy.

In the administration Wagtail writes some small scripts into its pages. The policy stops them, and
static/cms.js reads them in their stead; so an inline script that was stopped is as it should be
there, and nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import ADMINISTRATION, OWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LOCAL = ("data:", "blob:", "about:")
POLICY = "Content Security Policy"
STOPPED_INLINE_SCRIPT = "Executing inline script violates"


class Listener:
    """What a tab asks for, and what it complains of."""

    def __init__(self, tab: Page) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        tab.on("request", lambda request: self.asked.append(request.url))
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def elsewhere(self, home: str) -> list[str]:
        return [url for url in self.asked if not url.startswith((f"{home}/", *LOCAL))]

    def broken(self) -> list[str]:
        return [text for text in self.complaints if POLICY in text or text.startswith("error:")]


def test_our_own_pages(
    enter: Callable[..., Page],
    visit: Callable[..., Page],
    live_server: LiveServer,
    subtests: pytest.Subtests,
) -> None:
    for place in OWN:
        with subtests.test(place.name):
            tab = enter(place.who)
            heard = Listener(tab)
            visit(place, tab).close()
            assert heard.asked
            assert heard.elsewhere(live_server.url) == []
            assert heard.broken() == []


def test_the_administration(
    enter: Callable[..., Page],
    visit: Callable[..., Page],
    live_server: LiveServer,
    subtests: pytest.Subtests,
) -> None:
    for place in ADMINISTRATION:
        with subtests.test(place.name):
            tab = enter(place.who)
            heard = Listener(tab)
            visit(place, tab).close()
            assert heard.elsewhere(live_server.url) == []
            assert [text for text in heard.broken() if STOPPED_INLINE_SCRIPT not in text] == []


def test_the_listener_hears(enter: Callable[..., Page], live_server: LiveServer) -> None:
    """Show that the tests above would notice."""
    tab = enter()
    heard = Listener(tab)
    tab.goto("/accessibility/")
    tab.evaluate("document.body.setAttribute('style', 'color: red')")
    tab.evaluate("fetch('https://elsewhere.invalid/').catch(() => 0)")
    assert heard.broken()
    tab.route("https://elsewhere.invalid/**", lambda route: route.abort())
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('a'), "
        "{href: 'https://elsewhere.invalid/', id: 'away'}))"
    )
    tab.locator("#away").evaluate("link => link.click()")
    tab.wait_for_timeout(200)
    assert heard.elsewhere(live_server.url) == ["https://elsewhere.invalid/"]
