"""The forms of somebody's own booking."""

from __future__ import annotations

from django import forms

LONGEST_NEED = 1000  # characters
WHO_SEES_IT = (
    "For example captions, a sign language interpreter, or a break half-way. Only the people who "
    "run this session see it. It is deleted 30 days after the session."
)
LONGEST_NAME = 60  # characters, as much as a meeting tool shows


def need_field() -> forms.CharField:
    """Return the field in which somebody may say what they need to take part."""
    return forms.CharField(
        label="What do you need to take part? (optional)",
        help_text=WHO_SEES_IT,
        required=False,
        max_length=LONGEST_NEED,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Say it in at most {LONGEST_NEED:,} characters."},
    )


class BookingForm(forms.Form):
    """What somebody may say when they book; the rest we know."""

    needs = need_field()
    book_anyway = forms.BooleanField(label="Book anyway", required=False)


class NeedForm(forms.Form):
    """What somebody needs to take part, said later."""

    needs = need_field()


class NameForm(forms.Form):
    """Under which name somebody enters a meeting."""

    name = forms.CharField(
        label="Your name in the meeting",
        max_length=LONGEST_NAME,
        help_text="The others in the meeting see it. Your first name is enough.",
        error_messages={"required": "Give the name that the others in the meeting may see."},
    )
