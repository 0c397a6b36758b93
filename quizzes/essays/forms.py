"""What markers fill in."""

from __future__ import annotations

from django import forms

from quizzes.models import Quiz

MARKS = [
    (0, "0: nothing of what was asked for"),
    (25, "25: a little of it"),
    (50, "50: half of it"),
    (75, "75: most of it"),
    (100, "100: all of it"),
]


class QueueFilter(forms.Form):
    """Which essays to list."""

    quiz = forms.ModelChoiceField(Quiz.objects.all(), required=False, empty_label="Every quiz")
    person = forms.CharField(required=False, help_text="Part of a name.")


class MarkForm(forms.Form):
    """How much of what was asked for is there, and what the learner is told."""

    mark = forms.TypedChoiceField(
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a mark."},
    )
    comment = forms.CharField(
        label="Comment for the learner (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="They read it with their result, and it is kept when the text is deleted. "
        "Repeat nothing personal from the text.",
    )
