"""Every page, opened once: nothing from another site, our own policy kept, axe-core content, and
at 320 pixels nothing sticks out or is hidden.

The last tests show that the looking would notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import look
from tests.browser.listening import STOPPED_INLINE_SCRIPT, Listener
from tests.browser.pages import ADMINISTRATION, OWN, Place
from tests.browser.reflow import NARROW, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


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
            visit(place, tab)
            assert heard.asked
            assert heard.elsewhere(live_server.url) == []
            assert heard.broken() == []
            assert look(tab) == {}
            assert squeezed(tab) == []
            tab.close()


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
            visit(place, tab)
            assert heard.elsewhere(live_server.url) == []
            assert [text for text in heard.broken() if STOPPED_INLINE_SCRIPT not in text] == []
            assert look(tab) == {}
            tab.close()


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


def test_the_exit_button_does_stick(visit: Callable[[Place], Page]) -> None:
    """Show that the test above has something to look for."""
    tab = visit(Place("get support", "/support/"))
    tab.set_viewport_size(NARROW)
    tab.evaluate("scrollTo(0, 1500)")
    top = tab.evaluate("document.querySelector('.care-leave a').getBoundingClientRect().top")
    assert 0 <= top < 20
