"""The forms of courses: the question at the end of a part, the catalogue's search, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

if TYPE_CHECKING:
    from typing import Any

NO_STEPS = (
    "This course has no published parts yet. Publish at least one module, quiz or webinar below "
    "it first."
)
WEBINAR_NOT_LIVE = "This webinar is not published yet. Publish the webinar first, then this page."
QUIZ_NOT_LIVE = "This quiz is not published yet. Publish the quiz first, then this page."


class FinishedForm(forms.Form):
    """The question at the end of every part."""

    finished = forms.ChoiceField(
        label="Have you finished this part?",
        choices=[("yes", "Yes, I have finished it"), ("no", "No, I will come back to it later")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether you have finished this part",
            "invalid_choice": "Choose whether you have finished this part",
        },
    )

    @property
    def says_yes(self) -> bool:
        return bool(self.cleaned_data["finished"] == "yes")


class PublishingForm(WagtailAdminPageForm):
    """A page form with rules that hold on publishing only: a draft may be unfinished."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data:
            self.check_may_publish(cleaned)
        return cleaned

    def check_may_publish(self, cleaned: dict[str, Any]) -> None:
        raise NotImplementedError


class CoursePageForm(PublishingForm):
    """A course is published with at least one part. A number left empty is none."""

    NONE_WHEN_EMPTY = ("validity_years", "validity_days", "minimum_validity_months")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.NONE_WHEN_EMPTY:
            if name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.NONE_WHEN_EMPTY:
            if name in self.fields and cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = 0
        return cleaned

    def check_may_publish(self, cleaned: dict[str, Any]) -> None:
        if not (self.instance.pk and self.instance.steps().exists()):
            self.add_error(None, NO_STEPS)


class QuizStepForm(PublishingForm):
    """A quiz in a course is published after its quiz."""

    def check_may_publish(self, cleaned: dict[str, Any]) -> None:
        quiz = cleaned.get("quiz")
        if quiz is not None and not quiz.live:
            self.add_error("quiz", QUIZ_NOT_LIVE)


class WebinarStepForm(QuizStepForm):
    """A webinar in a course is published after its webinar, and its quiz if it has one."""

    def check_may_publish(self, cleaned: dict[str, Any]) -> None:
        super().check_may_publish(cleaned)
        webinar = cleaned.get("webinar")
        if webinar is not None and not webinar.live:
            self.add_error("webinar", WEBINAR_NOT_LIVE)
