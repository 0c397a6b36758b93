"""Marking, in whole numbers. Nothing here reads or writes the database.

A mark is the per cent of a question that was right, from 0 to 100, rounded down: part marks never
lift anybody over a pass mark. Nothing takes away from other questions.
"""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from quizzes.kinds import CHOICES, Kind
from quizzes.plain import plain
from quizzes.scores import FULL
from quizzes.weights import CLOSE_ENOUGH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizzes.asked import AskedQuestion, Choice

WHOLE = Decimal(FULL)
NONE = Decimal(0)


def mark(asked: AskedQuestion, *, chosen: Sequence[str], typed: str = "") -> int | None:
    """Return the mark of an answer; None when a person has to mark it."""
    if asked.kind == Kind.ESSAY:
        return None if typed.strip() else 0
    if asked.kind == Kind.SHORT_TEXT:
        return _down(_of_text(asked, typed)) if typed.strip() else 0
    return _down(MARKS[Kind(asked.kind)](asked, chosen)) if chosen else 0


def met(asked: AskedQuestion, *, chosen: Sequence[str] = (), typed: str = "") -> list[Choice]:
    """Return what the author wrote down that a number or a short text is, right or wrong."""
    if asked.kind == Kind.NUMERIC and chosen:
        return [choice for choice in asked.choices if _near(choice, Decimal(chosen[0]))]
    if asked.kind == Kind.SHORT_TEXT:
        exactly = asked.is_case_sensitive
        return [choice for choice in asked.choices if _fits(choice.text, typed, exactly=exactly)]
    return []


def passes(*, score: int, max_score: int, pass_mark: int) -> bool:
    """Return whether the score reaches the pass mark (per cent), without any rounding."""
    return 100 * score >= pass_mark * max_score


def needed(*, max_score: int, pass_mark: int) -> int:
    """Return the smallest score that passes."""
    return -(-pass_mark * max_score // 100)


def _of_choices(asked: AskedQuestion, chosen: Sequence[str]) -> Decimal:
    if asked.kind == Kind.MULTIPLE and not asked.is_partial:
        return _all_or_nothing(set(chosen) == asked.right)
    picked = asked.picked(chosen)
    usual = WHOLE / max(len(asked.right), 1) if asked.takes_many else WHOLE
    wrong = -usual if asked.takes_many else NONE
    return sum((_weight(one, usual if one.is_correct else wrong) for one in picked), NONE)


def _of_pairs(asked: AskedQuestion, chosen: Sequence[str]) -> Decimal:
    wanted = {choice.key: choice.match for choice in asked.choices}
    offered = {choice.key: choice.match for choice in asked.matches}
    pairs = (pair.split(":") for pair in chosen)
    return _share(asked, sum(wanted[left] == offered[right] for left, right in pairs))


def _of_order(asked: AskedQuestion, chosen: Sequence[str]) -> Decimal:
    in_place = sum(one == other for one, other in zip(chosen, asked.in_order, strict=True))
    return _share(asked, in_place)


def _of_number(asked: AskedQuestion, chosen: Sequence[str]) -> Decimal:
    return _best(met(asked, chosen=chosen))


def _of_text(asked: AskedQuestion, typed: str) -> Decimal:
    return _best(met(asked, typed=typed))


def _best(fitting: Sequence[Choice]) -> Decimal:
    return max((_weight(one, WHOLE) for one in fitting if one.is_correct), default=NONE)


def _near(choice: Choice, number: Decimal) -> bool:
    return abs(number - Decimal(choice.text)) <= (choice.tolerance or NONE)


def _fits(accepted: str, typed: str, *, exactly: bool) -> bool:
    r"""Compare without regard to what does not make an answer another one: see `plain`.

    `*` in what is accepted stands for anything, `\*` for a star.
    """
    parts = re.split(r"(?<!\\)\*", plain(accepted, exactly=exactly))
    first, *rest = [re.escape(part.replace(r"\*", "*")) for part in parts]
    # Each part is looked for once, from the left: many stars must not take for ever.
    between = "".join(f"(?>.*?{part})" for part in rest[:-1])
    pattern = f"{first}{between}.*{rest[-1]}" if rest else first
    return bool(re.fullmatch(pattern, plain(typed, exactly=exactly)))


def _weight(choice: Choice, usual: Decimal) -> Decimal:
    return usual if choice.weight is None else choice.weight


def _share(asked: AskedQuestion, right: int) -> Decimal:
    parts = len(asked.choices)
    return WHOLE * right / parts if asked.is_partial else _all_or_nothing(right == parts)


def _all_or_nothing(right: bool) -> Decimal:  # noqa: FBT001 (a yes or no is all it says)
    return WHOLE if right else NONE


def _down(share: Decimal) -> int:
    whole = (share + CLOSE_ENOUGH).to_integral_value(rounding=ROUND_FLOOR)
    return int(min(max(whole, NONE), WHOLE))


MARKS: dict[Kind, Callable[[AskedQuestion, Sequence[str]], Decimal]] = {
    **dict.fromkeys(CHOICES, _of_choices),
    Kind.MATCHING: _of_pairs,
    Kind.ORDERING: _of_order,
    Kind.NUMERIC: _of_number,
}
