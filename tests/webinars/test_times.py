"""Times as hosts write them, and the two nights a year when the clocks are changed."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from members.dates import clock_words
from webinars.host.times import NoSuchTime, london_moment, read_clock

LONDON = tz.gettz("Europe/London")  # another opinion; it knows the years to 2037


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6:30pm", (18, 30)),
        (" 6.30 PM ", (18, 30)),
        ("18:30", (18, 30)),
        ("7pm", (19, 0)),
        ("12am", (0, 0)),
        ("12pm", (12, 0)),
        ("midday", (12, 0)),
        ("midnight", (0, 0)),
        ("09:05", (9, 5)),
    ],
)
def test_times_are_read_as_people_write_them(written: str, read: tuple[int, int]) -> None:
    assert read_clock(written) == dt.time(*read)


@pytest.mark.parametrize("written", ["7", "25:00", "18:60", "13pm", "0am", "half six", "6:3pm"])
def test_what_is_no_time_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(NoSuchTime, match="6:30pm or 18:30"):
        read_clock(written)


@given(st.times().map(lambda it: it.replace(second=0, microsecond=0)))
def test_what_the_site_writes_it_reads(clock: dt.time) -> None:
    moment = dt.datetime.combine(dt.date(2026, 6, 1), clock)
    assert read_clock(clock_words(moment)) == clock


@pytest.mark.parametrize(
    ("day", "word"), [((2027, 3, 28), "does not exist"), ((2026, 10, 25), "comes twice")]
)
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_the_hour_when_the_clocks_change_is_refused(
    day: tuple[int, int, int], word: str, minute: int
) -> None:
    with pytest.raises(NoSuchTime, match=f"{word}: the clocks go"):
        london_moment(dt.date(*day), dt.time(1, minute))


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2036, 12, 31)),
    st.times().map(lambda it: it.replace(second=0, microsecond=0)),
)
def test_every_other_time_is_one_moment(day: dt.date, clock: dt.time) -> None:
    wanted = dt.datetime.combine(day, clock, tzinfo=LONDON)
    if not tz.datetime_exists(wanted) or tz.datetime_ambiguous(wanted):
        with pytest.raises(NoSuchTime):
            london_moment(day, clock)
    else:
        found = london_moment(day, clock)
        assert found == wanted.astimezone(dt.UTC)
        assert found.utcoffset() == dt.timedelta()


@given(st.integers(2026, 2036), st.sampled_from([3, 10]), st.integers(0, 23), st.integers(0, 59))
def test_the_nights_themselves(year: int, month: int, hour: int, minute: int) -> None:
    last = max(day for day in range(25, 32) if dt.date(year, month, day).weekday() == 6)
    test_every_other_time_is_one_moment.hypothesis.inner_test(
        dt.date(year, month, last), dt.time(hour, minute)
    )
