"""Ways of answering, one for each type of question: which fields it has, and what they mean.

Lists, not dragging: they work with a keyboard, a screen reader, and without JavaScript.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxLengthValidator
from django.template.defaultfilters import linebreaksbr

from quizzes.kinds import Kind
from quizzes.numbers import read_number
from quizzes.writing import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from quizzes.asked import AskedQuestion

    Fields = dict[str, forms.Field]
    Cleaned = Mapping[str, Any]

CHOOSE_ONE = "Select one of the answers below"
CHOOSE_FROM_LIST = "Choose one from the list"
NO_PLACE = "Choose a place for “{text}”, or clear all the others"
PLACE_TAKEN = "{place} is there twice: “{text}” needs a place of its own"
NOT_A_NUMBER = "Write only a number, in digits, such as 18 or 2.5"
TOO_LONG = "Write at most {most:,} characters: these are %(show_value)s"
QUIET = {"autocomplete": "off", "spellcheck": "false"}


class Way:
    """How a type of question is answered."""

    is_grouped = False

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        """Return the fields of its form, filled with what was answered before."""
        raise NotImplementedError

    def problems(self, asked: AskedQuestion, cleaned: Cleaned) -> dict[str, str]:
        """Return what does not hold together, by field."""
        return {}

    def chosen(self, asked: AskedQuestion, cleaned: Cleaned) -> list[str]:
        """Return what was chosen, as an answer keeps it."""
        return []


class OneOf(Way):
    """Radio buttons."""

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        field = forms.ChoiceField(
            label=linebreaksbr(asked.stem),
            help_text="Select one",
            choices=_places(choice.text for choice in asked.choices),
            widget=forms.RadioSelect,
            required=False,
            initial=next(map(str, asked.places(chosen)), None),
            error_messages={"invalid_choice": CHOOSE_ONE},
        )
        return {"choice": field}

    def chosen(self, asked: AskedQuestion, cleaned: Cleaned) -> list[str]:
        return asked.keys([int(cleaned["choice"])] if cleaned["choice"] else [])


class SomeOf(Way):
    """Checkboxes."""

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        field = forms.MultipleChoiceField(
            label=linebreaksbr(asked.stem),
            help_text="Select all that apply",
            choices=_places(choice.text for choice in asked.choices),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=list(map(str, asked.places(chosen))),
            error_messages={"invalid_choice": CHOOSE_ONE, "invalid_list": CHOOSE_ONE},
        )
        return {"choice": field}

    def chosen(self, asked: AskedQuestion, cleaned: Cleaned) -> list[str]:
        return asked.keys(map(int, cleaned["choice"]))


class Pairs(Way):
    """A list for each left-hand side. Some of them may be left for later."""

    is_grouped = True
    hint = "For each line, choose what goes with it. You may use a choice more than once."

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        rights = [choice.key for choice in asked.matches]
        given = dict(pair.split(":") for pair in chosen)
        choices = _places(choice.match for choice in asked.matches)
        return {
            f"pair-{place}": _select(
                left.text, choices, rights.index(given[left.key]) if left.key in given else None
            )
            for place, left in enumerate(asked.choices)
        }

    def chosen(self, asked: AskedQuestion, cleaned: Cleaned) -> list[str]:
        given = [(left, cleaned[f"pair-{n}"]) for n, left in enumerate(asked.choices)]
        return [f"{left.key}:{asked.matches[int(place)].key}" for left, place in given if place]


class Order(Way):
    """A list of numbers for each line. All of them, each number once, or none at all."""

    is_grouped = True
    hint = "Give each line its number: 1 comes first."

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        numbers = [(str(n), str(n + 1)) for n in range(len(asked.choices))]
        return {
            f"place-{n}": _select(
                choice.text, numbers, chosen.index(choice.key) if choice.key in chosen else None
            )
            for n, choice in enumerate(asked.choices)
        }

    def problems(self, asked: AskedQuestion, cleaned: Cleaned) -> dict[str, str]:
        if not any(cleaned.values()):
            return {}
        problems: dict[str, str] = {}
        taken: set[str] = set()
        for n, choice in enumerate(asked.choices):
            place = cleaned.get(name := f"place-{n}")
            if place == "":
                problems[name] = NO_PLACE.format(text=choice.text)
            elif place in taken:
                problems[name] = PLACE_TAKEN.format(place=int(place) + 1, text=choice.text)
            elif place:
                taken.add(place)
        return problems

    def chosen(self, asked: AskedQuestion, cleaned: Cleaned) -> list[str]:
        given = {cleaned[f"place-{n}"]: choice.key for n, choice in enumerate(asked.choices)}
        return [given[place] for place in sorted(given, key=int)] if "" not in given else []


class Number(Way):
    """A box for a number."""

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        field = NumberField(
            label=linebreaksbr(asked.stem),
            help_text="Write a number in digits",
            required=False,
            initial=next(iter(chosen), ""),
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "class": "govuk-input--width-10", **QUIET}
            ),
        )
        return {"number": field}

    def chosen(self, asked: AskedQuestion, cleaned: Cleaned) -> list[str]:
        return [cleaned["number"]] if cleaned["number"] else []


class ShortText(Way):
    """A box for a few words."""

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        most = LONGEST[Kind.SHORT_TEXT]
        hint = "A word or a few. A computer marks it and nobody reads it."
        box = forms.TextInput(attrs={"autocapitalize": "none", **QUIET})
        return {"text": _text(asked, typed, most=most, hint=hint, widget=box)}


class Essay(Way):
    """A box for many words."""

    def fields(self, asked: AskedQuestion, chosen: Sequence[str], typed: str) -> Fields:
        most = LONGEST[Kind.ESSAY]
        hint = (
            f"Up to {most:,} characters. Please write about the question only: this is no way to "
            "report anything."
        )
        return {"text": _text(asked, typed, most=most, hint=hint, widget=forms.Textarea())}


class NumberField(forms.CharField):
    """A number as people write it; what is typed stays in the box."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        number = read_number(text) if text else ""
        if number is None:
            raise forms.ValidationError(NOT_A_NUMBER)
        return number


class TextField(forms.CharField):
    """Words. A line break counts as one character, as it does for who types it."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def _text(
    asked: AskedQuestion, typed: str, *, most: int, hint: str, widget: forms.Widget
) -> forms.Field:
    # Not max_length: the browser would cut off what is pasted, and say nothing.
    return TextField(
        label=linebreaksbr(asked.stem),
        help_text=hint,
        required=False,
        initial=typed,
        widget=widget,
        validators=[MaxLengthValidator(most, TOO_LONG.format(most=most))],
    )


def _select(label: str, choices: list[tuple[str, str]], place: int | None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose"), *choices],
        required=False,
        initial="" if place is None else str(place),
        error_messages={"invalid_choice": CHOOSE_FROM_LIST},
    )


def _places(texts: Any) -> list[tuple[str, str]]:
    return [(str(place), text) for place, text in enumerate(texts)]


WAYS: dict[str, Way] = {
    Kind.SINGLE: OneOf(),
    Kind.TRUE_FALSE: OneOf(),
    Kind.MULTIPLE: SomeOf(),
    Kind.MATCHING: Pairs(),
    Kind.ORDERING: Order(),
    Kind.NUMERIC: Number(),
    Kind.SHORT_TEXT: ShortText(),
    Kind.ESSAY: Essay(),
}
