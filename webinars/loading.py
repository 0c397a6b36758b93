"""Webinars written as files: read, checked and published. Their sessions are never in a file.

What an organiser has changed since stays as they left it, unless it is asked to be refreshed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from markdown_it import MarkdownIt

from webinars.models import Topic, WebinarPage

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from webinars.models import WebinarIndexPage

    Facts = dict[str, Any]

MARKDOWN = MarkdownIt("commonmark", {"html": False})
# As a file calls it, and as the page does.
FIELDS = {
    "title": "title",
    "summary": "summary",
    "content_note": "content_note",
    "sensitive": "is_sensitive",
    "captions": "has_captions",
    "sign_language": "has_sign_language",
    "dial_in": "has_dial_in",
    "counts_by": "counts_by",
    "share_needed": "share_needed",
    "recorded": "recorded",
    "minimum_age": "minimum_age",
}
OTHERS = ("slug", "about", "topic", "speakers")
NEEDED = ("slug", "title", "summary", "about")


class ContentError(Exception):
    """A file that cannot be loaded: which, where, and what to do."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__("\n".join(f"{path.name}, {problem}" for problem in problems))


def read(path: Path) -> Facts:
    """Return a webinar file's facts, or raise ContentError."""
    try:
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "the file"
        raise ContentError(path, [f"{place}: This cannot be read as YAML in UTF-8."]) from error
    if not isinstance(facts, dict):
        raise ContentError(path, ["the file: Begin with fields such as slug: and title:."])
    known = sorted([*FIELDS, *OTHERS])
    wrong = [
        f"{name}: There is no such field. It could be {', '.join(known)}."
        for name in facts
        if name not in known
    ]
    wrong += [
        f"{name}: This is missing. Write some text." for name in NEEDED if not facts.get(name)
    ]
    wrong += _wrong_speakers(facts.get("speakers") or [])
    if not wrong:
        wrong = [f"{name}: {reason}" for name, reason in _refused(facts)]
    if wrong:
        raise ContentError(path, wrong)
    return facts


@transaction.atomic
def load_webinar(facts: Facts, *, into: WebinarIndexPage, refresh: bool = False) -> WebinarPage:
    """Write one webinar and publish it; leave alone what a person has saved since."""
    found = WebinarPage.objects.child_of(into).filter(slug=facts["slug"]).first()
    page: WebinarPage = found or WebinarPage(slug=facts["slug"], live=False)
    if found and found.latest_revision and found.latest_revision.user_id and not refresh:
        return page
    fields = _fields(facts) | {"topic": _topic(facts)}
    if found and all(_plain(getattr(page, name)) == _plain(fields[name]) for name in fields):
        return page
    for name, value in fields.items():
        setattr(page, name, value)
    if not found:
        into.refresh_from_db()
        into.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _fields(facts: Facts) -> Facts:
    said = {name: facts[key] for key, name in FIELDS.items() if key in facts}
    speakers = [
        ("speaker", {"name": each["name"], "about": each.get("about") or ""})
        for each in facts.get("speakers") or []
    ]
    return {**said, "about": MARKDOWN.render(facts["about"]).strip(), "speakers": speakers}


def _topic(facts: Facts) -> Topic | None:
    title = facts.get("topic")
    return title and Topic.objects.get_or_create(slug=slugify(title), defaults={"title": title})[0]


def _refused(facts: Facts) -> list[tuple[str, str]]:
    """Return what the fields of the page themselves refuse, under the names of the file."""
    written = {"slug", *_fields(facts)}
    page = WebinarPage(slug=facts["slug"], **_fields(facts))
    every = [field.name for field in WebinarPage._meta.fields]
    try:
        page.clean_fields(exclude=[name for name in every if name not in written])
    except ValidationError as error:
        names = {name: key for key, name in FIELDS.items()}
        return [
            (names.get(name, name), " ".join(reasons))
            for name, reasons in error.message_dict.items()
        ]
    return []


def _wrong_speakers(speakers: Any) -> list[str]:
    fits = isinstance(speakers, list) and all(
        isinstance(each, dict) and each.get("name") and each.keys() <= {"name", "about"}
        for each in speakers
    )
    return [] if fits else ["speakers: Write a list of speakers, each with name: and about:."]


def _plain(value: Any) -> Any:
    """Return a value as it is stored, to compare; the blocks of a stream without their ids."""
    if hasattr(value, "raw_data"):
        return [(block.block_type, dict(block.value)) for block in value]
    return value
