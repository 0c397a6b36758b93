"""The form in which an administrator says who must complete what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from compliance.models import Requirement
from compliance.terms import Terms
from courses.models import CoursePage
from members.dates import add_period, today
from members.models import PostKind, Unit

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

MOST_YEARS_AHEAD = 5
NO_COURSE = "Choose at least one course. Without one there is nothing to complete."
NO_POST_KIND = "Choose at least one kind of post. Without one nobody has to do it."
TITLE_TAKEN = "There is already a requirement with this name."
TOO_FAR = "This is more than five years away. Check the year."


class CourseChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Courses, each with how often it is renewed: that is set on the course."""

    def label_from_instance(self, course: CoursePage) -> str:
        return f"{course.title} ({renewal(course.validity_months)})"


def renewal(months: int | None) -> str:
    """Say how often a course is renewed."""
    if months is None:
        return "done once, counts for good"
    number, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"renewed every {unit}" if number == 1 else f"renewed every {number} {unit}s"


class RequirementForm(WagtailAdminModelForm):
    """Who must hold what, where, from when, and with how much time."""

    courses = CourseChoices(
        CoursePage.objects.none(),
        label="What they must complete",
        widget=forms.CheckboxSelectMultiple,
        help_text="If you choose several, any one of them is enough. How often a course is "
        "renewed is set on the course.",
        error_messages={"required": NO_COURSE},
    )
    post_kinds = forms.ModelMultipleChoiceField(
        PostKind.objects.all(),
        label="Who must do it: everybody who holds one of these posts",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_POST_KIND},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.exclude(kind__in=[Unit.Kind.PARTY, Unit.Kind.BRANCH]),
        label="Where",
        required=False,
        empty_label="The whole party",
        help_text="The place you choose and everything below it.",
    )

    class Meta:
        model = Requirement
        fields = [
            "title",
            "reason",
            "courses",
            "post_kinds",
            "unit",
            "applies_from",
            "grace_days",
        ]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3}), "applies_from": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = CoursePage.objects.live()
        if self.instance.pk:
            offered |= CoursePage.objects.filter(requirements=self.instance)
        self.fields["applies_from"].initial = today
        self.fields["courses"].queryset = offered.distinct().order_by("title")

    def clean_title(self) -> str:
        # The database's own rule asks about archiving, which is not in this form.
        title: str = self.cleaned_data["title"]
        others = Requirement.objects.kept().exclude(pk=self.instance.pk)
        if others.filter(title__iexact=title).exists():
            raise forms.ValidationError(TITLE_TAKEN)
        return title

    def clean_applies_from(self) -> date:
        start: date = self.cleaned_data["applies_from"]
        if start > add_period(today(), years=MOST_YEARS_AHEAD):
            raise forms.ValidationError(TOO_FAR)
        return start

    def terms(self) -> Terms:
        """Return what the filled-in form asks, saved or not."""
        kinds = [kind.pk for kind in self.cleaned_data["post_kinds"]]
        return Terms(self.instance, kinds, list(self.cleaned_data["courses"]))
