"""The form in which an administrator says who must complete what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from compliance.models import Requirement, RequirementVersion
from compliance.models.version import MOST_GRACE_DAYS
from compliance.terms import tried
from compliance.timeline import Anchor, Audience, Reading
from courses.models import CoursePage
from members.dates import add_period, today
from members.models import PostKind, Unit

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from compliance.terms import Terms

MOST_YEARS_AHEAD = 5
NO_COURSE = "Choose at least one course. Without one there is nothing to complete."
NO_FIXED_DAY = "Say which day it is."
NO_POST_KIND = "Choose at least one kind of post. Without one nobody has to do it."
TITLE_TAKEN = "There is already a requirement with this name."
TOO_FAR = "This is more than five years away. Check the year."


class CourseChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Courses, each with how often it is renewed: that is set on the course."""

    def label_from_instance(self, course: CoursePage) -> str:
        return f"{course.title} ({renewal(course)})"


def renewal(course: CoursePage) -> str:
    """Say how often a course is renewed."""
    if course.renewal.is_for_good:
        return "done once, counts for good"
    words = course.validity_in_words
    return "renewed every year" if words == "1 year" else f"renewed every {words}"


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
    audience = forms.ChoiceField(
        label="Who must do it", choices=Audience.choices, initial=Audience.POSTS
    )
    post_kinds = forms.ModelMultipleChoiceField(
        PostKind.objects.all(),
        label="Which posts",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ModelChoiceField(
        Unit.objects.exclude(kind__in=[Unit.Kind.PARTY, Unit.Kind.BRANCH]),
        label="Where",
        required=False,
        empty_label="The whole party",
        help_text="The place you choose and everything below it.",
    )

    effective_from = forms.DateField(
        label="From",
        widget=AdminDateInput,
        initial=today,
        help_text="Nobody has to do it before this day; a change holds from this day on.",
    )
    anchor = forms.ChoiceField(
        label="Time is counted", choices=Anchor.choices, initial=Anchor.START
    )
    fixed_on = forms.DateField(
        label="The day for everybody",
        required=False,
        widget=AdminDateInput,
        help_text="Only with “Everybody by the same day”.",
    )
    grace_days = forms.IntegerField(
        label="Days to do it",
        initial=30,
        min_value=0,
        max_value=MOST_GRACE_DAYS,
        help_text="Counted from the day the post began, or from the day above if that is later. "
        "A change is for people whose time begins after it.",
    )

    class Meta:
        model = Requirement
        fields = ["title", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = CoursePage.objects.live()
        latest = self.instance.latest if self.instance.pk else None
        if latest:
            offered |= CoursePage.objects.filter(pk__in=latest.courses.values("pk"))
            self._read(latest)
        self.fields["courses"].queryset = offered.distinct().order_by("title")

    def _read(self, latest: RequirementVersion) -> None:
        """Start from how it reads now."""
        for name in ("audience", "unit", "anchor", "fixed_on", "grace_days"):
            self.initial[name] = getattr(latest, f"{name}_id" if name == "unit" else name)
        self.initial["courses"] = [course.pk for course in latest.courses.all()]
        self.initial["post_kinds"] = [kind.pk for kind in latest.post_kinds.all()]

    def clean_title(self) -> str:
        # The database's own rule asks about archiving, which is not in this form.
        title: str = self.cleaned_data["title"]
        others = Requirement.objects.kept().exclude(pk=self.instance.pk)
        if others.filter(title__iexact=title).exists():
            raise forms.ValidationError(TITLE_TAKEN)
        return title

    def clean_effective_from(self) -> date:
        start: date = self.cleaned_data["effective_from"]
        if start > add_period(today(), years=MOST_YEARS_AHEAD):
            raise forms.ValidationError(TOO_FAR)
        return start

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("audience") == Audience.POSTS and not cleaned.get("post_kinds"):
            self.add_error("post_kinds", NO_POST_KIND)
        if cleaned.get("anchor") == Anchor.FIXED and not cleaned.get("fixed_on"):
            self.add_error("fixed_on", NO_FIXED_DAY)
        return cleaned

    @property
    def says_something_new(self) -> bool:
        """Whether what it asks has changed, not only its name or why."""
        return bool({*self.changed_data} - {"title", "reason"})

    def version(self) -> RequirementVersion:
        """Return, unsaved, how the requirement reads by this form."""
        said = self.cleaned_data
        names = ("effective_from", "audience", "unit", "anchor", "fixed_on", "grace_days")
        return RequirementVersion(**{name: said[name] for name in names})

    def terms(self) -> Terms:
        """Return what the filled-in form asks, saved or not, on the first day it asks it."""
        version, said = self.version(), self.cleaned_data
        kinds = frozenset(kind.pk for kind in said["post_kinds"])
        if said["audience"] == Audience.STAFF:
            staff = PostKind.objects.filter(group=PostKind.Group.STAFF)
            kinds = frozenset(staff.values_list("pk", flat=True))
        version.requirement = self.instance
        reading = Reading(version, kinds, list(said["courses"]))
        return tried(self.instance, reading, on=max(today(), version.effective_from))
