"""Short answers are compared as people mean them, whatever their keyboard makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.plain import plain


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("don't wait", "Don\u2019t wait"),
        ("don't wait", "don\u02bct wait"),
        ("café", "cafe\u0301"),
        ("lead", "\u201clead\u201d"),
        ("lead", "lead,"),
        ("lead", " Lead?! "),
        ("lead", "lead\u2026"),
        ("well-being", "well\u2011being"),
        ("well-being", "well\u2013being"),
        ("the lead", "the\u00a0lead"),
        ("lead", "\u200blead"),
        ("STRASSE", "straße"),
    ],
)
def test_the_same_answer(accepted: str, typed: str) -> None:
    assert plain(accepted) == plain(typed)


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [("lead", "leads"), ("dont", "don't"), ("a-b", "a b"), ("1.5", "15"), ("?", "!"), ("", "x")],
)
def test_another_answer(accepted: str, typed: str) -> None:
    assert plain(accepted) != plain(typed)


def test_capitals_only_where_they_matter() -> None:
    assert plain("GDPR\u2019s", exactly=True) == "GDPR's"
    assert plain("GDPR", exactly=True) != plain("gdpr", exactly=True)


@given(st.text(max_size=20), st.booleans())
def test_what_is_plain_stays_so(text: str, exactly: bool) -> None:
    once = plain(text, exactly=exactly)
    assert plain(once, exactly=exactly) == once
