"""A served party and the windows in which its people look at it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from tests.browser.party import gather, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.pages import Place

PATIENCE = 15_000  # milliseconds


@dataclass
class Photograph:
    """The database with the party in it (the browser's tests run on SQLite)."""

    memory: sqlite3.Connection
    facts: dict[str, object] = field(default_factory=dict)


@pytest.fixture(scope="session")
def photograph() -> Iterator[Photograph]:
    """Keep the party as it was gathered: every test after the first has it back in a moment."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as memory:
        yield Photograph(memory)


@pytest.fixture
def facts(
    live_server: LiveServer, settings: SettingsWrapper, photograph: Photograph
) -> dict[str, object]:
    """Serve the party; return what the addresses of its pages are made of."""
    settings.DEMO_MODE = True
    settings.EXIT_URL = f"{live_server.url}/healthz"
    if not photograph.facts:
        photograph.facts = gather()
        connection.connection.backup(photograph.memory)
    else:
        photograph.memory.backup(connection.connection)
    return dict(photograph.facts)


@pytest.fixture
def enter(
    browser: Browser, live_server: LiveServer, facts: dict[str, object]
) -> Iterator[Callable[..., Page]]:
    """Open a tab for somebody: visitors have a new window each time, the others keep theirs."""
    windows: dict[str, BrowserContext] = {}

    def tab_of(who: str = "", **options: object) -> Page:
        if not who or who not in windows:
            windows[who] = window = browser.new_context(base_url=live_server.url, **options)
            window.set_default_timeout(PATIENCE)
            if who:
                window.add_cookies([session_of(who, live_server.url)])
        return windows[who].new_page()

    with closing_all(browser):
        yield tab_of


@pytest.fixture
def visit(enter: Callable[..., Page], facts: dict[str, object]) -> Callable[..., Page]:
    """Go to one of the places, in a tab given or a new one, and do what is done there."""

    def go(place: Place, tab: Page | None = None) -> Page:
        tab = tab or enter(place.who)
        tab.goto(place.address.format_map(facts), wait_until="load")
        if place.then:
            place.then(tab)
            tab.wait_for_load_state("load")
        return tab

    return go


@contextmanager
def closing_all(browser: Browser) -> Iterator[None]:
    """Close the windows that were opened meanwhile."""
    before = set(browser.contexts)
    yield
    for window in set(browser.contexts) - before:
        window.close()


def session_of(who: str, url: str) -> dict[str, str]:
    member = person(who)
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": str(session.session_key), "url": url}
