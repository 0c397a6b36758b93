"""Nothing incomplete is published: every sentence has its reason, and what is whole can be
answered."""

from __future__ import annotations

import datetime as dt
import re
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes import completeness as said
from quizzes.asked import AskedQuestion, orders
from quizzes.completeness import Draft, Part, Step, is_number, question_problems
from quizzes.kinds import CHOICES, Kind
from quizzes.marking import mark
from quizzes.scores import FULL

R, W = Part("Tell the lead", is_correct=True), Part("Wait")
PAIRS = (Part("999", "Police"), Part("111", "Health"))
STEPS = (Step("a: First?", "single", True), Step("b: Then?", "numeric", True))
LAW = {"source": "Children Act", "law_as_at": dt.date(2026, 1, 1), "review_by": dt.date(2027, 1, 1)}
WHOLE: dict[Kind, dict[str, Any]] = {
    Kind.SINGLE: {"parts": (R, W)},
    Kind.MULTIPLE: {"parts": (R, Part("Write it down", is_correct=True), W)},
    Kind.TRUE_FALSE: {"parts": (Part("True"), Part("False", is_correct=True))},
    Kind.MATCHING: {"parts": (*PAIRS, Part("", "Nobody"))},
    Kind.ORDERING: {"parts": (Part("Listen"), Part("Tell"))},
    Kind.NUMERIC: {"parts": (Part("18", is_correct=True), Part("-2.5"))},
    Kind.SHORT_TEXT: {"parts": (Part("lead", is_correct=True), Part("police"))},
    Kind.SCENARIO: {"steps": STEPS},
    Kind.ESSAY: {"guidance": "It names the lead."},
}


def draft(kind: str, **changes: Any) -> Draft:
    return Draft(kind=kind, **WHOLE[Kind(kind)] | changes)


@pytest.mark.parametrize("kind", Kind)
def test_a_whole_question_of_every_type_lacks_nothing(kind: Kind) -> None:
    assert question_problems(draft(kind)) == []
    assert question_problems(draft(kind, has_image=True, image_alt="Two people talk")) == []
    assert question_problems(draft(kind, nation="Wales", **LAW)) == []


