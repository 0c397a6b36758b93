"""The form in which an administrator says who must complete what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from compliance.duty.terms import tried
from compliance.duty.timeline import Anchor, Audience, Reading
from compliance.models import Requirement, RequirementVersion
from compliance.models.version import MOST_GRACE_DAYS
from compliance.reminders.plan import CODES, MAILS
from compliance.requirements import refused
from compliance.requirements.dry_run import of_version
from courses.models import CoursePage
from members.dates import today
from members.models import PostKind, Unit

if TYPE_CHECKING:
    from typing import Any

    from compliance.duty.terms import Terms
    from compliance.requirements.dry_run import Proposal

WORDS = {"title", "reason"}  # what is not versioned
BESIDE = {"based_on", "nobody_yet"}  # what is not about the requirement
KEPT = (
    "effective_from",
    "audience",
    "unit",
    "must_renew",
    "anchor",
    "fixed_on",
    "grace_days",
    "reminders",
)


class CourseChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Courses, each with how often it is renewed: that is set on the course."""

    def label_from_instance(self, course: CoursePage) -> str:
        return f"{course.title} ({renewal(course)})"


def renewal(course: CoursePage) -> str:
    """Say how often a course is renewed."""
    if course.renewal.is_for_good:
        return "done once, counts for good"
    words = course.validity_in_words
    if " and " in words:
        return f"renewed after {words}"
    return f"renewed every {words.removeprefix('1 ')}"


class RequirementForm(WagtailAdminModelForm):
    """Who must hold what, where, from when, and with how much time."""

    courses = CourseChoices(
        CoursePage.objects.none(),
        label="What they must complete",
        widget=forms.CheckboxSelectMultiple,
        help_text="If you choose several, any one of them is enough, also when it was done "
        "elsewhere and we approved the proof. How often a course is renewed is set on the course.",
        error_messages={"required": refused.NO_COURSE},
    )
    must_renew = forms.BooleanField(
        label="It must be renewed",
        required=False,
        help_text="Then no course that counts for good will do.",
    )
    audience = forms.ChoiceField(
        label="Who must do it",
        choices=Audience.choices,
        initial=Audience.POSTS,
        widget=forms.RadioSelect,
    )
    post_kinds = forms.ModelMultipleChoiceField(
        PostKind.objects.all(),
        label="Which posts",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only with “Everybody who holds one of these posts”.",
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
        label="Time is counted",
        choices=Anchor.choices,
        initial=Anchor.START,
        widget=forms.RadioSelect,
    )
    fixed_on = forms.DateField(
        label="The day for everybody",
        required=False,
        widget=AdminDateInput,
        help_text="Only with “Everybody by the same day”. Who begins so late that the days below "
        "reach beyond it has those days.",
    )
    grace_days = forms.IntegerField(
        label="Days to do it",
        initial=30,
        min_value=0,
        max_value=MOST_GRACE_DAYS,
        help_text="Counted from the day the post began, or from the day above if that is later. "
        "A change is for people whose time begins after it.",
    )
    reminders = forms.MultipleChoiceField(
        label="Which mails people get",
        required=False,
        choices=[(mail.code, mail.label) for mail in MAILS],
        initial=CODES,
        widget=forms.CheckboxSelectMultiple,
        help_text="After the last one no more are sent; the officers of their unit are told.",
    )
    nobody_yet = forms.BooleanField(label="I know; nobody holds such a post yet", required=False)
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    asks_whether_nobody = False

    class Meta:
        model = Requirement
        fields = ["title", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal: Proposal | None = None
        self.latest = self.instance.latest if self.instance.pk else None
        offered = CoursePage.objects.live()
        if self.latest:
            offered |= CoursePage.objects.filter(pk__in=self.latest.courses.values("pk"))
            self._read(self.latest)
        self.fields["courses"].queryset = offered.distinct().order_by("title")

    def _read(self, latest: RequirementVersion) -> None:
        """Start from how it reads now."""
        for name in KEPT:
            self.initial[name] = getattr(latest, f"{name}_id" if name == "unit" else name)
        # What is planned stays planned; what holds already changes from today.
        self.initial["effective_from"] = max(today(), latest.effective_from)
        self.initial["courses"] = [course.pk for course in latest.courses.all()]
        self.initial["post_kinds"] = [kind.pk for kind in latest.post_kinds.all()]
        self.initial["based_on"] = self.instance.stamp

    def clean_title(self) -> str:
        # The database's own rule asks about archiving, which is not in this form.
        title: str = self.cleaned_data["title"]
        others = Requirement.objects.kept().exclude(pk=self.instance.pk)
        if others.filter(title__iexact=title).exists():
            raise forms.ValidationError(refused.TITLE_TAKEN)
        return title

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        wrong = refused.people(cleaned) | refused.days(cleaned, self.latest)
        if "courses" in cleaned:
            wrong |= refused.courses(cleaned)
        for name, words in wrong.items():
            self.add_error(name, words)
        if not self.errors and self.says_something_new:
            self.proposal = of_version(self.terms(), title=cleaned["title"])
            self._refuse_nobody(cleaned)
        return cleaned

    def _refuse_nobody(self, cleaned: dict[str, Any]) -> None:
        """Refuse what obliges nobody, unless that is known. People named by hand come later."""
        named = cleaned["audience"] == Audience.NAMED
        if self.proposal and not named and not self.proposal.run.whole.obliged_after:
            self.asks_whether_nobody = True
            if not cleaned["nobody_yet"]:
                self.add_error("nobody_yet", refused.NOBODY)

    @property
    def says_something_new(self) -> bool:
        """Whether what it asks has changed, not only its name or why."""
        return self.latest is None or bool({*self.changed_data} - WORDS - BESIDE)

    def version(self) -> RequirementVersion:
        """Return, unsaved, how the requirement reads by this form."""
        said = {name: self.cleaned_data[name] for name in KEPT}
        if said["anchor"] != Anchor.FIXED:
            said["fixed_on"] = None
        return RequirementVersion(**said)

    @property
    def kinds(self) -> list[PostKind]:
        """The posts it names; the staff's need no naming, and neither does everybody."""
        said = self.cleaned_data
        return list(said["post_kinds"]) if said["audience"] == Audience.POSTS else []

    def terms(self) -> Terms:
        """Return what the filled-in form asks, saved or not, on the first day it asks it."""
        version, said = self.version(), self.cleaned_data
        kinds = frozenset(kind.pk for kind in self.kinds)
        if said["audience"] == Audience.STAFF:
            staff = PostKind.objects.filter(group=PostKind.Group.STAFF)
            kinds = frozenset(staff.values_list("pk", flat=True))
        version.requirement = self.instance
        reading = Reading(version, kinds, list(said["courses"]))
        return tried(self.instance, reading, on=max(today(), version.effective_from))
