"""The form of one moment: each question with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from feedback.questions import QUESTIONS

if TYPE_CHECKING:
    from typing import Any


class FeedbackForm(forms.Form):
    """Radio buttons for each question. Nothing is chosen beforehand, and there is no free text:
    what people write can tell who they are."""

    def __init__(self, moment: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS[moment]:
            self.fields[question.slug] = forms.TypedChoiceField(
                label=question.words,
                choices=question.choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(["required", "invalid_choice"], question.advice),
            )

    @property
    def answers(self) -> dict[str, int]:
        return dict(self.cleaned_data)
