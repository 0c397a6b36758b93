"""The days a report may be asked for: `on` and, for what was known then, `known`.

A day that has not come is refused: a report says how things stood, it does not foretell. So is
knowledge of a day before that day came.
"""

from __future__ import annotations

from datetime import date

from django import forms

from compliance.duty.people import AsAt
from members.dates import today

EARLIEST = date(2000, 1, 1)
FORMATS = ["%Y-%m-%d", "%d %m %Y", "%d/%m/%Y", "%d %B %Y"]
NO_DAY = "Give a day, such as 1 5 2026."
TO_COME = "This day has not come yet. Choose today or an earlier day."
TOO_EARLY = "This is before the year 2000. Check the year."
FORETOLD = "Nobody knew that day before it came. Choose the same day or a later one."


class DayForm(forms.Form):
    """Which day the report is about. Empty: today."""

    on = forms.DateField(
        label="How it stood on",
        help_text="For example, 1 5 2026. Empty means today.",
        required=False,
        input_formats=FORMATS,
        error_messages={"invalid": NO_DAY},
    )
    known = forms.DateField(
        label="As it was known on (optional)",
        help_text="Leaves out all that was recorded or corrected after that day.",
        required=False,
        input_formats=FORMATS,
        error_messages={"invalid": NO_DAY},
    )

    def clean_on(self) -> date:
        return _seen(self.cleaned_data["on"]) or today()

    def clean_known(self) -> date | None:
        known, on = _seen(self.cleaned_data["known"]), self.cleaned_data.get("on")
        if known and on and known < on:
            raise forms.ValidationError(FORETOLD)
        return known

    @property
    def as_at(self) -> AsAt:
        """What was asked for. As known today is as known now."""
        known: date | None = self.cleaned_data["known"]
        return AsAt(self.cleaned_data["on"], None if known == today() else known)


def _seen(day: date | None) -> date | None:
    if day and day > today():
        raise forms.ValidationError(TO_COME)
    if day and day < EARLIEST:
        raise forms.ValidationError(TOO_EARLY)
    return day
