"""A real browser against a real server, with nothing from outside."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Playwright runs an event loop in this thread; the test's own queries are none of its business.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; skip where there is none."""
    executable = find()
    if executable is None:
        pytest.skip("no Chromium on this machine (install one, or set CHROMIUM)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox"],
            # People's browsers keep left pages alive for the Back button: so must this one.
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()
