"""A page in one of its states, and what is done on many of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


@dataclass(frozen=True)
class Place:
    """A page in one of its states. Without `who` a visitor opens it."""

    name: str
    address: str
    who: str = ""
    then: Callable[[Page], None] | None = None


def press(button: str) -> Callable[[Page], None]:
    """Press a button of the page, as it is, and see what comes."""
    return lambda tab: tab.locator("main").get_by_role("button", name=button).first.click()


def open_all(tab: Page) -> None:
    """Open what is folded away."""
    tab.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
