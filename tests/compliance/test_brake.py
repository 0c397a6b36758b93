"""A change that touches many people asks for their number."""

from __future__ import annotations

import pytest

from compliance.requirements.brake import asks_for_number, wrong_number
from members.typed import is_number


@pytest.mark.parametrize(
    ("touched", "people", "asks"),
    [
        (0, 0, False),
        (19, 0, False),  # fewer than twenty never
        (20, 0, True),  # the first duty of all
        (19, 20, False),
        (20, 400, False),  # five in a hundred is not more than five
        (21, 400, True),
        (3_600, 72_000, False),
        (3_601, 72_000, True),
    ],
)
def test_more_than_five_in_a_hundred(touched: int, people: int, asks: bool) -> None:
    assert asks_for_number(touched, people) is asks


@pytest.mark.parametrize("typed", ["25000", "25,000", " 25 000 "])
def test_any_way_people_write_it(typed: str) -> None:
    assert is_number(typed, 25_000)


@pytest.mark.parametrize("typed", ["", "2500", "25.000", "yes", "-25000"])
def test_not_the_number(typed: str) -> None:
    assert not is_number(typed, 25_000)
    assert "type 25,000" in wrong_number(25_000)
