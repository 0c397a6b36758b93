"""The forms of the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from webinars.attendance.reading.decoding import LARGEST
from webinars.models import Attendance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webinars.attendance.showing import Offer

OTHER, NOBODY, IGNORE = "other", "nobody", "ignore"
AS_REPORTED = "reported"
TOO_LARGE = "The file is larger than 10 MB. A report of one session is smaller."
WHICH = "Choose who it is from the list."


class ReportForm(forms.Form):
    """The report of a meeting tool."""

    file = forms.FileField(
        label="The attendance report",
        help_text="The file as you downloaded it, CSV or JSON. Nothing counts before you confirm.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.json"}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return file


class SettleForm(forms.Form):
    """Who somebody in a report is. Only people who are offered can be chosen."""

    who = forms.ChoiceField(label="Who is it?", widget=forms.RadioSelect)
    other = forms.ChoiceField(label="Somebody else who booked", required=False)

    def __init__(
        self, *args: Any, close: Sequence[Offer], booked: Sequence[Offer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(offer.member.pk): offer.member for offer in (*close, *booked)}
        who: Any = self.fields["who"]
        who.choices = [(str(offer.member.pk), offer.name) for offer in close]
        who.choice_hints = {str(offer.member.pk): offer.hint for offer in close if offer.hint}
        if booked:
            who.choices += [(OTHER, "Somebody else: choose below")]
            other: Any = self.fields["other"]
            other.choices = [("", "Choose"), *((str(it.member.pk), it.words) for it in booked)]
        else:
            del self.fields["other"]
        who.choices += [
            (NOBODY, "Nobody of ours, or I do not know"),
            (IGNORE, "Not somebody who took part: a host, a panellist or a test"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") == OTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", WHICH)
        return cleaned

    def said(self) -> dict[str, Any]:
        """Return what was chosen, as `settle` takes it."""
        who = self.cleaned_data["who"]
        chosen = self.cleaned_data["other"] if who == OTHER else who
        return {"member": self.people.get(chosen), "ignore": who == IGNORE}


class OutcomeForm(forms.Form):
    """What the host knows of somebody's attendance."""

    outcome = forms.ChoiceField(label="Attendance", widget=forms.RadioSelect)

    def __init__(self, *args: Any, row: Attendance | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = list(Attendance.Outcome.choices)
        if row:
            outcome.initial = row.outcome
        if row and row.how == Attendance.How.HAND:
            outcome.choices += [(AS_REPORTED, "What the reports say, not what was entered here")]
