"""The one form learners fill in: the answer to a question, whatever its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from quizzes.ways import WAYS

if TYPE_CHECKING:
    from typing import Any

    from django.forms import BoundField

    from quizzes.models import Answer


class AnswerForm(forms.Form):
    """An answer. Options are named by their place, which says nothing about what is right."""

    question = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data: Any = None) -> None:
        self.asked = answer.asked
        self.way = WAYS[self.asked.kind]
        super().__init__(data, initial={"question": answer.question_id})
        self.fields |= self.way.fields(self.asked, answer.chosen, answer.typed)

    def clean(self) -> dict[str, Any]:
        """Say what does not hold together; nothing at all is an answer left for later."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "question"}
        for name, problem in self.way.problems(self.asked, given).items():
            self.add_error(name, problem)
        return self.cleaned_data

    def names(self, answer: Answer) -> bool:
        """Return whether what was posted is about this question."""
        return bool(self["question"].value() == str(answer.question_id))

    @property
    def chosen(self) -> list[str]:
        """What was chosen, as an answer keeps it."""
        return self.way.chosen(self.asked, self.cleaned_data)

    @property
    def typed(self) -> str:
        """What was written."""
        return str(self.cleaned_data.get("text", ""))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.chosen and not self.typed.strip()

    @property
    def heading(self) -> BoundField | None:
        """The one field the question is the heading of; None when it heads a group of them."""
        return None if self.way.is_grouped else self.visible_fields()[0]
