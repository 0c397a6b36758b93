"""Drawings made ready for paper: named, coloured, and each with the patterns it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from certificates.drawings import NOTHING_TO_SAY, SVG, prepare

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PAGE = """<body xmlns:s="http://www.w3.org/2000/svg">
  <s:svg><s:title>Named</s:title>
    <s:defs><s:pattern id="dots"/></s:defs><s:rect fill="url(#dots)"/></s:svg>
  <s:svg aria-label="14 of 19"><s:rect fill="url(#dots)"/><s:rect fill="url(#unknown)"/></s:svg>
  <s:svg aria-hidden="true"><s:rect/></s:svg>
</body>"""


def prepared() -> list[Element]:
    page = fromstring(PAGE)
    prepare(page)
    return page.findall(f"{SVG}svg")


def test_each_is_named_by_its_title_its_label_or_nothing_that_is_heard() -> None:
    titles = [[title.text for title in drawing.findall(f"{SVG}title")] for drawing in prepared()]
    assert titles == [["Named"], ["14 of 19"], [NOTHING_TO_SAY]]


def test_each_holds_the_patterns_it_uses_as_its_own() -> None:
    held = [[*drawing.iter(f"{SVG}pattern")] for drawing in prepared()]
    assert [len(patterns) for patterns in held] == [1, 1, 0]
    assert held[0][0] is not held[1][0]


def test_each_holds_the_colours() -> None:
    for drawing in prepared():
        assert ".care-fill-done" in drawing.findall(f"{SVG}style")[0].text
