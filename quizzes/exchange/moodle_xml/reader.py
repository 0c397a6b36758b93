"""From Moodle XML to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.exchange.checking import MOST_OPTIONS, TOO_MANY_OPTIONS
from quizzes.exchange.items import Item
from quizzes.exchange.moodle import LeftOutError, category, identified, named, number
from quizzes.exchange.moodle_xml.kinds import KINDS, is_whole
from quizzes.exchange.moodle_xml.tree import RefusedError, each_question
from quizzes.exchange.moodle_xml.words import Words
from quizzes.exchange.tags import IN_PARTS, tagged
from quizzes.kinds import MOST_POINTS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizzes.exchange.gathering import Gathering
    from quizzes.exchange.moodle_xml.tree import Node

SKIPPED = "“{name}” is of the type “{kind}”, which we do not have. It is left out."
DESCRIPTION = "“{name}” is a description: it asks nothing. It is left out."
POINTS = f"Marks other than 1 to {MOST_POINTS} are not kept: the question counts for 1."
WHOLE_FEEDBACK = "Feedback for the whole answer (right, partly right, wrong) is not kept."
HINTS = "Hints are not kept."
ABOUT = "Descriptions of topics are not kept."
MOST_PARTS = MOST_OPTIONS + 100
MOODLES_OWN = {
    "",
    "Your answer is correct.",
    "Your answer is partially correct.",
    "Your answer is incorrect.",
}


def read(text: str, into: Gathering) -> None:
    """Read a Moodle XML file."""
    try:
        each_question(text, _Reader(into).take)
    except RefusedError as refused:
        into.error(refused.line, str(refused))


class _Reader:
    """Takes the questions in turn; a category holds for those after it."""

    def __init__(self, into: Gathering) -> None:
        self.into = into
        self.titles: tuple[str, ...] = ()

    def take(self, node: Node) -> None:
        kind = node.attributes.get("type", "").strip()
        if kind == "category":
            self.titles = category(node.said("category"), node.line, self.into)
            if node.said("info"):
                self.into.note(node.line, ABOUT)
        elif kind in KINDS:
            try:
                self._question(node, kind)
            except LeftOutError as left_out:
                self.into.skip(node.line, str(left_out))
        else:
            sentence = DESCRIPTION if kind == "description" else SKIPPED
            name = node.said("name") or node.said("questiontext")
            self.into.skip(node.line, sentence.format(name=name[:60], kind=kind[:40]))

    def _question(self, node: Node, kind: str) -> None:
        if len(node.children) > MOST_PARTS:  # before any of them is looked at
            self.into.error(node.line, TOO_MANY_OPTIONS)
            return
        words = Words(node.line, self.into)
        stem, picture = words.question(node.first("questiontext"))
        kind, options = KINDS[kind](node, words)
        identity = node.said("idnumber")
        name = node.said("name")
        reference = identified(identity, node.line, self.into) if identity else named(name)
        item = Item(
            kind=kind,
            stem=stem,
            options=options,
            reference=reference,
            category=self.titles,
            explanation=words.plain(node.first("generalfeedback")),
            guidance=words.plain(node.first("graderinfo")) if kind == Kind.ESSAY else "",
            points=self._points(node),
            is_partial=kind in IN_PARTS and not is_whole(node),
            is_case_sensitive=kind == Kind.SHORT_TEXT and node.said("usecase") == "1",
            option_order=_order(node, kind),
            picture=picture,
            line=node.line,
            is_local=True,
        )
        self._note(node)
        self.into.add(tagged(item, _tags(node), self.into), is_named=not identity)

    def _points(self, node: Node) -> int:
        said = node.said("defaultgrade")
        grade = number(said) if said else None
        if grade is not None and grade == int(grade) and 1 <= grade <= MOST_POINTS:
            return int(grade)
        if said:
            self.into.note(node.line, POINTS)
        return 1

    def _note(self, node: Node) -> None:
        feedbacks = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
        said = (Words(node.line, self.into).plain(node.first(name)) for name in feedbacks)
        if not MOODLES_OWN.issuperset(said):
            self.into.note(node.line, WHOLE_FEEDBACK)
        if any(hint.words for hint in node.all("hint")):
            self.into.note(node.line, HINTS)


def _order(node: Node, kind: str) -> str:
    shuffles = node.said("shuffleanswers") not in {"0", "false", ""}
    return "random" if shuffles or kind not in {Kind.SINGLE, Kind.MULTIPLE} else "written"


def _tags(node: Node) -> Iterator[str]:
    for group in ("tags", "coursetags"):
        for tag in node.first(group).all("tag"):
            yield tag.words
