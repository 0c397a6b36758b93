"""Which part of a file a browser asks for, and how much of a recording was watched. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinars.recordings.editing import is_video, what_is_wrong_with
from webinars.recordings.ranges import Part, Unsatisfiable, asked_part
from webinars.recordings.watching import PARTS, as_bits, percent


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-1", Part(0, 1)),
        ("bytes=0-", Part(0, 99)),
        ("bytes=90-200", Part(90, 99)),
        ("bytes=-10", Part(90, 99)),
        ("bytes=-500", Part(0, 99)),
        ("bytes = 5 - 6", Part(5, 6)),
        # What cannot be read, or asks for several parts, is the whole file.
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=0x1-2", None),
        ("bytes=²-³", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_a_range_is_read(header: str, part: Part | None) -> None:
    assert asked_part(header, 100) == part


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-1", 0)]
)
def test_a_range_behind_the_end_is_refused(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        asked_part(header, size)


@given(header=st.text(max_size=30) | st.from_regex(r"bytes=\d*-\d*"), size=st.integers(0, 10**12))
def test_whatever_is_asked_for_lies_within_the_file(header: str, size: int) -> None:
    try:
        part = asked_part(header, size)
    except Unsatisfiable:
        return
    if part:
        assert 0 <= part.first <= part.last < size


@given(parts=st.lists(st.integers(0, PARTS - 1)), more=st.lists(st.integers(0, PARTS - 1)))
def test_what_was_played_is_counted_once_and_never_less(parts: list[int], more: list[int]) -> None:
    assert percent(as_bits(parts)) == len(set(parts)) * 5
    assert percent(as_bits(parts) | as_bits(more)) >= percent(as_bits(parts))


@pytest.mark.parametrize("part", [-1, PARTS])
def test_a_recording_has_twenty_parts(part: int) -> None:
    with pytest.raises(ValueError, match="0 to 19"):
        as_bits([part])


@pytest.mark.parametrize(
    ("captions", "reason"),
    [
        (b"WEBVTT\n\n00:05.000 --> 00:08.000\nHello", ""),
        (b"\xef\xbb\xbfWEBVTT - talk\r\n\r\n00:05.000 --> 00:08.000\r\nHello", ""),
        (b"1\n00:00:05,000 --> 00:00:08,000\nHello", "not a WebVTT file"),
        (b"WEBVTTX\n00:05.000 --> 00:08.000", "not a WebVTT file"),
        (b"WEBVTT\n\nHello", "not a WebVTT file"),
        (b"", "not a WebVTT file"),
        ("WEBVTT\n00:05.000 --> 00:08.000\nSiân".encode("latin-1"), "UTF-8"),
    ],
)
def test_captions_are_webvtt(captions: bytes, reason: str) -> None:
    said = what_is_wrong_with(captions)
    assert reason in said if reason else not said


@pytest.mark.parametrize(
    ("beginning", "fits"),
    [(b"\0\0\0\x18ftypmp42", True), (b"\x1aE\xdf\xa3\0", True), (b"%PDF-1.7", False), (b"", False)],
)
def test_a_video_is_known_by_its_first_bytes(beginning: bytes, fits: bool) -> None:
    assert is_video(beginning) is fits
