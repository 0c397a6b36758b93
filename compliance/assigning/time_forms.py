"""The later steps of an assignment: by when, with which mails, and the last yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from compliance.assigning.assignment import OWN
from compliance.assigning.forms import StepForm
from compliance.assigning.steps import OVER
from compliance.decisions.forms import DayInput, offer
from compliance.duty.timeline import Anchor
from compliance.models.version import MOST_GRACE_DAYS
from compliance.reminders.plan import MAILS
from members.dates import add_period, today

if TYPE_CHECKING:
    from datetime import date

MOST_YEARS_AHEAD = 5
NO_DAY = "Say which day it is."
NO_DAYS = "Say how many days they have."
TOO_FAR = "This is more than five years away. Check the year."


class WhenForm(StepForm):
    """By when it is to be done."""

    anchor = forms.ChoiceField(label="By when?", widget=forms.RadioSelect)
    grace_days = forms.IntegerField(
        label="How many days",
        required=False,
        min_value=1,
        max_value=MOST_GRACE_DAYS,
        help_text="Not needed if everybody has the same last day.",
    )
    fixed_on = forms.DateField(
        label="The last day for everybody",
        required=False,
        widget=DayInput,
        help_text="Only if everybody has the same last day.",
    )

    def prepare(self) -> None:
        fixed = (Anchor.FIXED.value, "Everybody by the same day")
        if self.plan.is_new:
            start = "Days from today" if self.plan.is_named else "Days from the day the post began"
            if not self.plan.is_named:
                start += ", or from today if that is later"
            sign_in = (Anchor.SIGN_IN.value, "Days from the day they first sign in")
            choices = [(Anchor.START.value, start), fixed, sign_in]
        else:
            del self.fields["grace_days"]
            choices = [(OWN, "As the requirement says for everybody"), fixed]
        offer(self, "anchor", choices)
        self.initial = {"grace_days": 30, "anchor": choices[0][0], **self.plan.when}

    def clean_fixed_on(self) -> date | None:
        day: date | None = self.cleaned_data["fixed_on"]
        if day and day < today():
            raise forms.ValidationError(OVER)
        if day and day > add_period(today(), years=MOST_YEARS_AHEAD):
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("anchor") == Anchor.FIXED:
            self.need("fixed_on", NO_DAY)
        elif cleaned.get("anchor") in (Anchor.START, Anchor.SIGN_IN):
            self.need("grace_days", NO_DAYS)
        return cleaned

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        is_fixed = given["anchor"] == Anchor.FIXED
        return {
            "anchor": given["anchor"],
            "grace_days": None if is_fixed else given.get("grace_days"),
            "fixed_on": given["fixed_on"].isoformat() if is_fixed else None,
        }


class MessagesForm(StepForm):
    """Which mails are sent."""

    mails = forms.MultipleChoiceField(
        label="Which mails do they get?",
        choices=[(mail.code, mail.label) for mail in MAILS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def prepare(self) -> None:
        chosen = self.plan.messages
        self.initial = {"mails": [mail.code for mail in MAILS] if chosen is None else chosen}
        if not self.plan.is_new:
            del self.fields["mails"]

    def said(self) -> list[str]:
        return list(self.cleaned_data.get("mails", []))


class CheckForm(StepForm):
    """The last yes; with the number of people typed, if they are many."""

    typed = forms.CharField(required=False)

    def prepare(self) -> None:
        if not self.plan.asks_for_number:
            del self.fields["typed"]
            return
        self.fields["typed"].label = "How many people does this touch?"
        self.fields[
            "typed"
        ].help_text = f"This touches many people. To go on, type {self.plan.counts.touched:,}."

    def said(self) -> str:
        return str(self.cleaned_data.get("typed", ""))
