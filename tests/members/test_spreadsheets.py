"""No cell that leaves the site is a formula."""

import unicodedata
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.viewsets import viewsets

from members.spreadsheets import DANGEROUS, PlainCsv, plain


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


def views_of_ours(view: type = SpreadsheetExportMixin) -> Iterator[type]:
    for one in view.__subclasses__():
        yield from views_of_ours(one)
        if not one.__module__.startswith("wagtail."):
            yield one


def test_every_view_that_hands_out_what_it_lists_hands_out_plain_cells() -> None:
    get_resolver().url_patterns  # noqa: B018 (the administration is put together)
    lists = [it for it in viewsets.viewsets if isinstance(getattr(it, "list_export", 0), list)]
    views = [each for each in views_of_ours() if each.list_export]  # type: ignore[attr-defined]
    asked = [*views, *(each.index_view_class for each in lists)]
    assert asked, "nothing is asked"
    assert [view for view in asked if not issubclass(view, PlainCsv)] == []
