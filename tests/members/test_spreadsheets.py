"""No cell that leaves the site is a formula."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.spreadsheets import DANGEROUS, plain


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "-2", "@sum", "\t=1", "\uff1d1+1", " =cmd|' /C calc'!A0"]
)
def test_formulas_become_text(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Siân Ŵyn-Jôb", "3 March 2027", "O'Brien", "1-2"])
def test_ordinary_words_stay(cell: str) -> None:
    assert plain(cell) == cell


@given(st.text())
def test_nothing_that_leaves_starts_a_formula(cell: str) -> None:
    seen = unicodedata.normalize("NFKC", plain(cell))
    assert not seen.lstrip().startswith(DANGEROUS)
