"""Charts: where their parts lie, whatever the figures, and what they say without being seen."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from training import charts

START = 2024 * 12 + 10  # November 2024


def month(number: int) -> dt.date:
    year, index = divmod(START + number, 12)
    return dt.date(year, index + 1, 1)


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


# --- The line, for any figures ------------------------------------------------------------------
VALUES = st.lists(st.none() | st.integers(0, 100), min_size=1, max_size=30)


def trend(values: list[int | None]) -> charts.Trend:
    return charts.trend_of([{"month": month(n), "value": v} for n, v in enumerate(values)])


@given(VALUES)
def test_every_point_lies_inside_the_drawing(values: list[int | None]) -> None:
    for point in trend(values).known:
        assert 0 <= point.x <= 100
        assert point.y is not None
        assert 0 <= point.y <= 100


@given(VALUES)
def test_a_gap_is_never_bridged(values: list[int | None]) -> None:
    joined = {(one.month, other.month) for one, other in trend(values).lines}
    known = [month(n) for n, value in enumerate(values) if value is not None]
    assert joined == {(a, b) for a, b in pairwise(known) if (b - a).days <= 31}


@given(VALUES)
def test_no_figure_is_left_undrawn(values: list[int | None]) -> None:
    found = trend(values)
    reached = {point for line in found.lines for point in line} | {*found.dots}
    assert reached == {*found.known}


@given(VALUES, st.randoms())
def test_neither_order_nor_months_without_a_row_change_the_drawing(
    values: list[int | None], chance: object
) -> None:
    rows = [{"month": month(n), "value": v} for n, v in enumerate(values)]
    ends = [0, len(rows) - 1]
    fewer = [row for n, row in enumerate(rows) if row["value"] is not None or n in ends]
    chance.shuffle(fewer)
    assert charts.trend_of(fewer) == charts.trend_of(rows)


@given(VALUES)
def test_higher_figures_lie_higher_and_later_months_further_right(
    values: list[int | None],
) -> None:
    known = trend(values).known
    assert [p.x for p in known] == sorted(p.x for p in known)
    for one, other in pairwise(known):
        assert (one.value < other.value) == (one.y > other.y)


@given(VALUES)
def test_labels_of_the_grid_never_lie_on_the_first_figure(values: list[int | None]) -> None:
    found = trend(values)
    if len(found.known) > 1 and found.known[0].x == 0:
        for line in found.grid:
            assert not line.labelled or abs(line.y - found.known[0].y) >= 10


@pytest.mark.parametrize("value", [-5, 130])
def test_a_figure_beyond_all_stays_on_the_edge(value: int) -> None:
    assert trend([value]).known[0].y in {0, 100}


def test_one_month_is_a_dot() -> None:
    found = trend([61])
    assert found.lines == []
    assert [dot.value for dot in found.dots] == [61]


def test_months_are_as_far_apart_as_in_the_calendar() -> None:
    found = charts.trend_of([{"month": month(n), "value": 50} for n in (0, 6, 24)])
    assert [point.x for point in found.known] == [0, 25, 100]


# --- The line, on the page ----------------------------------------------------------------------
ROWS = [
    {"month": month(0), "value": 61, "words": "610 of 1,000"},
    {"month": month(1), "value": None},
    {"month": month(24), "value": 78, "words": "780 of 1,000"},
]


def test_a_trend_says_what_it_shows() -> None:
    html = drawn('{% trend rows "Up to date" "All of Wales." %}', rows=ROWS)
    finding = "Up to date: 61% in November 2024, 78% in November 2026"
    assert f"<figcaption>{finding}</figcaption>" in html
    assert re.search(rf'<title id="title-(\d+)">{finding}</title>', html)
    assert "All of Wales. Lowest: 61% in November 2024. Highest: 78% in November 2026." in html


def test_a_trend_is_named_by_its_own_title_and_description() -> None:
    html = drawn('{% trend rows "Up to date" %}{% trend rows "Overdue" %}', rows=ROWS)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len({*ids}) == 4
    for named in re.findall(r'role="img" aria-labelledby="([^"]+)"', html):
        assert {*named.split()} <= {*ids}


def test_a_trend_carries_its_figures_as_a_table() -> None:
    html = drawn('{% trend rows "Up to date" %}', rows=ROWS)
    assert html.index("</figure>") < html.index("<details") < html.index("<table")
    assert html.count('<th scope="row"') == 25
    assert "61% (610 of 1,000)" in html
    assert html.count("No figure") == 23


def test_a_trend_of_one_month_names_it_once() -> None:
    html = drawn('{% trend rows "Up to date" %}', rows=ROWS[:1])
    assert "<figcaption>Up to date: 61% in November 2024</figcaption>" in html
    assert html.count(">Nov 2024</text>") == 1
    assert html.count("<circle") == 1


@pytest.mark.parametrize("rows", [[], [{"month": month(0), "value": None}]])
def test_a_trend_of_nothing_draws_nothing(rows: list[object]) -> None:
    assert drawn('{% trend rows "Up to date" %}', rows=rows).strip() == ""


# --- A bar a row --------------------------------------------------------------------------------
SEGMENTS = [
    {"label": "Up to date", "count": 14, "tone": "done"},
    {"label": "Overdue", "count": 3, "tone": "late"},
    {"label": "Exempt", "count": 0, "tone": "quiet"},
]
WALES = {"name": "Wales", "href": "/team/wales/", "share": "82% (14 of 17)"}


def test_rows_stand_in_the_order_given_and_say_their_share() -> None:
    rows = [{"name": name, "share": "1", "value": 1, "total": 2} for name in ("B", "A", "C")]
    html = drawn('{% small_multiples rows "Regions" %}', rows=rows)
    assert re.findall(r'<th scope="row"[^>]*>(.)</th>', html) == ["B", "A", "C"]
    assert html.count('width="50.0%"') == 3


def test_a_row_links_from_its_name_and_its_bar_only_repeats_the_words() -> None:
    rows = [{**WALES, "value": 14, "total": 17}]
    html = drawn('{% small_multiples rows "Regions" "Region" %}', rows=rows)
    assert '<a class="govuk-link" href="/team/wales/">Wales</a>' in html
    assert '<span class="care-share">82% (14 of 17)</span><svg class="care-bar" aria-hidden' in html
    assert "care-key" not in html


def test_stacked_rows_share_one_key_and_say_their_parts() -> None:
    rows = [{**WALES, "segments": SEGMENTS}, {**WALES, "segments": SEGMENTS}]
    html = drawn('{% small_multiples rows "Regions" %}', rows=rows)
    assert html.count('aria-label="Up to date: 14. Overdue: 3. "') == 2
    assert html.count("<defs>") == 1
    patterns = {*re.findall(r'<pattern id="([^"]+)"', html)}
    assert {*re.findall(r"url\(#([^)]+)\)", html)} <= patterns


def test_of_a_few_people_nothing_is_drawn_or_said() -> None:
    few = {**WALES, "share": "66% (2 of 3)", "segments": SEGMENTS, "value": 2, "total": 3}
    html = drawn('{% small_multiples rows "Regions" %}', rows=[{**few, "suppressed": True}])
    assert "Fewer than 5 people" in html
    assert "<svg" not in html
    assert "66%" not in html


def test_a_place_with_nobody_has_words_and_no_bar() -> None:
    rows = [{"name": "Wales", "share": "Nobody needs training", "value": 0, "total": 0}]
    html = drawn('{% small_multiples rows "Regions" %}', rows=rows)
    assert "Nobody needs training" in html
    assert "<svg" not in html


def test_names_are_escaped() -> None:
    html = drawn('{% small_multiples rows "R" %}', rows=[{"name": "<b>", "share": "<i>"}])
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html
