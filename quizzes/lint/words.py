"""Words, as far as the lint looks at them."""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

ABSOLUTE = frozenset({"always", "never", "nobody", "everybody", "everyone", "only", "must"})
ALL_OF_THEM = re.compile(
    r"(?:(?:all|none|both|any|each|neither)(?: of)?"
    r" (?:the (?:\w+ )?above|these|them|those|the (?:answers|options))"
    r"|(?:both |neither |only )?[a-f] (?:and|or|nor) [a-f])\b.{0,25}",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"\b[Ww](?:hich|hat|ho|hom)\b.*\b(not|except|incorrect|untrue)\b")
LAW_TITLE = re.compile(r"(?:[A-Z][\w'-]*(?:,| and| of| in| the| \(\w+\))* )+(?:Act|Order) \d{4}")
FEWEST_WORDS = 25  # fewer say nothing about how hard a text is
SCHOOL_STARTS = 5  # the age at which the grades of the formula begin


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return [word.casefold() for word in re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", text)]


def normal(text: str) -> str:
    """Return a text without what does not tell it from another: case, spaces, punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def absolutes(text: str) -> frozenset[str]:
    """Return the words in a text that allow no exception."""
    return ABSOLUTE.intersection(words(text))


def reading_age(text: str) -> float | None:
    """Return the age at which people can usually read this; None when it is too short to tell.

    Flesch-Kincaid (Kincaid et al., 1975): grade = 0.39 words per sentence + 11.8 syllables per
    word - 15.59. Titles of laws are left out: nobody can write them shorter.
    """
    plain = LAW_TITLE.sub("law", text)
    found = words(plain)
    if len(found) < FEWEST_WORDS:
        return None
    sentences = max(1, len(re.findall(r"[.!?:;]+(?=\s|$)", plain)))
    syllables = sum(_syllables(word) for word in found)
    grade = 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59
    return grade + SCHOOL_STARTS


def _syllables(word: str) -> int:
    # A dictionary of hyphens knows no syllable of one letter: a group of vowels does.
    vowels = len(re.findall(r"[aeiouy]+", word.removesuffix("e")))
    return max(1, vowels, len(_hyphens().positions(word)) + 1)


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")
