"""What may be asked of the table of a region's or the party's places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from compliance.duty.terms import Terms
    from compliance.reports.quality import Quality
    from compliance.reports.region import Line


class Show(models.TextChoices):
    """Which places."""

    ALL = "", "All"
    OVERDUE = "overdue", "With somebody overdue"
    NO_CHAIR = "no-chair", "With no chair recorded"
    NO_SECRETARY = "no-secretary", "With no secretary recorded"
    STALE = "stale", "With no change of a role recorded for 90 days"
    NO_EMAIL = "no-email", "With role holders who have no e-mail address"
    NEVER_SIGNED_IN = "never-signed-in", "With people who have never signed in"


class Sort(models.TextChoices):
    """In which order."""

    SHARE = "", "Smallest share up to date first"
    NAME = "name", "By name"


TODAY_ONLY = {Show.STALE, Show.NO_EMAIL, Show.NEVER_SIGNED_IN}
# Which places have such people would tell, of a place whose numbers are not shown, what they are.
NAMED_ONLY = {Show.NO_EMAIL, Show.NEVER_SIGNED_IN}
FITS: dict[str, Callable[[Line, Quality], object]] = {
    Show.ALL: lambda line, found: True,
    Show.OVERDUE: lambda line, found: line.shown.overdue,
    Show.NO_CHAIR: lambda line, found: line.part.without_chair,
    Show.NO_SECRETARY: lambda line, found: line.without_secretary,
    Show.STALE: lambda line, found: line.stale,
    Show.NO_EMAIL: lambda line, found: found.without_email[line.unit.path],
    Show.NEVER_SIGNED_IN: lambda line, found: found.never_signed_in[line.unit.path],
}


class PartsFilter(forms.Form):
    """Order and narrow the table, or make it about one requirement."""

    requirement = forms.ChoiceField(required=False, label="Training")
    show = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(required=False, choices=Sort.choices, label="Order")

    def __init__(self, data: Any, asked: Sequence[Terms], *, named: bool, is_today: bool) -> None:
        super().__init__(data)
        self.asked = {str(term.requirement.pk): term for term in asked}
        titles = [(key, term.requirement.title) for key, term in self.asked.items()]
        self._offer("requirement", [("", "All"), *titles])
        left_out = (set() if named else NAMED_ONLY) | (set() if is_today else TODAY_ONLY)
        self._offer("show", [(one.value, one.label) for one in Show if one not in left_out])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def terms(self) -> list[Terms]:
        """The terms that the table is about."""
        chosen = self.cleaned_data["requirement"]
        return [self.asked[chosen]] if chosen else list(self.asked.values())

    @property
    def requirement_title(self) -> str:
        chosen = self.cleaned_data["requirement"]
        return self.asked[chosen].requirement.title if chosen else ""

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, as an address carries it on."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self, lines: Iterable[Line], found: Quality) -> list[Line]:
        """Return the places that fit, in the order asked for."""
        fits = FITS[self.cleaned_data["show"]]
        fitting = [line for line in lines if fits(line, found)]
        by_name = self.cleaned_data["sort"] == Sort.NAME
        return fitting if by_name else sorted(fitting, key=lambda line: line.in_order)
