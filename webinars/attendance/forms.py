"""The forms of the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from webinars.attendance.reading.decoding import LARGEST
from webinars.host.naming import Named, UnknownAddress, by_address
from webinars.models import Attendance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import Member
    from webinars.attendance.showing import Offer

OTHER, ADDRESS, NOBODY, IGNORE = "other", "address", "nobody", "ignore"
AS_REPORTED = "reported"
TOO_LARGE = "The file is larger than 10 MB. A report of one session is smaller."
WHICH = "Choose who it is from the list."
WHOSE = "Enter their e-mail address."
UNKNOWN = "Nobody with the address {address} can be counted. Check the address with them."


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
    """Who somebody in a report is: one of the people offered, or whose address the host knows."""

    who = forms.ChoiceField(label="Who is it?", widget=forms.RadioSelect)
    other = forms.ChoiceField(label="Somebody else who booked", required=False)
    address = forms.EmailField(
        label="The e-mail address of somebody who did not book",
        help_text="The one they sign in with here. Ask them.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        close: Sequence[Offer],
        booked: Sequence[Offer],
        by: Member,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.named: list[Named] = []
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
            (ADDRESS, "Somebody who did not book: give their address below"),
            (NOBODY, "Nobody of ours, or I do not know"),
            (IGNORE, "Not somebody who took part: a host, a panellist or a test"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") == OTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", WHICH)
        if cleaned.get("who") == ADDRESS and "address" not in self.errors:
            self._find(cleaned)
        return cleaned

    def _find(self, cleaned: dict[str, Any]) -> None:
        """Look up whose address it is. Only so many are: who is a member is nobody's business."""
        if not cleaned.get("address"):
            return self.add_error("address", WHOSE)
        try:
            self.named = by_address([cleaned["address"]], asked_by=self.by, unknown=UNKNOWN)
            self.people[ADDRESS] = self.named[0].member
        except UnknownAddress as reason:
            self.add_error("address", str(reason))

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
