"""The one form learners fill in: the answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from typing import Any

    from quizzes.models import Answer

CHOOSE_ONE = "Select one of the answers below"


class AnswerForm(forms.Form):
    """Choose among the options by their place: the place says nothing about what is right."""

    question = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data: Any = None) -> None:
        self.asked = answer.asked
        places = self.asked.places(answer.chosen)
        super().__init__(data, initial={"question": answer.question_id})
        self.fields["choice"] = self._many(places) if self.asked.takes_many else self._one(places)

    def names(self, answer: Answer) -> bool:
        """Return whether what was posted is about this question."""
        return bool(self["question"].value() == str(answer.question_id))

    def chosen(self) -> list[str]:
        """Return the keys of the options that were chosen."""
        choice = self.cleaned_data["choice"]
        places = choice if isinstance(choice, list) else [choice] if choice else []
        return self.asked.keys(int(place) for place in places)

    def _choices(self) -> list[tuple[str, str]]:
        return [(str(place), choice.text) for place, choice in enumerate(self.asked.choices)]

    def _one(self, places: list[int]) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=self.asked.stem,
            help_text="Select one",
            choices=self._choices(),
            widget=forms.RadioSelect,
            required=False,
            initial=next(map(str, places), None),
            error_messages={"invalid_choice": CHOOSE_ONE},
        )

    def _many(self, places: list[int]) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=self.asked.stem,
            help_text="Select all that apply",
            choices=self._choices(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=list(map(str, places)),
            error_messages={"invalid_choice": CHOOSE_ONE, "invalid_list": CHOOSE_ONE},
        )
