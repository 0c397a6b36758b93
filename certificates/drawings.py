"""Drawings inside a page, made ready for paper.

WeasyPrint draws each inline SVG by itself: the page's stylesheet, and patterns that another drawing
of the page defines, do not reach it. It names a drawing by its <title> alone.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG = "{http://www.w3.org/2000/svg}"
STYLES = Path(__file__).parent / "assets" / "drawings.css"
NOTHING_TO_SAY = " "  # a drawing must have a name in PDF/UA: decoration has one that is not heard


def prepare(page: Element) -> None:
    """Give every drawing of the page its colours, its patterns and its name."""
    patterns = {str(pattern.get("id")): pattern for pattern in page.iter(f"{SVG}pattern")}
    for drawing in [*page.iter(f"{SVG}svg")]:
        _name(drawing)
        _lend(drawing, patterns)
        SubElement(drawing, f"{SVG}style").text = _styles()


def _name(drawing: Element) -> None:
    if drawing.find(f"{SVG}title") is None:
        title = Element(f"{SVG}title")
        title.text = drawing.get("aria-label", NOTHING_TO_SAY)
        drawing.insert(0, title)


def _lend(drawing: Element, patterns: Mapping[str, Element]) -> None:
    """Put the patterns that it uses, and that another drawing holds, into this one."""
    own = {pattern.get("id") for pattern in drawing.iter(f"{SVG}pattern")}
    fills = (shape.get("fill", "") for shape in drawing.iter())
    used = {fill[len("url(#") : -1] for fill in fills if fill.startswith("url(#")}
    held = SubElement(drawing, f"{SVG}defs")
    # Copies: drawing a pattern changes it.
    held.extend(deepcopy(patterns[name]) for name in sorted(used & patterns.keys() - own))


@cache
def _styles() -> str:
    return STYLES.read_text(encoding="utf-8")
