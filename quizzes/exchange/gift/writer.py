"""From questions to GIFT that Moodle reads as we do."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from quizzes.exchange.encoding import tidy
from quizzes.exchange.gift.blocks import as_item, escaped
from quizzes.exchange.leaving_out import has_arrow
from quizzes.exchange.moodle import FULL, digits, fractions, path, title
from quizzes.exchange.tags import tags
from quizzes.kinds import CHOICES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from quizzes.exchange.items import Item, OptionItem


def write(items: Iterable[Item]) -> str:
    """Return a GIFT file. What it has no words for is left out: see `formats.left_out`."""
    return "\n".join(_lines(items))


def _lines(items: Iterable[Item]) -> Iterator[str]:
    titles: tuple[str, ...] = ()
    for item in items:
        if item.kind == Kind.SCENARIO or has_arrow(item):
            continue
        if item.category != titles:
            titles = item.category
            yield f"$CATEGORY: {path(titles)}\n"
        yield from _comments(item)
        yield f"::{escaped(title(item))}::[plain]{escaped(item.stem)}{{{_body(item)}}}\n"


def _comments(item: Item) -> Iterator[str]:
    said = [f"[id:{item.reference}]"] if item.reference else []
    said += ["[tag:" + tag.replace("]", "\\]") + "]" for tag in tags(item)]
    if said:
        yield "// " + " ".join(said)


def _body(item: Item) -> str:
    if item.kind == Kind.ORDERING:
        texts = [as_item(option.text) for option in item.options]
        grading = "ABSOLUTE_POSITION" if item.is_partial else "ALL_OR_NOTHING"
        first = f">{len(texts)} ALL VERTICAL {grading} SHOW"
        return "\n".join([first, *texts, ""])
    feedback = f"####{_text(item.explanation)}" if item.explanation else ""
    if item.kind == Kind.TRUE_FALSE:
        return _true_false(item) + feedback
    begin, line = LINES.get(item.kind, ("", _choice))
    shares = zip(item.options, fractions(item), strict=True)
    lines = [line(option, share, item.kind) for option, share in shares]
    ends = [feedback] if feedback else []
    return "\n\t".join([begin, *lines, *ends]) + ("\n" if lines else "")


def _true_false(item: Item) -> str:
    true, false = item.options  # in this order: see `true_first`
    answer, right, wrong = ("TRUE", true, false) if true.is_correct else ("FALSE", false, true)
    if right.feedback:
        return f"{answer}#{_text(wrong.feedback)}#{_text(right.feedback)}"
    return answer + _feedback(wrong)


def _choice(option: OptionItem, share: Decimal, kind: str) -> str:
    mark = f"~%{digits(share)}%" if share else "~"
    if kind == Kind.SINGLE and share == FULL:
        mark = "="
    return mark + _text(option.text) + _feedback(option)


def _typed(option: OptionItem, share: Decimal, kind: str) -> str:
    return f"=%{digits(share)}%{_text(option.text)}#{_no_arrow(option.feedback)}"


def _number(option: OptionItem, share: Decimal, kind: str) -> str:
    off = digits(option.tolerance) if option.tolerance else "0"
    return f"=%{digits(share)}%{option.text}:{off}#{_text(option.feedback)}"


def _pair(option: OptionItem, share: Decimal, kind: str) -> str:
    return f"={_no_arrow(option.text)} -> {escaped(option.match)}"


def _feedback(option: OptionItem) -> str:
    return f"#{_text(option.feedback)}" if option.feedback else ""


def _no_arrow(text: str) -> str:
    """Return a text without the mark of matching, which has no escape of its own."""
    if "->" not in text:
        return _text(text)
    return "[html]" + escaped(html.escape(tidy(text), quote=False).replace("\n", "<br>"))


def _text(text: str) -> str:
    """Return a text whose beginning is not taken for a mark."""
    return ("[plain]" if text.startswith(("[", "%")) else "") + escaped(text)


LINES: dict[str, tuple[str, Callable[[OptionItem, Decimal, str], str]]] = {
    **dict.fromkeys(CHOICES, ("", _choice)),
    Kind.NUMERIC: ("#", _number),
    Kind.SHORT_TEXT: ("", _typed),
    Kind.MATCHING: ("", _pair),
}
