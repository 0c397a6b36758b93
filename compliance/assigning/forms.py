"""The forms of the steps in which an assignment is prepared. `said` is what the draft keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from compliance.assigning.steps import TAKEN
from compliance.decisions.forms import offer
from compliance.duty.timeline import Audience
from compliance.models import Requirement
from courses.models import CoursePage
from members.models import PostKind, Unit

if TYPE_CHECKING:
    from compliance.assigning.assignment import Assignment

EXISTING, NEW = "existing", "new"
NO_REQUIREMENT = "Choose the requirement."
NO_COURSE = "Choose the course."
NO_TITLE = "Give it a name."
NO_WHY = "Say why. People who must do it read this."
NO_POSTS = "Choose at least one kind of post."


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
    course: Any = forms.ModelChoiceField(
        CoursePage.objects.none(), label="Which course", required=False
    )
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
        courses: Any = self.fields["course"]
        courses.queryset = CoursePage.objects.live().order_by("title")
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
        offer(self, "audience", choices)
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
