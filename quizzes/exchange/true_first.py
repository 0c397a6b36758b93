"""True before False: formats that have no words of their own for the two go by their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizzes.completeness import TRUE_FALSE
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from quizzes.exchange.items import Item


def true_first(item: Item) -> Item:
    """Return the question with True before False, in its steps too; other answers stay."""
    if item.steps:
        steps = (replace(step, question=true_first(step.question)) for step in item.steps)
        return replace(item, steps=tuple(steps))
    if item.kind != Kind.TRUE_FALSE:
        return item
    said = {option.text.strip().capitalize(): option for option in item.options}
    if len(item.options) != 2 or said.keys() != set(TRUE_FALSE):
        return item
    return replace(item, options=tuple(replace(said[word], text=word) for word in TRUE_FALSE))
