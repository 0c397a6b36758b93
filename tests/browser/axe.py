"""What axe-core finds against WCAG 2.2 AA: wide, on a phone, and in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Half-way through fading in, nothing has its colours yet.
STILL = """document.getAnimations().forEach(
  animation => animation.effect.getComputedTiming().endTime === Infinity || animation.finish())"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def violations(tab: Page, rules: dict[str, Any], context: object = None) -> list[str]:
    """Return what axe finds, a line for every element."""
    found = tab.evaluate(
        "([context, rules]) => axe.run(context ?? document, rules)", [context, rules]
    )
    return [
        f"{found['id']}: {node['target']} {node['html'][:200]} ({node['failureSummary'][:300]})"
        for found in found["violations"]
        for node in found["nodes"]
    ]


def look(tab: Page, context: object = None) -> dict[str, list[str]]:
    """Look at a page in three ways without loading it again."""
    tab.evaluate(AXE)
    tab.evaluate("scrollTo(0, 0)")  # else the sticky exit button lies on what was scrolled past
    tab.set_viewport_size(WIDE)
    tab.evaluate(STILL)
    found = {"wide": violations(tab, RULES, context)}
    tab.set_viewport_size(PHONE)
    tab.evaluate(STILL)
    found["phone"] = violations(tab, RULES, context)
    tab.emulate_media(color_scheme="dark")
    tab.evaluate(STILL)
    found["dark"] = violations(tab, COLOURS, context)
    tab.emulate_media(color_scheme="light")
    return {how: lines for how, lines in found.items() if lines}
