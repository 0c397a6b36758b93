"""People found by the addresses and numbers of a list, and what is said of the others."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from compliance.decisions.naming import (
    LEFT,
    NO_ADDRESS,
    NO_NUMBER,
    ONESELF,
    find_people,
    words_in_file,
    words_of,
)
from courses.import_files import BadFileError
from tests.members.factories import MemberFactory


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a@b.org\nc@d.org", ["a@b.org", "c@d.org"]),
        ("a@b.org, 0123; c@d.org\t77", ["a@b.org", "0123", "c@d.org", "77"]),
        ("Ann Brown <ann@b.org>,", ["ann@b.org"]),
        ("  \n ,;\n", []),
    ],
)
def test_pasted(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a@b.org\nc@d.org\n", ["a@b.org", "c@d.org"]),
        (b"E-mail\na@b.org\n\n", ["a@b.org"]),
        (b"name;email\nAnn;a@b.org\nBob;\n", ["a@b.org"]),
        (b"\xef\xbb\xbfmembership number,e-mail address\n12,\n13,a@b.org\n", ["12", "a@b.org"]),
        (xlsx(("Membership number",), (4711,), ("a1",)), ["4711", "a1"]),
        (xlsx((4711,)), ["4711"]),
        (b"", []),
    ],
)
def test_in_a_file(content: bytes, words: list[str]) -> None:
    assert words_in_file(content) == words


@pytest.mark.parametrize("content", [b"PK\x03\x04nonsense", b"\x00\x01\x02"])
def test_no_table(content: bytes) -> None:
    with pytest.raises(BadFileError, match="could not be read as a table"):
        words_in_file(content)


@pytest.mark.django_db
def test_found_and_not_found() -> None:
    by = MemberFactory(administrator=True, email="ada@example.org")
    first = MemberFactory(email="Zofia@Example.org")
    second = MemberFactory(membership_number="A-77")
    MemberFactory(email="gone@example.org", is_active=False)
    words = ["ZOFIA@example.org", "a-77", "zofia@example.org", "gone@example.org"]
    found = find_people([*words, "x@example.org", "99", "ada@example.org"], by=by)
    assert found.ids == sorted([first.pk, second.pk])
    assert dict(found.unknown) == {
        "gone@example.org": LEFT,
        "x@example.org": NO_ADDRESS,
        "99": NO_NUMBER,
        "ada@example.org": ONESELF,
    }


@pytest.mark.django_db
def test_nobody_finds_whom_they_may_not_see() -> None:
    MemberFactory(email="zofia@example.org")
    assert find_people(["zofia@example.org"], by=MemberFactory()).ids == []
