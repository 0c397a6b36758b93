"""What a browser tells about a recording that is played."""

from __future__ import annotations

from django import forms

from webinars.recordings.watching import PARTS

WRONG_PARTS = f"parts: give whole numbers from 0 to {PARTS - 1}, one for each twentieth played."


class PartsForm(forms.Form):
    """Twentieths of the recording: `parts=0&parts=1`. None at all: somebody says they have
    watched it."""

    parts = forms.TypedMultipleChoiceField(
        choices=[(number, number) for number in range(PARTS)],
        coerce=int,
        required=False,
        error_messages={"invalid_choice": WRONG_PARTS, "invalid_list": WRONG_PARTS},
    )
