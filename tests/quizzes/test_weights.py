"""An author's own shares of the mark: all of it can be had, and by what is right alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import weights as said
from quizzes.asked import AskedQuestion
from quizzes.completeness import Part
from quizzes.kinds import CHOICES, ONE_OF, Kind
from quizzes.marking import mark
from quizzes.scores import FULL
from quizzes.weights import weight_problems

THIRD = Decimal("33.33333")


def right(weight: Any = None, text: str = "Tell the lead") -> Part:
    return Part(text, "", True, None if weight is None else Decimal(weight))


def wrong(weight: Any = None, text: str = "Wait") -> Part:
    return Part(text, "", False, None if weight is None else Decimal(weight))


@pytest.mark.parametrize(
    ("kind", "parts", "sentence"),
    [
        (Kind.SINGLE, [right(50), wrong()], said.ONE_NOT_FULL.format(share=50)),
        (Kind.SINGLE, [right(), wrong(100)], said.WRONG_IS_FULL.format(text="Wait")),
        (Kind.SHORT_TEXT, [right(80), right(50, "lead")], said.ONE_NOT_FULL.format(share=80)),
        (Kind.NUMERIC, [right(99, "18")], said.ONE_NOT_FULL.format(share=99)),
        (Kind.MULTIPLE, [right(30), right(30, "Ask"), wrong()], said.NEVER_FULL.format(sum=60)),
        (Kind.MULTIPLE, [right(), wrong(10)], said.WRONG_ADDS.format(text="Wait")),
    ],
)
def test_what_is_wrong_with_them_is_said(kind: str, parts: list[Part], sentence: str) -> None:
    assert weight_problems(kind, is_partial=True, parts=parts) == [sentence]


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (Kind.SINGLE, [right(), wrong(50)]),
        (Kind.SINGLE, [right(100), wrong(-50)]),
        (Kind.TRUE_FALSE, [right(), wrong()]),
        (Kind.SHORT_TEXT, [right(), right(50, "lead")]),
        (Kind.MULTIPLE, [right(THIRD), right(THIRD, "b"), right(THIRD, "c"), wrong(-50)]),
        (Kind.MULTIPLE, [right(), wrong(0)]),
        (Kind.MATCHING, [right(10)]),
        (Kind.SINGLE, [wrong(100)]),  # that none is right is said elsewhere
    ],
)
def test_usual_ones_are_let_be(kind: str, parts: list[Part]) -> None:
    assert weight_problems(kind, is_partial=True, parts=parts) == []


def test_where_all_must_be_right_shares_say_nothing() -> None:
    assert weight_problems(Kind.MULTIPLE, is_partial=False, parts=[right(1), wrong(100)]) == []


shares = st.none() | st.sampled_from([Decimal(n) for n in (-100, -50, 0, 50, 100)] + [THIRD])
parts = st.lists(st.builds(lambda ok, w: (ok, w), st.booleans(), shares), min_size=2, max_size=5)


@given(st.sampled_from(sorted(CHOICES)), st.booleans(), parts, st.data())
def test_full_marks_go_with_what_is_right_alone(
    kind: str, is_partial: bool, parts: list[tuple[bool, Decimal | None]], data: st.DataObject
) -> None:
    number = sum(ok for ok, _ in parts)
    named = [Part(str(n), "", ok, share) for n, (ok, share) in enumerate(parts)]
    if not number or (kind in ONE_OF and number > 1):
        return
    if weight_problems(kind, is_partial=is_partial, parts=named):
        return
    asked = asked_of(kind, named, is_partial=is_partial)
    keys = [part.text for part in named]
    right_keys = {part.text for part in named if part.is_correct}
    assert mark(asked, chosen=sorted(right_keys)) == FULL
    most = 1 if kind in ONE_OF else len(keys)
    chosen = data.draw(st.sets(st.sampled_from(keys), min_size=1, max_size=most))
    if not chosen & right_keys:
        assert mark(asked, chosen=sorted(chosen)) != FULL


def asked_of(kind: str, named: list[Part], *, is_partial: bool) -> AskedQuestion:
    options = [
        {
            "key": part.text,
            "text": part.text,
            "match": "",
            "is_correct": part.is_correct,
            "weight": None if part.weight is None else str(part.weight),
            "tolerance": None,
            "is_pinned": False,
            "feedback": "",
            "sort_order": n,
        }
        for n, part in enumerate(named)
    ]
    content = {"kind": kind, "stem": "?", "options": options, "is_partial": is_partial}
    content |= {"explanation": "", "category": 1}
    return AskedQuestion.read(content, [part.text for part in named], [])
