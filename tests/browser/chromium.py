"""The browser the tests drive: a real one, against a real server, with nothing from outside."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, or the first on the PATH; None without one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


# Playwright runs an event loop in this thread; the test's own queries are none of its business.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Start Chromium once; skip where there is none."""
    executable = find()
    if executable is None:
        pytest.skip("no Chromium on this machine (install one, or set CHROMIUM)")
    from playwright.sync_api import sync_playwright

    # Under Playwright's event loop Django hands out another connection object. It has to know
    # what migrations made, too, or no test could begin with it (serialized_rollback).
    as_migrated = getattr(connection, "_test_serialized_contents", "[]")
    with sync_playwright() as playwright:
        connection._test_serialized_contents = as_migrated
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox"],
            # People's browsers keep left pages alive for the Back button: so must this one.
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()
        connection.close()  # this one's; the other is closed with the test database
