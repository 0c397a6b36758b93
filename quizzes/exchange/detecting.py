"""Which format a file is in, guessed by its name and its beginning."""

from __future__ import annotations

import re

BEGINNING = 20_000  # characters that are looked at
NAMES = {".gift": "gift"}
AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]*:[ \t]*[A-Za-z]\b", re.MULTILINE | re.IGNORECASE)
FIXTURE = re.compile(r'"model"\s*:\s*"(?:quiz|multichoice|true_false|essay|auth|contenttypes)\.')
GIFT = re.compile(r"^\$CATEGORY:|^::|(?<!\\)\{", re.MULTILINE)


def guessed(text: str, name: str) -> str | None:
    """Return the format's name, none if nothing fits."""
    beginning = text[:BEGINNING].lstrip()
    for ending, known in NAMES.items():
        if name.lower().endswith(ending):
            return known
    if beginning.startswith("<"):
        return "moodle_xml"
    if beginning.startswith(("[", "{")) and _is_json(beginning):
        return "django_quiz" if FIXTURE.search(beginning) else "json"
    if AIKEN.search(beginning):
        return "aiken"
    return "gift" if GIFT.search(beginning) else None


def _is_json(text: str) -> bool:
    # "[html]Which…{=this}" is GIFT.
    return re.match(r'[\[{]\s*(?:[{"\]}]|\Z)', text) is not None
