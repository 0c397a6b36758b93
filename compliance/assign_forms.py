"""The forms of the steps in which an assignment is prepared. `said` is what the draft keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from compliance.assigning import OVER, TAKEN
from compliance.assignment import OWN
from compliance.decision_forms import DayInput
from compliance.models import Requirement
from compliance.models.version import MOST_GRACE_DAYS
from compliance.plan import MAILS
from compliance.timeline import Anchor, Audience
from courses.models import CoursePage
from members.dates import add_period, today
from members.models import PostKind, Unit

if TYPE_CHECKING:
    from datetime import date

    from compliance.assignment import Assignment

EXISTING, NEW = "existing", "new"
MOST_YEARS_AHEAD = 5
NO_REQUIREMENT = "Choose the requirement."
NO_COURSE = "Choose the course."
NO_TITLE = "Give it a name."
NO_WHY = "Say why. People who must do it read this."
NO_POSTS = "Choose at least one kind of post."
NO_DAY = "Say which day it is."
NO_DAYS = "Say how many days they have."
TOO_FAR = "This is more than five years away. Check the year."


class StepForm(forms.Form):
    """A step of the assignment that `plan` reads."""

    def __init__(self, *args: Any, plan: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to what the steps before said."""

    def said(self) -> Any:
        """Return what the draft keeps: plain values."""
        return dict(self.cleaned_data)

    def need(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)


class WhatForm(StepForm):
    """An existing requirement, or a course that makes a new one."""

    source = forms.ChoiceField(
        label="What do you want to assign?",
        choices=[
            (EXISTING, "A requirement that exists"),
            (NEW, "A course, as a new requirement"),
        ],
        widget=forms.RadioSelect,
    )
    requirement = forms.ModelChoiceField(
        Requirement.objects.kept(), label="Which requirement", required=False
    )
    course = forms.ModelChoiceField(CoursePage.objects.none(), label="Which course", required=False)
    title = forms.CharField(
        label="Its name",
        max_length=120,
        required=False,
        help_text="Only for a new requirement. For example: Safeguarding for people in post.",
    )
    reason = forms.CharField(
        label="Why they must do it",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only for a new requirement. People who must do it read this.",
    )

    def prepare(self) -> None:
        self.fields["course"].queryset = CoursePage.objects.live().order_by("title")
        self.initial = {**self.plan.what, "source": NEW if self.plan.is_new else EXISTING}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") == EXISTING:
            self.need("requirement", NO_REQUIREMENT)
        elif cleaned.get("source") == NEW:
            self.need("course", NO_COURSE)
            self.need("title", NO_TITLE)
            self.need("reason", NO_WHY)
        return cleaned

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        is_new = self.cleaned_data.get("source") == NEW
        if is_new and Requirement.objects.kept().filter(title__iexact=title).exists():
            raise forms.ValidationError(TAKEN.format(title=title))
        return title

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given["source"] == EXISTING:
            return {"requirement": given["requirement"].pk}
        return {
            "course": given["course"].pk,
            "title": given["title"],
            "reason": given["reason"],
        }


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Units as a tree: what lies in another is set in."""

    def label_from_instance(self, unit: Unit) -> str:
        return f"{'— ' * (unit.depth - 2)}{unit.name}"


class WhoForm(StepForm):
    """Who is to do it."""

    audience = forms.ChoiceField(label="Who must do it?", widget=forms.RadioSelect)
    kinds = forms.ModelMultipleChoiceField(
        PostKind.objects.all(),
        label="Which posts",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for people who hold a post.",
    )
    unit = UnitChoice(
        Unit.objects.exclude(kind__in=[Unit.Kind.PARTY, Unit.Kind.BRANCH]),
        label="Where",
        required=False,
        empty_label="The whole party",
        help_text="The place you choose and everything below it. Not for people asked by name.",
    )
    for_officers = forms.BooleanField(
        label="The officers of each person's own unit see how they stand",
        required=False,
        help_text="Only for people asked by name. Otherwise only they and administrators see it.",
    )

    def prepare(self) -> None:
        now = "" if self.plan.is_new else " today. They are asked by name"
        choices = [
            (Audience.POSTS.value, f"People who hold a post{now}"),
            (Audience.STAFF.value, f"All staff{now}"),
            (Audience.EVERYONE.value, "Every member"),
            (Audience.NAMED.value, "People I name"),
        ]
        if not self.plan.is_new:
            choices.pop(2)
        self.fields["audience"].choices = choices
        self.initial = dict(self.plan.who)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("audience") == Audience.POSTS:
            self.need("kinds", NO_POSTS)
        return cleaned

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = {name: self.plan.who[name] for name in ("people",) if name in self.plan.who}
        is_named = given["audience"] == Audience.NAMED
        return kept | {
            "audience": given["audience"],
            "kinds": [kind.pk for kind in given["kinds"]],
            "unit": given["unit"].pk if given["unit"] and not is_named else None,
            "for_officers": given["for_officers"],
        }


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
        self.fields["anchor"].choices = choices
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
