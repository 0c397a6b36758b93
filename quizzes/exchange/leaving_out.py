"""What a format has no words for, said before a file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizzes.exchange.items import Item

SCENARIOS = "Scenarios are left out: this format has no questions with steps ({count})."
PICTURES = "Pictures are left out ({count})."
GUIDANCE = "What essays say for the marker is left out ({count})."
EXPLANATIONS = "Explanations of questions about putting in order are left out ({count})."
FEEDBACK = "Feedback to the parts of matching and putting in order is left out ({count})."
ARROWS = "Short answers with “->” in them will be taken for matching ({count})."


def _is_scenario(item: Item) -> bool:
    return item.kind == Kind.SCENARIO


def _has_feedback_to_parts(item: Item) -> bool:
    return item.kind in {Kind.MATCHING, Kind.ORDERING} and any(o.feedback for o in item.options)


def _has_feedback_to_pairs(item: Item) -> bool:
    return item.kind == Kind.MATCHING and any(option.feedback for option in item.options)


def _has_arrow(item: Item) -> bool:
    return item.kind == Kind.SHORT_TEXT and any("->" in option.text for option in item.options)


CHECKS: dict[str, dict[str, Callable[[Item], bool]]] = {
    "gift": {
        SCENARIOS: _is_scenario,
        PICTURES: lambda item: item.picture is not None,
        GUIDANCE: lambda item: item.kind == Kind.ESSAY and bool(item.guidance),
        EXPLANATIONS: lambda item: item.kind == Kind.ORDERING and bool(item.explanation),
        FEEDBACK: _has_feedback_to_parts,
        ARROWS: _has_arrow,
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
