"""From questions to Moodle XML that Moodle reads as we do."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from quizzes.exchange.encoding import tidy
from quizzes.exchange.markup import to_html
from quizzes.exchange.moodle import digits, fractions, path, title
from quizzes.exchange.tags import tags
from quizzes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quizzes.exchange.items import Item, OptionItem, Picture

BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>'
TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.NUMERIC: "numerical",
    Kind.SHORT_TEXT: "shortanswer",
    Kind.ESSAY: "essay",
}


def write(items: Iterable[Item]) -> str:
    """Return a Moodle XML file. What it has no words for is left out: see `formats.left_out`."""
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_all(items), "</quiz>\n"]
    )


def _all(items: Iterable[Item]) -> Iterator[str]:
    titles: tuple[str, ...] = ()
    for item in items:
        if item.kind not in TYPES:
            continue
        if item.category != titles:
            titles = item.category
            yield '<question type="category">'
            yield f"<category>{_text(path(titles))}</category>"
            yield "</question>"
        yield from _question(item)


def _question(item: Item) -> Iterator[str]:
    yield f'<question type="{TYPES[Kind(item.kind)]}">'
    yield f"<name>{_text(title(item))}</name>"
    yield _stem(item)
    yield f'<generalfeedback format="plain_text">{_text(item.explanation)}</generalfeedback>'
    yield f"<defaultgrade>{item.points}</defaultgrade>"
    yield "<penalty>0.3333333</penalty>"
    yield "<hidden>0</hidden>"
    yield f"<idnumber>{escape(item.reference)}</idnumber>"
    yield from WRITERS[Kind(item.kind)](item)
    if said := [tag for tag in tags(item) if not _is_said(tag, item)]:
        yield "<tags>" + "".join(f"<tag>{_text(tag)}</tag>" for tag in said) + "</tags>"
    yield "</question>"


def _is_said(tag: str, item: Item) -> bool:
    """Whether the format has a place of its own for it."""
    if tag.startswith("order of answers: written"):
        return item.kind in {Kind.SINGLE, Kind.MULTIPLE}
    return tag.startswith(("points:", "capital letters matter"))


def _stem(item: Item) -> str:
    if item.picture is None:
        return f'<questiontext format="plain_text">{_text(item.stem)}</questiontext>'
    source = quoteattr(f"@@PLUGINFILE@@/{quote(item.picture.name)}")
    image = f"<p><img src={source} alt={quoteattr(tidy(item.picture.alt))}></p>"
    words = _text(to_html(item.stem) + image)
    return f'<questiontext format="html">{words}{_file(item.picture)}</questiontext>'


def _file(picture: Picture) -> str:
    content = b64encode(picture.content).decode()
    name = quoteattr(picture.name)
    return f'<file name={name} path="/" encoding="base64">{content}</file>'


def _choices(item: Item) -> Iterator[str]:
    yield f"<single>{'true' if item.kind == Kind.SINGLE else 'false'}</single>"
    yield f"<shuffleanswers>{'true' if item.option_order == 'random' else 'false'}</shuffleanswers>"
    yield "<answernumbering>none</answernumbering>"
    yield from _answers(item)


def _true_false(item: Item) -> Iterator[str]:
    for option, word in zip(item.options, ("true", "false"), strict=False):
        yield _answer(option, "100" if option.is_correct else "0", text=word)


def _typed(item: Item) -> Iterator[str]:
    yield f"<usecase>{int(item.is_case_sensitive)}</usecase>"
    yield from _answers(item)


def _numeric(item: Item) -> Iterator[str]:
    for option, share in zip(item.options, fractions(item), strict=True):
        off = digits(option.tolerance) if option.tolerance else "0"
        yield _answer(option, digits(share), more=f"<tolerance>{off}</tolerance>")


def _matching(item: Item) -> Iterator[str]:
    yield "<shuffleanswers>true</shuffleanswers>"
    for option in item.options:
        answer = f"<answer>{_text(option.match)}</answer>"
        yield f'<subquestion format="plain_text">{_text(option.text)}{answer}</subquestion>'


def _ordering(item: Item) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>"
    yield f"<selectcount>{len(item.options)}</selectcount>"
    grading = "ABSOLUTE_POSITION" if item.is_partial else "ALL_OR_NOTHING"
    yield f"<gradingtype>{grading}</gradingtype><showgrading>SHOW</showgrading>"
    for place, option in enumerate(item.options, start=1):
        yield _answer(option, str(place))


def _essay(item: Item) -> Iterator[str]:
    yield "<responseformat>plain</responseformat><responserequired>1</responserequired>"
    yield f'<graderinfo format="plain_text">{_text(item.guidance)}</graderinfo>'


def _answers(item: Item) -> Iterator[str]:
    for option, share in zip(item.options, fractions(item), strict=True):
        yield _answer(option, digits(share))


def _answer(option: OptionItem, fraction: str, *, text: str = "", more: str = "") -> str:
    feedback = f'<feedback format="plain_text">{_text(option.feedback)}</feedback>'
    words = _text(text or option.text)
    return f'<answer fraction="{fraction}" format="plain_text">{words}{feedback}{more}</answer>'


def _text(text: str) -> str:
    return f"<text>{escape(tidy(text))}</text>"


WRITERS: dict[Kind, Callable[[Item], Iterator[str]]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.TRUE_FALSE: _true_false,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.NUMERIC: _numeric,
    Kind.SHORT_TEXT: _typed,
    Kind.ESSAY: _essay,
}
