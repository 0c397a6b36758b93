"""The forms in which an administrator decides about one person's training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.dateformat import format as written

from compliance.models import Decision, Requirement
from members.dates import add_period, today

if TYPE_CHECKING:
    from members.models import Member

Reason, Kind = Decision.Reason, Decision.Kind
EVERYTHING = "Everything asked of them"
ANOTHER_DAY = "other"
NO_DAY = "Choose a day, or one of the days above."
REASONS = {
    Kind.EXEMPTION: (
        Reason.PROFESSIONAL,
        Reason.EQUIVALENT,
        Reason.ACCESS,
        Reason.WELLBEING,
        Reason.OTHER,
    ),
    Kind.EXTENSION: (
        Reason.ILLNESS,
        Reason.FAMILY,
        Reason.TECHNICAL,
        Reason.ACCESS,
        Reason.WELLBEING,
        Reason.CASE,
        Reason.OTHER,
    ),
    Kind.LEAVE: (Reason.FAMILY, Reason.ILLNESS, Reason.OTHER),
}


class DayInput(forms.DateInput):
    """The browser's own box for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """What all decisions share. `facts` are what the verb is called with."""

    member: Member

    def __init__(
        self, *args: Any, member: Member, last: date | None = None, fixed: bool = False, **kw: Any
    ) -> None:
        """`last` is the present last day; `fixed` leaves out whose and what, to correct it."""
        super().__init__(*args, **kw)
        self.member, self.last = member, last
        if fixed:
            self.fields.pop("requirement", None)
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the person."""

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Offer these choices in a form's field."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=required, widget=DayInput)


def reason_field(kind: Decision.Kind, *, required: bool = False) -> forms.ChoiceField:
    offered = [(reason.value, reason.label) for reason in REASONS[kind]]
    label = "Why" if required else "Why (optional)"
    help_text = "Only administrators see this."
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose from the list"), *offered],
        required=required,
        help_text=help_text,
    )


def reference_field() -> forms.CharField:
    return forms.CharField(
        label="Reference (optional)",
        max_length=60,
        required=False,
        help_text="Where the evidence is kept, such as a file number. No details here.",
    )


class AssignForm(DecisionForm):
    """Ask a requirement of one person."""

    requirement = forms.ModelChoiceField(Requirement.objects.kept(), label="What")
    due_on = day_field("Last day (optional)", "Empty: as long as the requirement gives everybody.")
    officers = forms.BooleanField(required=False)

    def prepare(self) -> None:
        unit = self.member.home_unit
        if unit is None:
            del self.fields["officers"]
            return
        self.fields["officers"].label = f"The officers of {unit} see how they stand"

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        seen = said.pop("officers", False)
        return said | {"unit": self.member.home_unit if seen else None}


class ExemptForm(DecisionForm):
    """Free one person from a requirement."""

    requirement = forms.ModelChoiceField(
        Requirement.objects.kept(), label="From what", required=False, empty_label=EVERYTHING
    )
    reason = reason_field(Kind.EXEMPTION, required=True)
    reference = reference_field()
    from_on = day_field("From", required=True)
    until_on = day_field("Until, with this day (optional)", "Empty: for good.")


class ExtendForm(DecisionForm):
    """Give more time: what the last day would be stands in the choices."""

    new_day = forms.ChoiceField(label="New last day", widget=forms.RadioSelect)
    due_on = day_field("Which other day")
    reason = reason_field(Kind.EXTENSION)
    reference = reference_field()

    def prepare(self) -> None:
        start = max(self.last or today(), today())
        days = {
            "Two weeks": start + timedelta(days=14),
            "Four weeks": start + timedelta(days=28),
            "Three months": add_period(start, months=3),
        }
        choices = [(day.isoformat(), f"{written(day, 'j F Y')} ({w})") for w, day in days.items()]
        offer(self, "new_day", [*choices, (ANOTHER_DAY, "Another day")])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new_day") == ANOTHER_DAY and not cleaned.get("due_on"):
            self.add_error("due_on", NO_DAY)
        return cleaned

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        chosen = said.pop("new_day")
        return said | ({} if chosen == ANOTHER_DAY else {"due_on": date.fromisoformat(chosen)})


class LeaveForm(DecisionForm):
    """Record a long leave."""

    from_on = day_field("First day away", required=True)
    until_on = day_field(
        "Last day away (optional)", "Empty: they are not back yet. Correct it when they are."
    )
    reason = reason_field(Kind.LEAVE)
    reference = reference_field()


class DecisionFilter(forms.Form):
    """Narrow the list of decisions, by GET."""

    q = forms.CharField(label="Person", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Every kind"), *Kind.choices]
    )
    ending = forms.BooleanField(label="Ends within 30 days", required=False)
