"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.numbers import read_number


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18", "18"),
        (" 2.5 ", "2.5"),
        ("2,5", "2.5"),
        ("£1,000", "1000"),
        ("1,000,000.50", "1000000.50"),
        ("12 500", "12500"),
        ("12\u00a0500", "12500"),
        ("80%", "80"),
        ("80 %", "80"),
        ("£ 5", "5"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("-£3", "-3"),
        ("£-3", "-3"),
        ("007", "7"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("5.", "5"),
    ],
)
def test_read__is_kind(written: str, read: str) -> None:
    assert read_number(written) == read


@pytest.mark.parametrize(
    "written",
    ["", "abc", "18 years", "1e5", "1 5", "1,00,0", "1.2.3", "--1", "-£-1", "nan", "inf", "1_000",
     "٣", "1,2,3", "£", "%", ".", ",", "9" * 21, "1,000 000"],
)  # fmt: skip
def test_read__what_is_not_clear_is_not_guessed(written: str) -> None:
    assert read_number(written) is None


@given(st.decimals(-999999, 999999, places=3))
def test_read__plain_digits_are_read_exactly(number: object) -> None:
    read = read_number(str(number))
    assert read is not None
    assert type(number)(read) == number


@given(st.integers(1000, 10**12))
def test_read__thousands_may_be_parted(number: int) -> None:
    assert read_number(f"{number:,}") == read_number(f"{number:,}".replace(",", " ")) == str(number)


@given(st.text(max_size=12))
def test_read__never_fails(written: str) -> None:
    read = read_number(written)
    assert read is None or read_number(read) == read