# --- Every sentence ------------------------------------------------------------------------------
LACKING: list[tuple[str, dict[str, Any], str]] = [
    (Kind.SINGLE, {"parts": (R,)}, said.TOO_FEW),
    (Kind.MULTIPLE, {"parts": (R,)}, said.TOO_FEW),
    (Kind.SINGLE, {"parts": (W, Part("Ask"))}, said.NONE_RIGHT),
    (Kind.MULTIPLE, {"parts": (W, Part("Ask"))}, said.NONE_RIGHT),
    (Kind.TRUE_FALSE, {"parts": (Part("True"), Part("False"))}, said.NONE_RIGHT),
    (Kind.TRUE_FALSE, {"parts": (R,)}, said.NOT_TWO),
    (Kind.TRUE_FALSE, {"parts": (R, W, Part("Perhaps"))}, said.NOT_TWO),
    (
        Kind.SINGLE,
        {"parts": (R, Part("Also", is_correct=True))},
        said.SEVERAL_RIGHT.format(count=2),
    ),
    (
        Kind.TRUE_FALSE,
        {"parts": (Part("True", is_correct=True), Part("False", is_correct=True))},
        said.SEVERAL_RIGHT.format(count=2),
    ),
    *((kind, {"parts": (R, W, Part(""))}, said.BLANK) for kind in (Kind.SINGLE, Kind.MULTIPLE)),
    (Kind.SINGLE, {"parts": (R, W, W)}, said.TWICE.format(text="Wait")),
    (Kind.MULTIPLE, {"parts": (R, W, W)}, said.TWICE.format(text="Wait")),
    *(
        (Kind.TRUE_FALSE, {"parts": (Part(one, is_correct=True), Part(other))}, said.NOT_TWO)
        for one, other in (("False", "True"), ("No", "Yes"), ("True", "True"), ("true", "false"))
    ),
    (Kind.MATCHING, {"parts": PAIRS[:1]}, said.TOO_FEW_PAIRS),
    (Kind.MATCHING, {"parts": (PAIRS[0], Part("", "Nobody"))}, said.TOO_FEW_PAIRS),
    (Kind.MATCHING, {"parts": (*PAIRS, Part("101"))}, said.NO_MATCH.format(text="101")),
    (Kind.MATCHING, {"parts": (*PAIRS, PAIRS[0])}, said.TWICE.format(text="999")),
    (Kind.MATCHING, {"parts": (*PAIRS, Part(""))}, said.BLANK),
    (Kind.ORDERING, {"parts": (W,)}, said.TOO_FEW_ITEMS),
    (Kind.ORDERING, {"parts": (W, R, Part(""))}, said.BLANK),
    (Kind.ORDERING, {"parts": (W, R, W)}, said.TWICE.format(text="Wait")),
    (Kind.NUMERIC, {"parts": ()}, said.NO_NUMBER),
    (Kind.NUMERIC, {"parts": (Part("18"),)}, said.NO_NUMBER),
    *(
        (
            Kind.NUMERIC,
            {"parts": (Part(text, is_correct=True),)},
            said.NOT_A_NUMBER.format(text=text),
        )
        for text in ("Tell the lead", "1e3", "1_000", ".5", "9" * 16)
    ),
    (Kind.SHORT_TEXT, {"parts": (W,)}, said.NO_TEXT),
    (Kind.SHORT_TEXT, {"parts": (R, Part(""))}, said.BLANK),
    (Kind.SHORT_TEXT, {"parts": (R, W, W)}, said.TWICE.format(text="Wait")),
    (Kind.SCENARIO, {"steps": STEPS[:1]}, said.NO_STEPS),
    *(
        (
            Kind.SCENARIO,
            {"steps": (*STEPS, Step("c", kind, True))},
            said.STEP_WRONG_KIND.format(step="c"),
        )
        for kind in ("scenario", "essay")
    ),
    (
        Kind.SCENARIO,
        {"steps": (*STEPS, Step("c", "single", False))},
        said.STEP_UNPUBLISHED.format(step="c"),
    ),
    (Kind.ESSAY, {"guidance": ""}, said.NO_GUIDANCE),
    *((kind, {"has_image": True}, said.NO_ALT) for kind in Kind),
    *(
        (
            kind,
            {"nation": "Scotland", **LAW, "law_as_at": None},
            said.LAW_INCOMPLETE.format(missing="the day it was true"),
        )
        for kind in Kind
    ),
    (
        Kind.SCENARIO,
        {"steps": (*STEPS, Step("c", "single", True, "Wales"))},
        said.STEP_OF_LAW.format(step="c", nation="Wales"),
    ),
    (Kind.ESSAY, {"told_in": [""]}, said.IS_A_STEP),
    (Kind.SCENARIO, {"told_in": ["Wales"]}, said.IS_A_STEP),
    (
        Kind.SINGLE,
        {"nation": "Wales", **LAW, "told_in": ["Wales", ""]},
        said.STEP_ELSEWHERE.format(nation="Wales"),
    ),
    (
        Kind.ESSAY,
        {"nation": "Scotland"},
        said.LAW_INCOMPLETE.format(
            missing="the source, the day it was true, the day to check again"
        ),
    ),
]


@pytest.mark.parametrize(("kind", "changes", "sentence"), LACKING)
def test_what_is_missing_is_said_and_nothing_else(
    kind: str, changes: dict[str, Any], sentence: str
) -> None:
    assert question_problems(draft(kind, **changes)) == [sentence]


def test_no_sentence_is_left_untested() -> None:
    sentences = {text for name, text in vars(said).items() if name.isupper() and is_words(text)}
    told = [sentence for *_, sentence in LACKING]
    assert len(sentences) > 20
    for sentence in sentences:
        pattern = ".+".join(map(re.escape, re.split(r"{\w+}", sentence)))
        assert any(re.fullmatch(pattern, one) for one in told), sentence


