"""Choosing whom the list of organisations is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from support.models.organisation import NATIONS, Audience

if TYPE_CHECKING:
    from collections.abc import Mapping


class SupportFilter(forms.Form):
    """Two questions, both optional. A choice that does not exist shows everything."""

    nation = forms.ChoiceField(label="Where", choices=[("", "Anywhere"), *NATIONS])
    who = forms.ChoiceField(label="Who it is for")

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(initial={name: data.get(name, "") for name in ("nation", "who")})
        audiences = Audience.objects.values_list("slug", "name")
        self.fields["who"].choices = [("", "Anybody"), *audiences]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Return what was chosen, or nothing."""
        choices = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        value = str(self.initial[name])
        return value if value in choices else ""
