"""What page templates say about dates, charts, fields and boxes.

templates/components/README.md shows each in use.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zlib import crc32

from django import template
from django.template.loader import render_to_string
from django.utils.dateformat import format as django_format
from django.utils.translation import gettext as _

from members.dates import clock_words, in_london, moment_words
from training import charts
from training.form_renderer import draw_field, error_target, error_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.core.paginator import Page
    from django.forms import BaseForm, BoundField
    from django.template.context import Context
    from django.utils.safestring import SafeString

    Row = dict[str, Any]

register = template.Library()


# --- Dates --------------------------------------------------------------------------------------
@register.filter
def civil(value: dt.date | None) -> str:
    """Write a day as people say it: 13 October 2026. A moment is first taken to London."""
    if not value:
        return ""
    day = in_london(value) if isinstance(value, dt.datetime) else value
    return django_format(day, "j F Y")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Write a moment as people say it: 6:30pm on Tuesday 13 October 2026."""
    if not value:
        return ""
    return moment_words(value)


@register.filter
def clock(value: dt.datetime) -> str:
    """Write the time of day: 6:30pm, 6pm, midday, midnight."""
    return clock_words(value)


# --- The frame ----------------------------------------------------------------------------------
@register.inclusion_tag("components/nav_item.html", takes_context=True)
def nav_item(context: Context, text: str, href: str) -> dict[str, Any]:
    """Draw one entry of the navigation; it is current on its own page and on those below it."""
    path = getattr(context.get("request"), "path", "")
    current = "page" if path == href else "true" if path.startswith(href) else ""
    return {"text": text, "href": href, "current": current}


@register.simple_tag
def motif(name: str, css_class: str = "care-motif") -> SafeString:
    """Draw a motif: shield, hands, speech, lamp, path, screen (and mark, the service's sign)."""
    return render_to_string(f"components/motifs/{name}.svg", {"css_class": css_class})


@register.filter
def elided(page: Page[Any]) -> Iterable[int | str]:
    """Return the page numbers worth showing around this one, gaps as an ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


# --- Forms --------------------------------------------------------------------------------------
@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """Draw one field of a form: label, hint, error, control."""
    return draw_field(bound, **options)


@register.simple_tag
def error_links(form: BaseForm | None, forms: Iterable[BaseForm] | None) -> list[Row]:
    """List what is wrong with a form, or several, each with the control to go to."""
    given = [*forms] if forms else [form] if form else []
    return [link for one in given for link in _links(one)]


def _links(form: BaseForm) -> Iterable[Row]:
    for text in form.non_field_errors():
        yield {"text": text, "target": ""}
    for bound in form:
        for text in error_words(bound):
            yield {"text": text, "target": error_target(bound)}


# --- Tables -------------------------------------------------------------------------------------
@register.filter
def cell_text(cell: Any) -> Any:
    """Return the words of a table cell, given as words or as a dict with `text`."""
    return cell["text"] if isinstance(cell, dict) else cell


@register.filter
def under(row: Iterable[Any], head: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Pair each cell of a row with the name of its column, which a phone shows before it."""
    return [(cell, cell_text(name)) for cell, name in zip(row, head, strict=True)]


# --- Boxes that hold any markup -----------------------------------------------------------------
@register.simple_block_tag
def details(content: str, summary: str, **options: Any) -> SafeString:
    """Hide detail behind a summary; `open=True` shows it, `id` names it."""
    return _box("details", content, summary=summary, **options)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Set a note apart from the text."""
    return _box("inset", content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Warn of a consequence."""
    return _box("warning", content)


@register.simple_block_tag
def panel(content: str, title: str, **options: Any) -> SafeString:
    """Confirm with a panel; `interruption=True` stops to say something first; `level` of title."""
    return _box("panel", content, title=title, **options)


@register.simple_block_tag
def callout(content: str, title: str = "", **options: Any) -> SafeString:
    """Set apart a block with its own heading; `tone` is urgent or note, or none."""
    return _box("callout", content, title=title, **options)


@register.simple_block_tag
def notification(content: str, heading: str = "", **options: Any) -> SafeString:
    """Tell what has just happened; `success=True` in green, `title` of the strip."""
    return _box("notification_banner", content, heading=heading, **options)


@register.simple_block_tag
def filter_panel(content: str) -> SafeString:
    """Put a quiet box around a GET form."""
    return _box("filter_panel", content)


def _box(name: str, content: str, **options: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", {"text": content, **options})


# --- Charts -------------------------------------------------------------------------------------
@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(segments: Iterable[Row], title: str, description: str = "") -> dict[str, Any]:
    """Draw how a whole divides: segments with `label`, `count`, `tone`. The page adds the table."""
    segments = list(segments)
    return {
        "segments": segments,
        "drawn": charts.segments_of(segments),
        "title": title,
        "description": description,
        "key": _key(title, description),
    }


@register.inclusion_tag("components/bar.html")
def bar(value: int, total: int, label: str, tone: str = "done") -> dict[str, Any]:
    """Draw a share as a small bar for a table row; `label` says it in words."""
    return {"width": charts.share_of(value, total), "label": label, "tone": tone}


@register.inclusion_tag("components/small_multiples.html")
def small_multiples(
    rows: Iterable[Row], caption: str, head: str = "Place", **options: Any
) -> dict[str, Any]:
    """Draw one bar a row, in the order given: `name`, `share` in words, and what to draw of it."""
    rows = [_drawn_row(row) for row in rows]
    stacked: list[Row] = next((row["segments"] for row in rows if row.get("segments")), [])
    named = {"caption": caption, "head": head, "key": _key(caption, head)}
    return {"share_head": "Up to date", **options, **named, "rows": rows, "stacked": stacked}


def _drawn_row(row: Row) -> Row:
    """Add where the bar's parts lie. Of a few people nothing is drawn: a width is a number, too."""
    if row.get("suppressed"):
        return {"name": row["name"], "href": row.get("href"), "suppressed": True}
    if "segments" in row:
        return {**row, "drawn": charts.segments_of(row["segments"])}
    return {**row, "width": charts.share_of(row.get("value", 0), row.get("total", 0))}


@register.inclusion_tag("components/trend.html")
def trend(months: Iterable[Row], subject: str, description: str = "") -> dict[str, Any]:
    """Draw a percentage over months: `month`, `value`, `words`. Its table is part of it."""
    laid_out = charts.trend_of(months)
    finding = _finding(subject, laid_out)
    return {
        "trend": laid_out,
        "finding": finding,
        "subject": subject,
        "description": description,
        "key": _key(finding, description),
    }


def _finding(subject: str, trend: charts.Trend) -> str:
    """Say what the line shows: Up to date: 61% in November 2024, 78% in November 2026."""
    ends = [*trend.known[:1], *trend.known[1:][-1:]]
    said = [
        _("%(share)s%% in %(month)s") % {"share": end.value, "month": _month(end)} for end in ends
    ]
    return f"{subject}: {', '.join(said)}"


def _month(point: charts.Point) -> str:
    return django_format(point.month, "F Y")


def _key(*words: str) -> int:
    """Return what keeps the ids of one chart apart from those of its neighbours."""
    return crc32("".join(words).encode())
