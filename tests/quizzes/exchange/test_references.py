"""Whose reference it is: in Moodle an ID holds in one category, in our own files everywhere."""

from __future__ import annotations

import pytest

from quizzes.exchange.plan import ID_TAKEN
from quizzes.models import Question
from tests.quizzes.exchange.bank import bring_in, in_the_bank, single

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("update", [False, True])
def test_an_id_of_moodle_that_another_category_has_is_given_a_new_reference(update: bool) -> None:
    bring_in(single(1, reference="1"))
    theirs = single(2, reference="1", category=("Other",), is_local=True)
    here = single(3, reference="", category=("Other",), stem=theirs.stem)
    for _ in range(2):  # the second time it is known by its words
        done = bring_in(theirs, update=update)
        assert [note.reason for note in done.plan.notes] == [ID_TAKEN.format(reference="1")]
        assert {*in_the_bank()} == {"1", "other-01"}
    assert in_the_bank()["1"].stem == single(1).stem
    bring_in(here, theirs)
    assert {*in_the_bank()} == {"1", "other-01", "other-02"}


def test_an_id_of_moodle_is_the_same_question_in_its_category_or_in_a_file_without_any() -> None:
    bring_in(single(1, reference="1"))
    for category in (single().category, ()):
        item = single(2, reference="1", category=category, is_local=True)
        assert [entry.reference for entry in bring_in(item).plan.there] == ["1"]
    moved = single(1, reference="1", category=("Other",))  # our own JSON: the reference is all
    bring_in(moved, update=True, publish=True)
    assert str(Question.objects.get().category) == "Other"
