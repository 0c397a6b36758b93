"""An answer adds one to a count, once, and nobody can tell whose it was."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.findings import finding_of
from feedback.models import Given, Tally
from feedback.questions import QUESTIONS
from feedback.verbs import AlreadyGiven, NotNow, give
from tests.feedback.subjects import ABOUT, AFTER, BEFORE, answers, counts, given, things
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _things(monkeypatch: pytest.MonkeyPatch) -> None:
    things(monkeypatch)


def test_an_answer_adds_one_to_each_count() -> None:
    given(4, 4, 2)
    assert counts() == [0, 1, 0, 2, 0]
    assert counts(question="pace") == [3, 0, 0]


def test_nobody_answers_twice() -> None:
    ada = MemberFactory()
    give(about=ABOUT, moment=AFTER, answers=answers(), by=ada)
    with pytest.raises(AlreadyGiven, match="already told us"):
        give(about=ABOUT, moment=AFTER, answers=answers(confidence=5), by=ada)
    assert counts() == [1, 0, 0, 0, 0]
    assert Given.objects.get().member == ada


@pytest.mark.parametrize(
    ("about", "moment"), [(ABOUT, BEFORE), ("thing:2", AFTER), ("thing:3", AFTER), ("x:1", AFTER)]
)
def test_what_is_not_open_is_not_counted(about: str, moment: str) -> None:
    with pytest.raises(NotNow):
        give(about=about, moment=moment, answers=answers(moment), by=MemberFactory())
    assert not Given.objects.exists()
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"confidence": 1},
        {**answers(), "another": 1},
        answers(confidence=0),
        answers(confidence=6),
        answers(pace=4),
    ],
)
def test_what_is_no_answer_is_refused(said: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"answer|questions"):
        give(about=ABOUT, moment=AFTER, answers=said, by=MemberFactory())
    with pytest.raises(ValueError, match="questions"):
        give(about=ABOUT, moment="during", answers=answers(), by=MemberFactory())
    assert not Given.objects.exists()


def test_totals_are_shown_from_five_people_up_and_move_by_fives() -> None:
    given(1, 2, 4, 5)
    assert not finding_of(ABOUT)
    assert sum(counts("shown")) == 0
    given(5)
    assert counts("shown") == [1, 1, 0, 1, 2]
    given(3, 3, 3, 3)
    assert counts("shown") == [1, 1, 0, 1, 2]  # no figure moves by one person's answer
    assert sum(counts("shown", question="useful")) == 5
    given(3)
    assert counts("shown") == [1, 1, 5, 1, 2]


def test_the_moments_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    given(4, 4, 4, 5, 1)
    things(monkeypatch, moment=BEFORE)
    given(1, 1, 1, 4, moment=BEFORE)
    assert not finding_of(ABOUT).before
    given(2, moment=BEFORE)
    finding = finding_of(ABOUT)
    assert finding.sentence == "Before, 1 of 5 said they were confident; after, 4 of 5."
    assert finding.pairs[0]["before"]["share"] == "3 of 5 (60%)"
    assert finding.pairs[3]["after"]["share"] == "3 of 5 (60%)"


def test_the_finding_says_when_a_side_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding_of(ABOUT).sentence == "Fewer than five people have answered."
    given(4, 4, 4, 5, 1)
    assert finding_of(ABOUT).sentence == (
        "Afterwards, 4 of 5 said they were confident. Fewer than five people answered before."
    )
    Tally.objects.update(moment=BEFORE)
    finding = finding_of(ABOUT)
    assert finding.sentence.endswith("Fewer than five people have answered afterwards.")
    assert finding.others == []


def test_nothing_that_is_kept_links_an_answer_to_a_person_or_a_time() -> None:
    given(4)
    assert {field.name for field in Tally._meta.get_fields()} == {
        "id",
        "about",
        "moment",
        "question",
        "answer",
        "count",
        "shown",
    }
    assert {field.name for field in Given._meta.get_fields()} == {
        "id",
        "member",
        "about",
        "moment",
        "on",
    }
    # Every answer has its row from the first person on: which row came when tells nothing.
    rows = Tally.objects.filter(about=ABOUT, moment=AFTER).count()
    assert rows == sum(len(question.answers) for question in QUESTIONS[AFTER])


def test_each_answer_writes_every_count_of_its_form_in_one_statement() -> None:
    given(1, 2, 3, 4)
    for shown in ("count", "shown"):  # the fifth person's brings up to date what is shown
        with CaptureQueriesContext(connection) as asked:
            given(5)
        written = [it["sql"] for it in asked if it["sql"].startswith("UPDATE")]
        assert len(written) == 1, shown
        assert '"question"' not in written[0].partition("WHERE")[2]


@pytest.mark.postgresql
def test_no_rows_of_the_table_tell_that_one_person_chose_them() -> None:
    given(4, 4, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM feedback_tally")
        assert cursor.fetchone() == (1,)
