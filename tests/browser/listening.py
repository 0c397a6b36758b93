"""What a tab asks other sites for, and what it complains of.

In the administration Wagtail writes some small scripts into its pages. The policy stops them, and
static/cms.js reads them in their stead; so an inline script that was stopped is as it should be
there, and nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
