"""Names as they are compared: people write the same name in many ways."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What people and tools add to a name.
ASIDES = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
DEVICES = re.compile(
    r"\b(?:iphone|ipad|galaxy|android|samsung|huawei|pixel|laptop|macbook|phone|"
    r"tablet|desktop|pc)\b(?: (?:pro|air|mini|max|plus|ultra|\d+|[a-z]\d+))*"
    r"(?: (?:de|di|von|van|of)\b)?"
)
PRONOUNS = re.compile(
    r"\b(?:she|he|they|ze|hi|nhw)\s?/\s?(?:her|hers|him|his|them|theirs|they|she|he|ei|nhw)"
    r"(?:\s?/\s?\w+)?\b"
)
NOT_NAMES = re.compile(
    r"\s*(?:(?:co-?)?host|guest|external|unverified|extern|me|gast|invité|organi[sz]er|presenter)"
    r"(?:, .*)?\s*"
)
POSSESSIVE = re.compile("['\u2019]s\\b")


def normal(name: str) -> str:
    """Return a name without capitals, accents, asides, pronouns and devices, in the order given
    name, family name. Empty if nothing is left: "iPhone" is nobody's name."""
    return variants(name)[0]


@lru_cache(maxsize=8192)
def variants(name: str) -> tuple[str, ...]:
    """Return the normal name as shown, then the original that Zoom puts in brackets, if any."""
    shown = unicodedata.normalize("NFKC", name).casefold().lstrip("'")
    found = [_bare(ASIDES.sub(" ", shown))]
    for aside in ASIDES.findall(shown):
        inner = aside[1:-1]
        if not NOT_NAMES.fullmatch(inner) and (original := _bare(inner)) and original not in found:
            found.append(original)
    if not found[0] and len(found) > 1:
        found.pop(0)
    return tuple(found)


def _bare(text: str) -> str:
    text = PRONOUNS.sub(" ", text)
    text = DEVICES.sub(" ", POSSESSIVE.sub(" ", text))
    if text.count(",") == 1:
        family, given = text.split(",")
        text = f"{given} {family}"
    letters = unicodedata.normalize("NFKD", text)
    kept = (sign if sign.isalnum() else " " for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())
