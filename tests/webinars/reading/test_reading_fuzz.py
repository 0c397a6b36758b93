"""Good files, broken in every way we can think of: a report or a sentence, never anything else."""

from __future__ import annotations

import json
import random
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.webinars.reading.samples import ENDS, FILES, MINUTES, STARTS, read, zoom
from webinars.attendance.presence import grouped
from webinars.attendance.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

LAYOUTS = ["zoom_webinar", "zoom_[mud]", "teams", "meet", "bigbluebutton"]
CASES = 2_000  # of each layout
MOST_STEPS = 1_000  # calls of functions for each row, however many rows a file has
ODD = ['"', "\r", "\n", "\t", ";", ",", "\0", "=", "\u202e", "\ud7ff", "٣", "{", "9" * 30, "é"]


def flip(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def cut(data: bytes, chance: random.Random) -> bytes:
    begins = chance.randrange(len(data))
    return data[:begins] + data[begins + chance.randint(1, 200) :]


def end_early(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def put_in(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    text = chance.choice(ODD) * chance.choice([1, 1, 3, 400])
    encoding = "utf-16-le" if data[1::2].count(0) > len(data) // 4 else "utf-8"
    return data[:place] + text.encode(encoding) + data[place:]


def mix_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines[: chance.randint(1, len(lines))] * chance.choice([1, 1, 2, 30]))


def mix_cells(data: bytes, chance: random.Random) -> bytes:
    sign = b"\t" if b"\t" in data else b","
    cells = data.split(sign)
    for _ in range(chance.randint(1, 6)):
        one, other = chance.randrange(len(cells)), chance.randrange(len(cells))
        cells[one], cells[other] = cells[other], cells[one]
    return sign.join(cells)


def other_digits(data: bytes, chance: random.Random) -> bytes:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    broken = bytearray(data)
    for place in chance.sample(digits, min(len(digits), chance.randint(1, 12))):
        broken[place] = chance.choice(b"0123456789")
    return bytes(broken)


def other_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-16" if data[:1] == b"\xff" else "utf-8", "replace")
    return text.encode(chance.choice(["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7"]))


BREAKS = [flip, cut, end_early, put_in, mix_lines, mix_cells, other_digits, other_encoding]


def broken(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        data = chance.choice(BREAKS)(data, chance) or b"x"
    return data


def check(data: bytes) -> bool:
    """Whether it was read; and then everything about it is as promised."""
    try:
        report = read(data)
    except Unreadable:
        return False
    for one in report.seen:
        assert one.name or one.email
        assert len(one.name) <= 200
        assert all(join <= leave for join, leave in one.intervals)
        assert one.name.isprintable()
    for person in grouped(report.seen):
        there = person.present(starts_at=STARTS, ends_at=ENDS)
        assert there is None or 0 <= there <= MINUTES * 60
    json.dumps([[one.name, one.email] for one in report.seen]).encode()
    return True


@pytest.mark.parametrize("layout", LAYOUTS)
def test_broken_files_are_read_or_refused(layout: str) -> None:
    samples = [path.read_bytes() for path in sorted(FILES.glob(f"{layout}*"))]
    chance, read_well = random.Random(layout), 0  # noqa: S311
    for case in range(CASES):
        given = broken(samples[case % len(samples)], chance)
        read_well += check(given)
    assert 0 < read_well < CASES  # the breaking neither does nothing nor ruins everything


def large(rows: int) -> str:
    """So many people, each of whom came twice, half of them on two devices."""
    given = []
    for number in range(rows // 2):
        name, email = f"Person {number} (she/her)", f"person{number}@party.example"
        given.append(
            f"{name},{email},10/13/2026 06:58:{number % 60:02} PM,10/13/2026 07:40:00 PM,42,Yes"
        )
        phone = f"Person {number}'s iPhone,,10/13/2026 07:{number % 60:02}:00 PM"
        given.append(f"{phone},10/13/2026 08:31:00 PM,60,Yes")
    return zoom(*given)


def steps(work: Callable[[], object]) -> int:
    """How many functions are called meanwhile, Python's own included."""
    calls = 0

    def count(_: Any, event: str, __: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_ten_times_the_rows_are_ten_times_the_work() -> None:
    for rows in (500, 5_000):
        data = large(rows)
        assert len(grouped(read(data).seen)) == rows // 2
        assert steps(lambda data=data: grouped(read(data).seen)) < rows * MOST_STEPS
