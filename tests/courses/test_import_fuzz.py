"""Any bytes at all: never a traceback, never half an import."""

from __future__ import annotations

import io
import zipfile
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from courses.import_files import COLUMNS, BadFileError, read_table
from courses.imports import HasProblems, import_table
from courses.models import Completion, ImportedRow
from tests.courses.factories import CourseFactory
from tests.courses.proofs import PDF, csv_of, xlsx_of
from tests.members.factories import MemberFactory

CELLS = st.one_of(
    st.sampled_from(
        ["jo@example.org", "A1", "essentials", "2025-03-27", "31/12/2019", "29/02/2025", ""]
    ),
    st.text(max_size=12),
)
HEADS = st.permutations(COLUMNS).map(list)
TABLES = st.tuples(
    HEADS, st.lists(st.lists(CELLS, max_size=8), max_size=8), st.sampled_from(",;\t")
)
GOOD = csv_of("jo@example.org,essentials,2025-03-27")
BOOK = xlsx_of(("email", "course", "completed_on"), ("jo@example.org", "essentials", "2025-03-27"))


def written(table: tuple[list[str], list[list[str]], str]) -> bytes:
    head, rows, delimiter = table
    return "\n".join(delimiter.join(row) for row in [head, *rows]).encode("utf-8", "replace")


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """Return files like this one, with bytes changed, cut out or put in."""
    place = st.integers(0, len(whole))
    return st.tuples(place, place, st.binary(max_size=6)).map(
        lambda cut: whole[: min(cut[:2])] + cut[2] + whole[max(cut[:2]) :]
    )


class AnyBytes(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        CourseFactory(slug="essentials")
        MemberFactory(email="jo@example.org", membership_number="A1")

    def imported(self, content: bytes) -> None:
        """Import these bytes; whatever they are, all that was promised is there, or nothing."""
        try:
            plan = import_table(
                table=read_table(content), file_name="any", good_rows=False, by=None
            )
        except (BadFileError, HasProblems):
            assert not Completion.objects.exists()
            assert not ImportedRow.objects.exists()
            return
        assert Completion.objects.count() == len(plan.new)
        assert ImportedRow.objects.unmatched().count() == len(plan.unmatched)
        assert not plan.problems

    @settings(max_examples=150)
    @given(st.binary(max_size=400))
    @example(b"\xff\xfee\x00m\x00")
    @example(b'email,course,completed_on\n"')
    @example(b"email,course,completed_on\n\x00,\x00,\x00")
    @example(PDF)
    def test_bytes(self, content: bytes) -> None:
        self.imported(content)

    @settings(max_examples=150)
    @given(TABLES.map(written))
    def test_tables(self, content: bytes) -> None:
        self.imported(content)

    @settings(max_examples=100)
    @given(st.one_of(damaged(GOOD), damaged(BOOK)))
    def test_damaged_files(self, content: bytes) -> None:
        self.imported(content)


def test_the_database_may_hold_what_was_read() -> None:
    """A preview keeps the cells as JSON, which PostgreSQL refuses with a zero in a text."""
    for first, second in combinations(["a", "\0", "é", "\ud7ff", "\x1a"], 2):
        content = f"email,course,completed_on\n{first}{second},x,y".encode()
        try:
            assert "\0" not in str(read_table(content).rows)
        except BadFileError:
            assert "\0" in (first, second)


def test_a_small_file_that_unpacks_to_a_large_one_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (61 * 1024 * 1024))
    with pytest.raises(BadFileError, match="larger than 5 MB"):
        read_table(file.getvalue())


def test_more_rows_or_bytes_than_we_take_are_refused() -> None:
    with pytest.raises(BadFileError, match="Split it"):
        read_table(csv_of(*["jo@example.org,essentials,2025-03-27"] * 20_001))
    with pytest.raises(BadFileError, match="Split it"):
        read_table(b"x" * (5 * 1024 * 1024 + 1))
