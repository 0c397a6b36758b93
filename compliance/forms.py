"""What a chair may ask of the list, and why a file is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db import models

from compliance.status import Standing
from members.models import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from compliance.people import Person
    from compliance.tallies import Part


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
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


class PartsFilter(forms.Form):
    """Order and narrow the table of a region's or the party's parts."""

    class Show(models.TextChoices):
        ALL = "", "All"
        OVERDUE = "overdue", "With somebody overdue"
        NO_CHAIR = "no-chair", "With no chair recorded"

    class Sort(models.TextChoices):
        SHARE = "", "Smallest share up to date first"
        NAME = "name", "By name"

    show = forms.ChoiceField(required=False, choices=Show.choices)
    sort = forms.ChoiceField(required=False, choices=Sort.choices, label="Order")

    def chosen(self, parts: Sequence[Part]) -> list[Part]:
        """Return the parts that fit, in the order asked for."""
        show, sort = self.cleaned_data["show"], self.cleaned_data["sort"]
        fitting = [
            part
            for part in parts
            if show == self.Show.ALL
            or (show == self.Show.OVERDUE and part.tally.overdue)
            or (show == self.Show.NO_CHAIR and part.without_chair)
        ]
        return fitting if sort == self.Sort.NAME else sorted(fitting, key=_share)


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
        error_messages={"required": "Choose why you need this file."},
    )


def _share(part: Part) -> tuple[bool, int, str]:
    return not part.tally.people, part.tally.percentage, part.unit.name
