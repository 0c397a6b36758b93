"""Verification codes and names as people type them: pure functions, no database."""

from __future__ import annotations

import secrets
import unicodedata

# No letter or digit that is taken for another (0 O, 1 I L, 2 Z, 5 S, 8 B), and no vowel, so
# that chance spells no word on something people hang on a wall. 22^10 is more than 10^13 codes.
ALPHABET = "CDFGHJKMNPQRTVWXY34679"
LENGTH = 10
# Letters that Unicode does not take apart into a plain letter and a mark.
PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
)


def new_code() -> str:
    """Return a random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Write a code as people read it aloud: ABCD-EFGH-JK."""
    return "-".join((code[:4], code[4:8], code[8:]))


def typed(text: str) -> str:
    """Return the code somebody meant, whatever the spaces, dashes and case."""
    return "".join(character for character in text.upper() if character.isalnum())


def folded(name: str) -> str:
    """Return a name without accents, case, spaces and hyphens: what two spellings share."""
    apart = unicodedata.normalize("NFD", name.casefold().translate(PLAIN))
    return "".join(character for character in apart if character.isalnum())
