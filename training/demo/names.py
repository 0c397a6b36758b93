"""Names for invented people, as varied as the people of Great Britain are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

HERE = Path(__file__).parent
GIVEN = (HERE / "given_names.txt").read_text(encoding="utf-8").split()
FAMILY = (HERE / "family_names.txt").read_text(encoding="utf-8").split()


def invent(random: Random) -> tuple[str, str]:
    """Return a given and a family name."""
    return random.choice(GIVEN), random.choice(FAMILY)
