"""What a chair may ask of the list, and why a file is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db import models

from compliance.duty.status import Standing
from compliance.reports.quarters import Quarter
from compliance.reports.returns import Seen
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.duty.people import Person

QUARTERS_BACK = 8
WHY = "Choose why you need this file."


class PeopleFilter(forms.Form):
    """Narrow the list of people. Only what occurs in the list can be asked for."""

    role = forms.ChoiceField(required=False)
    status = forms.ChoiceField(required=False, choices=[("", "Any"), *Standing.choices])
    branch = forms.ChoiceField(required=False)

    def __init__(self, data: Any, people: Sequence[Person]) -> None:
        super().__init__(data)
        self.people = people
        tenures = [tenure for person in people for tenure in person.tenures]
        self._offer("role", {(held.post_kind.code, held.post_kind.name) for held in tenures})
        branches = [held.unit for held in tenures if held.unit.kind == Unit.Kind.BRANCH]
        self._offer("branch", {(branch.code, branch.name) for branch in branches})
        if not branches:
            del self.fields["branch"]

    def _offer(self, name: str, found: set[tuple[str, str]]) -> None:
        by_name = sorted(found, key=lambda choice: choice[1])
        self.fields[name].choices = [("", "Any"), *by_name]  # type: ignore[attr-defined]

    def chosen(self) -> list[Person]:
        """Return the people who fit all that was asked for."""
        asked = self.cleaned_data
        return [
            person
            for person in self.people
            if asked["status"] in ("", person.standing)
            and (not asked["role"] or person.holds(asked["role"]))
            and (not asked.get("branch") or person.serves_in(asked["branch"]))
        ]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, as an address carries it."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked)


class ExportForm(forms.Form):
    """Why somebody needs a file with other people's names."""

    class Reason(models.TextChoices):
        MEETING = "meeting", "For a meeting of the executive"
        REMIND = "remind", "To talk to people about their training"
        RECORDS = "records", "To check our records"
        OFFICE = "office", "The regional or national office asked for it"

    reason = forms.ChoiceField(
        label="Why do you need this file?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": WHY, "invalid_choice": WHY},
    )


class SignForm(forms.Form):
    """What somebody signs: the figures they have before them, under the number they will have."""

    agreed = forms.BooleanField(
        label="I have checked the list with my executive",
        error_messages={"required": "Tick the box if you have checked the list."},
    )
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    stamp = forms.CharField(max_length=64, widget=forms.HiddenInput)

    @property
    def what(self) -> Seen:
        return Seen(self.cleaned_data["number"], self.cleaned_data["stamp"])


class ReturnsFilter(forms.Form):
    """For which quarter, and perhaps only who has not signed."""

    class Show(models.TextChoices):
        ALL = "", "All"
        MISSING = "not-yet", "Not signed yet"

    quarter_code = forms.ChoiceField(required=False, label="Quarter")
    show = forms.ChoiceField(required=False, choices=Show.choices)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.offered = {quarter.code: quarter for quarter in Quarter.recent(QUARTERS_BACK)}
        choices = [("", "The last one"), *((key, one.words) for key, one in self.offered.items())]
        self.fields["quarter_code"].choices = choices  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix("quarter" if field_name == "quarter_code" else field_name)

    @property
    def quarter(self) -> Quarter:
        return self.offered.get(self.cleaned_data["quarter_code"], Quarter.last_over())

    @property
    def only_missing(self) -> bool:
        return bool(self.cleaned_data["show"] == self.Show.MISSING)