def is_words(value: object) -> bool:
    return isinstance(value, str) and " " in value


def test_a_step_that_fits_its_scenarios_lacks_nothing() -> None:
    law = {"nation": "Wales", **LAW}
    assert question_problems(draft(Kind.SINGLE, told_in=["", "Wales"])) == []
    assert question_problems(draft(Kind.SINGLE, told_in=["Wales"], **law)) == []
    welsh = (*STEPS, Step("c", "single", True, "Wales"))
    assert question_problems(draft(Kind.SCENARIO, steps=welsh, **law)) == []


# --- What is whole can be answered ---------------------------------------------------------------
texts = st.sampled_from(["", "18", "-2.5", "Yes", "yes", "No", "No.", ".", "*", "a*b", "1e400"])
part = st.builds(Part, text=texts, match=texts, is_correct=st.booleans())
parts = st.lists(part, max_size=5) | st.lists(part, unique_by=lambda p: p.text, max_size=4)
kinds = st.sampled_from(sorted(set(Kind) - {Kind.SCENARIO, Kind.ESSAY}))


@settings(max_examples=300)
@given(kinds, parts, st.booleans(), st.integers(0, 2**32))
def test_what_lacks_nothing_can_be_answered_rightly(
    kind: str, parts: list[Part], is_partial: bool, seed: int
) -> None:
    if question_problems(Draft(kind=kind, parts=parts)):
        return
    content = content_of(kind, parts, is_partial=is_partial)
    asked = AskedQuestion.read(content, *orders(content, Random(seed)))  # noqa: S311
    shown = [choice.text for choice in asked.choices] + [one.match for one in asked.matches]
    assert all(shown), "nothing empty is offered"
    assert len({one.match for one in asked.matches}) == len(asked.matches), "nor anything twice"
    chosen, typed = right_answer(asked)
    assert asked.accepts(chosen)
    assert mark(asked, chosen=chosen, typed=typed) == FULL
    assert mark(asked, chosen=[], typed=" ") == 0, "nothing answered is never right"
    assert asked.right_words
    assert asked.in_words(chosen, typed)


@given(st.sampled_from(sorted(CHOICES)), parts)
def test_a_choice_without_one_right_answer_is_never_whole(kind: str, parts: list[Part]) -> None:
    right = sum(part.is_correct for part in parts)
    if not right or (right > 1 and kind != Kind.MULTIPLE) or len(parts) < 2:
        assert question_problems(Draft(kind=kind, parts=parts))


@pytest.mark.parametrize("text", ["18", "-2.5", "0", "0.000", "1e3", " 7 "])
def test_a_number_is_written_in_digits(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text", ["", "eighteen", "NaN", "sNaN", "Infinity", "1,5", "1e99", "1e-99"]
)
def test_what_is_no_number_or_beyond_what_people_write_is_refused(text: str) -> None:
    assert not is_number(text)


def content_of(kind: str, parts: list[Part], *, is_partial: bool) -> dict[str, Any]:
    options = [
        {"key": f"k{n}", "feedback": "", "is_pinned": False, "sort_order": n}
        | {"text": part.text, "match": part.match, "is_correct": part.is_correct}
        for n, part in enumerate(parts)
    ]
    words = {"stem": "What helps?", "kind": kind, "explanation": "Because.", "category": 7}
    return words | {"is_partial": is_partial, "options": options}


def right_answer(asked: AskedQuestion) -> tuple[list[str], str]:
    first = next((choice.text for choice in asked.choices if choice.is_correct), "")
    if asked.kind == Kind.SHORT_TEXT:
        return [], first
    if asked.kind == Kind.NUMERIC:
        return [first], ""
    if asked.kind == Kind.ORDERING:
        return asked.in_order, ""
    if asked.kind == Kind.MATCHING:
        keys = {one.match: one.key for one in asked.matches}
        return [f"{left.key}:{keys[left.match]}" for left in asked.choices], ""
    return sorted(asked.right), ""
