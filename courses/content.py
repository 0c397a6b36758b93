"""Courses written as files: read, checked and turned into plain facts. Writes nothing.

A file with a mistake loads nothing. Each problem names its place and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml
from markdown_it import MarkdownIt

from courses.asking import question_mistakes
from courses.renewal import Method, Renewal, contradictions
from courses.schema import COURSE, NUMBER, Field

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKDOWN = MarkdownIt("commonmark", {"html": False})
ALLOWED_LINKS = ("https://", "/", "mailto:", "tel:")
HEADINGS = {"h3": "h2", "h4": "h3"}  # a lesson's own title is the h1, so ### is the next level
NAMES: dict[type | tuple[type, ...], str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    date: "a date (2027-05-01)",
}
NAMES |= {NUMBER: "a number", list: "a list", dict: "a group of fields"}


@dataclass(frozen=True)
class Problem:
    """One mistake in a file."""

    file: str
    place: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.remedy}"


class ContentError(Exception):
    """A file that cannot be loaded, with everything that is wrong in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read(path: Path) -> dict[str, Any]:
    """Return a course file's facts, or raise ContentError."""
    try:
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "the file"
        remedy = f"This cannot be read as YAML in UTF-8. {getattr(error, 'problem', '') or error}"
        raise ContentError([Problem(path.name, place, remedy)]) from error
    found = [Problem(path.name, place, remedy) for place, remedy in problems(facts)]
    if found:
        raise ContentError(found)
    return dict(facts)


def problems(facts: Any) -> Iterator[tuple[str, str]]:
    """Say what is wrong in a course's facts: places with remedies."""
    if not isinstance(facts, dict):
        yield "the file", "Begin with fields such as slug: and title:."
        return
    found = list(_in_group(facts, COURSE, ""))
    yield from found
    if not found:
        yield from contradictions(_rule(facts))
    if not facts.get("modules") and not facts.get("webinar"):
        yield (
            "modules",
            "This is missing. Write at least one module, or name a webinar:.",
        )
    elif "quiz" in facts:
        yield from question_mistakes(facts.get("quiz") or {})
        yield from _unknown_topics(facts)


def renewal_fields(facts: dict[str, Any]) -> dict[str, Any]:
    """Return how long the course counts and how it is renewed. What is not written is as usual."""
    numbers = ("validity_years", "validity_days", "minimum_validity_months")
    optional = ("validity_months", "renewal_fixed_day", "renewal_fixed_month")
    return {
        **{name: facts.get(name) or 0 for name in numbers},
        **{name: facts.get(name) for name in optional},
        "renewal_method": facts.get("renewal_method") or Method.OLD_EXPIRY.value,
        "renewal_window_days": facts.get("renewal_window_days") or 90,
    }


def _rule(facts: dict[str, Any]) -> Renewal:
    fields = renewal_fields(facts)
    day, month = fields["renewal_fixed_day"], fields["renewal_fixed_month"]
    return Renewal(
        years=fields["validity_years"],
        months=fields["validity_months"] or 0,
        days=fields["validity_days"],
        window_days=fields["renewal_window_days"],
        method=Method(fields["renewal_method"]),
        fixed=(month, day) if month and day else None,
        minimum_months=fields["minimum_validity_months"],
    )


def html(markdown: str) -> str:
    """Return Markdown as the HTML of the editor. HTML in it is shown as text."""
    tokens = MARKDOWN.parse(markdown)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})).strip()


def bad_links(markdown: str) -> list[str]:
    """Return the addresses that are neither secure nor on this site."""
    inline = [child for token in MARKDOWN.parse(markdown) for child in token.children or []]
    targets = [str(child.attrGet("href")) for child in inline if child.type == "link_open"]
    return [target for target in targets if not target.startswith(ALLOWED_LINKS)]


def _in_group(
    facts: dict[str, Any], fields: dict[str, Field], at: str
) -> Iterator[tuple[str, str]]:
    for name in facts.keys() - fields.keys():
        yield f"{at}{name}", f"There is no such field. It could be {', '.join(sorted(fields))}."
    for name, field in fields.items():
        yield from _in_field(facts.get(name), field, f"{at}{name}")


def _in_field(value: Any, field: Field, place: str) -> Iterator[tuple[str, str]]:
    if value is None:
        if field.required:
            yield place, f"This is missing. Write {NAMES[field.kind]}."
        return
    if not isinstance(value, field.kind) or (field.kind is not bool and isinstance(value, bool)):
        yield place, f"Write {NAMES[field.kind]} here. Put text with a colon into quotation marks."
    elif isinstance(value, list):
        yield from _in_list(value, field, place)
    else:
        yield from _in_value(value, field, place)


def _in_value(value: Any, field: Field, place: str) -> Iterator[tuple[str, str]]:
    if field.kind is dict:
        yield from _in_group(value, field.fields or {}, f"{place}.")
    elif field.choices and value not in field.choices:
        yield place, f"“{value}” is not known. Choose one of: {', '.join(field.choices)}."
    elif field.kind is str and not value.strip():
        yield place, "This is empty. Write some text."
    elif field.longest and len(value) > field.longest:
        yield place, f"This has {len(value)} characters. Shorten it to {field.longest}."
    elif field.markdown:
        for link in bad_links(value):
            yield place, f"The link {link} must begin with https:// or, on this site, with /."


def _in_list(values: list[Any], field: Field, place: str) -> Iterator[tuple[str, str]]:
    if len(values) < field.fewest:
        yield place, f"Write at least {field.fewest} of these."
    for number, value in enumerate(values, start=1):
        spot = f"{place}[{number}]"
        if field.blocks:
            yield from _in_block(value, field.blocks, spot)
        elif field.fields:
            yield from _in_field(value, Field(dict, fields=field.fields), spot)
        else:
            yield from _in_field(value, Field(str, longest=field.longest), spot)


def _in_block(value: Any, blocks: dict[str, Field], spot: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in blocks:
        yield spot, f"Write one block here: {', '.join(blocks)}."
        return
    ((name, content),) = value.items()
    yield from _in_field(content, blocks[name], f"{spot}.{name}")


def _unknown_topics(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    quiz = facts["quiz"] or {}
    known = {topic.get("slug") for topic in quiz.get("topics") or []}
    used = [("modules", part) for part in facts.get("modules") or []]
    used += [("quiz.questions", part) for part in quiz.get("questions") or []]
    used += [("quiz.draws", line) for line in quiz.get("draws") or []]
    for where, part in used:
        if isinstance(part, dict) and part.get("topic") not in known:
            name = part.get("slug") or part.get("key") or part.get("topic")
            yield f"{where}, {name}", f"Add the topic “{part.get('topic')}” to quiz.topics."
