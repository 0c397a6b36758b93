"""What several tests of quizzes use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.quizzes import crowds

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The sittings other floors were told of."""
    with crowds.told() as heard:
        yield heard
