"""What the pages of the import ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from quizzes.authoring.filters import TOPICS, TopicField
from quizzes.exchange.formats import FORMATS

if TYPE_CHECKING:
    from typing import Any

    from members.models import Member
    from quizzes.exchange.plan import Plan

MOST_MEGABYTES = 20
TOO_BIG = f"The file is larger than {MOST_MEGABYTES} MB. Split it and import the parts."


class FileForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label="File",
        help_text=f"A text, XML or JSON file of questions, at most {MOST_MEGABYTES} MB.",
        widget=forms.FileInput(attrs={"accept": ".txt,.gift,.xml,.json"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "The file is empty. Choose a file with questions.",
        },
    )
    format = forms.ChoiceField(
        label="Format",
        choices=[("", "Find it out"), *FORMATS.items()],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(TOO_BIG)
        return file


class YesForm(forms.Form):
    """What is to be done with the questions. It asks only what the person may decide."""

    update = forms.ChoiceField(
        label="Questions that are in the bank already",
        choices=(
            ("", "Leave them as they are"),
            ("yes", "Give them a new version, where the file differs"),
        ),
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    publish = forms.BooleanField(
        label="Publish the questions that are complete",
        help_text="Otherwise all of them are drafts, and nobody is asked them yet.",
        required=False,
    )
    usual = TopicField(
        TOPICS,
        label="Category for questions that name none",
        empty_label="A new one: Imported questions",
        to_field_name="slug",
        required=False,
    )

    def __init__(self, data: Any = None, *, plan: Plan, by: Member) -> None:
        super().__init__(data)
        if not plan.there or not by.has_perm("quizzes.change_question"):
            del self.fields["update"]
        if not by.has_perm("quizzes.publish_question"):
            del self.fields["publish"]
        if all(item.category for item in plan.found.items):
            del self.fields["usual"]

    def wishes(self) -> dict[str, Any]:
        """Return what was chosen, as `import_questions` takes it."""
        chosen = self.cleaned_data
        usual = chosen.get("usual")
        return {
            "update": chosen.get("update") == "yes",
            "publish": bool(chosen.get("publish")),
            "usual": usual.slug if usual else "",
        }
