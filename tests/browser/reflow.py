"""At 320 pixels, which is 1280 at 400%: what scrolls sideways, and what hides with the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

NARROW = {"width": 320, "height": 640}
# What sticks out on the right; what is clipped or scrolls in a box of its own does not.
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 150))
"""
# Focus everything in turn, backwards as well: scrolling up is when a sticky top hides things.
# Stricter than 2.4.11 asks: no part of what has the focus may be hidden.
HIDDEN_WHEN_FOCUSED = """() => {
  const stuck = document.querySelector('.care-leave a');
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => one.checkVisibility() && one.type !== 'hidden' && one !== stuck);
  const covers = (top, one) => top.top < one.bottom - 1 && top.bottom > one.top + 1
    && top.left < one.right - 1 && top.right > one.left + 1;
  const hidden = one => {
    one.focus();
    const here = one.getBoundingClientRect();
    const outside = here.bottom <= 0 || here.top >= innerHeight;
    return outside || (stuck && covers(stuck.getBoundingClientRect(), here));
  };
  return [...all, ...all.reverse()].filter(hidden).map(one => one.outerHTML.slice(0, 150));
}"""


def squeezed(tab: Page) -> list[str]:
    """Return what sticks out or is hidden when it has the focus."""
    tab.set_viewport_size(NARROW)
    found: list[str] = tab.evaluate(TOO_WIDE) + tab.evaluate(HIDDEN_WHEN_FOCUSED)
    return found
