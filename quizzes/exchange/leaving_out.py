"""What a file cannot hold, said before it is written: the unfinished, and what a format lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.exchange.checking import mistakes
from quizzes.exchange.moodle import title
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quizzes.exchange.items import Item

MOST_NAMED = 10
UNFINISHED = "“{name}” is left out, because it is not finished: {reason}"
MORE_UNFINISHED = "{count} more are left out, because they are not finished."
SCENARIOS = "Scenarios are left out: this format has no questions with steps ({count})."
PICTURES = "Pictures are left out ({count})."
GUIDANCE = "What essays say for the marker is left out ({count})."
EXPLANATIONS = "Explanations of questions about putting in order are left out ({count})."
FEEDBACK = "Feedback to the parts of matching and putting in order is left out ({count})."
ARROWS = "Short text with “->” in an answer is left out: it would be taken for matching ({count})."


def finished(items: Iterable[Item]) -> tuple[list[Item], list[str]]:
    """Return the questions that can be read again, and of the others what they lack."""
    whole, said = [], []
    for item in items:
        if wrong := mistakes(item):
            said.append(UNFINISHED.format(name=title(item), reason=wrong[0]))
        else:
            whole.append(item)
    if more := len(said) - MOST_NAMED:
        said[MOST_NAMED:] = [MORE_UNFINISHED.format(count=more)] if more > 0 else []
    return whole, said


def _is_scenario(item: Item) -> bool:
    return item.kind == Kind.SCENARIO


def _has_feedback_to_parts(item: Item) -> bool:
    return item.kind in {Kind.MATCHING, Kind.ORDERING} and any(o.feedback for o in item.options)


def _has_feedback_to_pairs(item: Item) -> bool:
    return item.kind == Kind.MATCHING and any(option.feedback for option in item.options)


def has_arrow(item: Item) -> bool:
    """Return whether GIFT would take a short text for matching: it has no escape for the arrow."""
    return item.kind == Kind.SHORT_TEXT and any("->" in option.text for option in item.options)


CHECKS: dict[str, dict[str, Callable[[Item], bool]]] = {
    "gift": {
        SCENARIOS: _is_scenario,
        PICTURES: lambda item: item.picture is not None,
        GUIDANCE: lambda item: item.kind == Kind.ESSAY and bool(item.guidance),
        EXPLANATIONS: lambda item: item.kind == Kind.ORDERING and bool(item.explanation),
        FEEDBACK: _has_feedback_to_parts,
        ARROWS: has_arrow,
    },
    "moodle_xml": {SCENARIOS: _is_scenario, FEEDBACK: _has_feedback_to_pairs},
}


def left_out(items: Sequence[Item], format: str) -> list[str]:  # noqa: A002
    """Return what a file of this format cannot say of these questions."""
    counts = {
        said: sum(applies(item) for item in items)
        for said, applies in CHECKS.get(format, {}).items()
    }
    return [said.format(count=count) for said, count in counts.items() if count]
