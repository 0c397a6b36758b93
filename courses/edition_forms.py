"""The form of a new edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from courses.models import Edition
from courses.publishing import contradictions
from members.typed import is_number

if TYPE_CHECKING:
    from typing import Any

WRONG_NUMBER = "This is not the number. Nothing is published yet, and all you filled in is still "
WRONG_NUMBER += "here. To go on, type {number:,}."


class EditionForm(forms.Form):
    """What a new edition is, and what it means for those who did an older one."""

    kind = forms.ChoiceField(
        label="What kind of edition is it?",
        choices=Edition.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of edition it is."},
    )
    what_changed = forms.CharField(
        label="What is new?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences. Learners read them on the course page.",
        error_messages={"required": "Say what is new, in one or two sentences."},
    )
    old_count_until = forms.DateField(
        label="What people have done counts until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="For a major edition: the last day. Give people time to do it again. "
        "Empty: it stops counting today.",
    )
    half_way = forms.ChoiceField(
        label="What about people who are half-way?",
        choices=Edition.HalfWay.choices,
        initial=Edition.HalfWay.KEEP,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens to people who are half-way."},
    )
    follows = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, day = cleaned.get("kind", ""), cleaned.get("old_count_until")
        for name, words in contradictions(kind, day, cleaned.get("half_way")).items():
            self.add_error(name, words)
        return cleaned


class NumberForm(forms.Form):
    """The number of people whom an edition touches, typed to show that it is meant."""

    number = forms.CharField(
        label="Type the number of people this touches",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12}),
        required=False,
    )

    def __init__(self, *args: Any, touched: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.touched = touched

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        if not is_number(typed, self.touched):
            raise forms.ValidationError(WRONG_NUMBER.format(number=self.touched))
        return typed
