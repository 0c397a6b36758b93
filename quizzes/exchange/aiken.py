"""Aiken: a question, its answers as A. or A), and a line that names the right one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizzes.exchange.items import Item, OptionItem
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from quizzes.exchange.gathering import Gathering

OPTION = re.compile(r"([A-Za-z])[.)](?:[ \t]+(.*))?\Z")
ANSWER = re.compile(r"ANSWER[ \t]*:[ \t]*(.*)\Z", re.IGNORECASE)

NO_QUESTION = "Answers without a question. Write the question on the line above them."
NO_ANSWER = "The question before this place has no line such as ANSWER: B."
NOT_THERE = "ANSWER: {letter} names none of the answers above. They are {letters}."
NO_ANSWERS = "ANSWER without answers above it. Write them as A. and B. on lines of their own."
LETTER_TWICE = "The answer {letter} is there twice."
LOOSE = "“{text}” stands among the answers. Begin an answer with a letter and a dot or bracket."


@dataclass(slots=True)
class _Question:
    """A question as far as it has been read."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def is_begun(self) -> bool:
        return bool(self.stem or self.options)


def read(text: str, into: Gathering) -> None:
    """Read an Aiken file."""
    question = _Question()
    line = 1
    for line, words in enumerate(text.split("\n"), start=1):
        said = words.strip()
        if found := ANSWER.match(said):
            _finish(question, found[1].strip().rstrip(".)").upper(), line, into)
            question = _Question()
        elif found := OPTION.match(said):
            _option(question, found[1].upper(), (found[2] or "").strip(), line, into)
        elif said and question.options:
            into.error(line, LOOSE.format(text=said[:40]))
        elif said:
            question.line = question.line or line
            question.stem.append(said)
    if question.is_begun:
        into.error(line, NO_ANSWER)


def _option(question: _Question, letter: str, text: str, line: int, into: Gathering) -> None:
    if not question.stem:
        into.error(line, NO_QUESTION)
    if letter in question.options:
        into.error(line, LETTER_TWICE.format(letter=letter))
    question.options[letter] = text


def _finish(question: _Question, letter: str, line: int, into: Gathering) -> None:
    if not question.options:
        into.error(line, NO_ANSWERS)
    elif letter not in question.options:
        letters = ", ".join(question.options)
        into.error(line, NOT_THERE.format(letter=letter[:10], letters=letters))
    elif question.stem:
        options = tuple(
            OptionItem(text, is_correct=name == letter) for name, text in question.options.items()
        )
        stem = "\n".join(question.stem)
        into.add(Item(Kind.SINGLE, stem, options, line=question.line))
