"""The forms for training done elsewhere: the member's, and the administrators'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from courses.models import CoursePage, EvidenceDecision
from courses.paper import ACCEPT, EMPTY, Paper, wrong_days, wrong_file
from members.choosers import PEOPLE
from members.models import Member

if TYPE_CHECKING:
    from typing import Any

    from django.core.files import File

NOT_A_DAY = "Give the day as numbers, for example 27 3 2025."
NO_FILE = "Choose a photo or a PDF of your certificate or other proof."


class DaysForm(forms.Form):
    """Two days and what must be true of them."""

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        fields = {"completed": "completed_on", "ends": "expires_on"}
        for which, reason in wrong_days(facts.get("completed_on"), facts.get("expires_on")):
            self.add_error(fields[which], reason)
        return facts

    def clean_file(self) -> File[bytes] | None:
        file: File[bytes] | None = self.cleaned_data["file"]
        if file and (reason := wrong_file(file)):
            raise forms.ValidationError(reason)
        return file

    def paper(self) -> Paper:
        """Return what the filled-in form says of the proof."""
        names = ("provider", "completed_on", "expires_on", "file", "reference")
        facts = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Paper(**facts | {"file": facts.get("file") or None})


class ClaimForm(DaysForm):
    """What a member says about training they did elsewhere."""

    provider = forms.CharField(
        label="Who gave the training?",
        max_length=120,
        help_text="For example a council, an employer, a union or a charity.",
        error_messages={"required": "Say who gave the training."},
    )
    completed_on = forms.DateField(
        label="The day you finished",
        widget=forms.SelectDateWidget,
        help_text="For example, 27 3 2025",
        error_messages={"required": "Give the day you finished.", "invalid": NOT_A_DAY},
    )
    expires_on = forms.DateField(
        label="The last day it is valid (optional)",
        widget=forms.SelectDateWidget,
        required=False,
        help_text="Only if the proof names one.",
        error_messages={"invalid": NOT_A_DAY},
    )
    file = forms.FileField(
        label="A photo or a PDF of the proof",
        help_text="PDF, JPEG or PNG, at most 5 MB. A photo taken with your phone is fine.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": NO_FILE, "missing": NO_FILE, "empty": EMPTY},
    )


def civil_day(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    """Return a field for one day in the administration, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )


class ApprovalForm(DaysForm):
    """The days an administrator lets count: the person's own, or corrected by the proof."""

    completed_on = civil_day("Finished on", required=True)
    expires_on = civil_day(
        "Last valid day by the proof (optional)",
        required=False,
        help_text="It never counts longer than the course's own rule allows.",
    )


class SendBackForm(forms.Form):
    """Why a claim is sent back."""

    reason = forms.CharField(
        label="What should the person do?",
        max_length=EvidenceDecision._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The person reads this. For example: The photo is blurred. Please send another.",
        error_messages={"required": "Say why, so that the person knows what to do."},
    )


class EntryForm(DaysForm):
    """Training that an administrator enters for a person."""

    member = forms.ModelChoiceField(
        Member.objects.all(), label="Person", widget=PEOPLE.widget_class
    )
    course: forms.ModelChoiceField[CoursePage] = forms.ModelChoiceField(
        CoursePage.objects.none(), label="Counts as", empty_label="Choose a course"
    )
    provider = forms.CharField(label="Who gave the training", max_length=120)
    completed_on = civil_day("Finished on", required=True)
    expires_on = civil_day("Last valid day by the proof (optional)", required=False)
    reference = forms.CharField(
        label="Where the proof is kept (optional, if you add a file)",
        max_length=200,
        required=False,
        help_text="For example a folder in the office, or the e-mail of a day.",
    )
    file = forms.FileField(
        label="File (optional)",
        required=False,
        help_text="PDF, JPEG or PNG, at most 5 MB. It is deleted after 30 days.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"empty": EMPTY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A course that nobody may claim for can still be entered: the administrator decides.
        self.fields["course"].queryset = CoursePage.objects.live().order_by("title")  # type: ignore[attr-defined]
