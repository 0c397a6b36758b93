"""Our own JSON: every field of a question, with a version number, so that nothing is lost."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quizzes.exchange.items import Item, OptionItem, Picture, StepItem
from quizzes.exchange.json_lines import Document, RefusedError
from quizzes.exchange.moodle import digits, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from quizzes.exchange.gathering import Gathering

FORMAT, VERSION = "duty-of-care-questions", 1
NOT_OURS = f"This is JSON, but not ours: it does not begin with “format”: “{FORMAT}”."
TOO_NEW = f"The file is of version {{version}}; this site reads up to version {VERSION}."
UNKNOWN = "“{name}” is no field of {what}. Is it misspelt?"
WRONG = "“{name}” of {what} should be {expected}."
MISSING = "{what} needs “{name}”."
TOO_DEEP = "A step cannot have steps of its own."
OF_THE_FILE = {"line", "is_local"}
A, AN = "a question", "an answer"


class _WrongError(ValueError):
    """An entry is not as it should be."""


def write(items: Iterable[Item]) -> str:
    """Return a file with these questions, one a line."""
    lines = ",\n".join(json.dumps(_object(item), ensure_ascii=False) for item in items)
    return f'{{"format": "{FORMAT}", "version": {VERSION}, "items": [\n{lines}\n]}}\n'


def read(text: str, into: Gathering) -> None:
    """Read a file that `write` wrote, or a person in the same shape."""
    try:
        _read(Document(text), into)
    except RefusedError as refused:
        into.error(refused.line, str(refused))


def _read(document: Document, into: Gathering) -> None:
    if not document.begins("{"):
        raise RefusedError(NOT_OURS, document.line)
    is_ours = False
    for name, line in document.members():
        if name == "items" and is_ours and document.begins("["):
            for entry, at in document.entries():
                _take(entry, at, into)
            continue
        value = document.value()
        is_ours = is_ours or (name == "format" and value == FORMAT)
        if name == "version" and not (isinstance(value, int) and 1 <= value <= VERSION):
            raise RefusedError(TOO_NEW.format(version=str(value)[:10]), line)
    if not is_ours:
        raise RefusedError(NOT_OURS, 1)


def _take(entry: Any, line: int, into: Gathering) -> None:
    try:
        into.add(_item(entry, line))
    except _WrongError as wrong:
        into.error(line, str(wrong))


def _object(thing: Item | OptionItem | StepItem | Picture) -> dict[str, Any]:
    """Return the fields that are not what they are when nothing is said."""
    return {
        each.name: _value(value)
        for each in fields(thing)
        if each.name not in OF_THE_FILE
        and ((value := getattr(thing, each.name)) != each.default or each.name == "is_correct")
    }


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value if isinstance(value, str | int | None) else _object(value)


def _item(entry: Any, line: int, *, is_step: bool = False) -> Item:
    if is_step and isinstance(entry, dict) and entry.get("steps"):
        raise _WrongError(TOO_DEEP)
    return Item(**_fields(entry, ITEM, A, ("kind", "stem")), line=line)


def _option(entry: Any) -> OptionItem:
    return OptionItem(**_fields(entry, OPTION, AN, ("text",)))


def _step(entry: Any) -> StepItem:
    return StepItem(**_fields(entry, STEP, "a step", ("question",)))


def _picture(entry: Any) -> Picture:
    return Picture(**_fields(entry, PICTURE, "a picture", ("name", "content")))


Taking = tuple["Callable[[Any], Any]", str]


def _fields(
    entry: Any, known: Mapping[str, Taking], what: str, needed: tuple[str, ...]
) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise _WrongError(f"Here should be {what}: names and values in braces.")
    for name in needed:
        if name not in entry:
            raise _WrongError(MISSING.format(what=what.capitalize(), name=name))
    found = {}
    for name, value in entry.items():
        if name not in known:
            raise _WrongError(UNKNOWN.format(name=name[:40], what=what))
        take, expected = known[name]
        try:
            found[name] = take(value)
        except (TypeError, binascii.Error) as error:
            raise _WrongError(WRONG.format(name=name, what=what, expected=expected)) from error
    return found


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 10**6:
        raise TypeError
    return value


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    is_one = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    found = number(str(value)) if is_one and len(str(value)) < 40 else None
    if found is None:
        raise TypeError
    return found


def _bytes(value: Any) -> bytes:
    words = _words(value)
    if not words.isascii():
        raise TypeError
    return b64decode(words, validate=True)


def _each(take: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def taken(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError
        return tuple(take(one) for one in value)

    return taken


WORDS: Taking = (_words, "words in quotation marks")
FLAG: Taking = (_flag, "true or false")
NUMBER: Taking = (_number, "a number in quotation marks, such as “33.33333”")
OPTION: dict[str, Taking] = {
    **dict.fromkeys(("text", "match", "feedback"), WORDS),
    **dict.fromkeys(("is_correct", "is_pinned"), FLAG),
    **dict.fromkeys(("weight", "tolerance"), NUMBER),
}
PICTURE: dict[str, Taking] = {
    **dict.fromkeys(("name", "alt"), WORDS),
    "content": (_bytes, "the file in base64"),
}
STEP: dict[str, Taking] = {
    "lead_in": WORDS,
    "question": (lambda entry: _item(entry, 0, is_step=True), "a question"),
}
TEXTS = "kind stem reference explanation guidance option_order nation source law_as_at review_by"
ITEM: dict[str, Taking] = {
    **dict.fromkeys(TEXTS.split(), WORDS),
    **dict.fromkeys(("is_partial", "is_case_sensitive"), FLAG),
    "points": (_whole, "a whole number"),
    "category": (_each(_words), "a list of words"),
    "options": (_each(_option), "a list of answers"),
    "steps": (_each(_step), "a list of steps"),
    "picture": (lambda entry: entry and _picture(entry), "a picture"),
}
