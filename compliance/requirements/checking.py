"""The page between filling in and saving: what it would do, and what was answered to that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django import forms
from django.db import models

from compliance.reports.export import as_csv
from compliance.reports.handing_out import exports_left
from compliance.requirements.brake import wrong_number
from compliance.requirements.moved_files import MOST_NAMES, CountsFile, export_moved
from members.handing_out import EnoughFilesError
from members.typed import is_number

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from compliance.requirements.dry_run import DryRun, Proposal
    from members.http import MemberRequest

SEES_NAMES = "members.view_member"
NO_MORE_FILES = "You have made three files with names today. You can make the next one tomorrow."


class WhyForm(forms.Form):
    """Why somebody needs a list of the people whom a change would touch."""

    class Reason(models.TextChoices):
        DECIDE = "decide", "To decide about this change"
        TELL = "tell", "To tell these people before it is made"
        RECORDS = "records", "To check our records"

    reason = forms.ChoiceField(
        label="Why do you need the list?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need the list."},
    )


@dataclass(frozen=True)
class Check:
    """A change on its way. Nothing is saved before it is confirmed."""

    request: MemberRequest
    proposal: Proposal

    @property
    def run(self) -> DryRun:
        return self.proposal.run

    @property
    def answers(self) -> QueryDict:
        return self.request.POST

    @property
    def is_confirmed(self) -> bool:
        """Whether it may be saved: pressed and, where the brake asks, with the number typed."""
        return "save" in self.answers and (not self.run.asks_for_number or self._has_number)

    @property
    def wrong_number(self) -> str:
        """What is wrong with the number, once somebody has pressed Save; else nothing."""
        wrong = "save" in self.answers and not self.is_confirmed
        return wrong_number(self.run.touched) if wrong else ""

    @property
    def _has_number(self) -> bool:
        return is_number(self.answers.get("number", ""), self.run.touched)

    @property
    def file(self) -> HttpResponse | None:
        """The file that was asked for; None if none was, or if it may not be made."""
        if "counts" in self.answers:
            return as_csv(CountsFile(self.run))
        return self._names if "names" in self.answers and self.may_name else None

    @property
    def may_name(self) -> bool:
        """Whether this person may take a list with these names, all of them."""
        return self.sees_names and 0 < self.run.touched <= MOST_NAMES

    @property
    def sees_names(self) -> bool:
        return bool(self.request.user.has_perm(SEES_NAMES))

    @property
    def files_left(self) -> int:
        return exports_left(self.request.user)

    @cached_property
    def why(self) -> WhyForm:
        """The question why a list with names is wanted; a requirement has a reason of its own."""
        return WhyForm(self.answers if "names" in self.answers else None, prefix="list")

    @property
    def _names(self) -> HttpResponse | None:
        if not self.why.is_valid():
            return None
        reason = self.why.cleaned_data["reason"]
        try:
            return as_csv(export_moved(proposal=self.proposal, reason=reason, by=self.request.user))
        except EnoughFilesError:
            self.why.add_error("reason", NO_MORE_FILES)
            return None
