"""Which time the report is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from webinars.reports.figures import Period

if TYPE_CHECKING:
    from typing import Any

WITHIN = [
    MinValueValidator(date(2000, 1, 1), "Choose a day after the year 2000."),
    MaxValueValidator(date(2999, 12, 31), "Choose a day before the year 3000."),
]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=WITHIN,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day such as 27 3 2027."},
    )


class PeriodForm(forms.Form):
    """The first and the last day; the usual time where one is left out."""

    since = _day("From")
    until = _day("To")

    def __init__(self, data: Any) -> None:
        usual = Period.usual()
        given = {"since": usual.since.isoformat(), "until": usual.until.isoformat()}
        given |= {name: data[name] for name in given if data.get(name)}
        super().__init__(given)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "Choose a last day that is not before the first.")
        return cleaned

    @property
    def period(self) -> Period:
        """The period asked for; the usual one if what was asked for makes none."""
        if not self.is_valid():
            return Period.usual()
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])
