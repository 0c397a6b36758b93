"""Extra attempts and extra time in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from members.choosers import PEOPLE
from members.models import Member
from quizzes.adjusting.actions import adjust, take_back
from quizzes.models import Adjustment

if TYPE_CHECKING:
    from django.db.models import QuerySet

ALREADY = "This person has extra attempts or time at this quiz already. Change that entry instead."
NOTHING = "Give extra attempts, extra time, or both."
OWN = "Somebody else must give you extra attempts or time."
NO_REASON = "The person can see that you gave it. Why is not recorded."
TITLE = "Extra time and attempts"


class AdjustmentForm(WagtailAdminModelForm):
    """What one person gets at one quiz. Whose and where stays once it is given."""

    extra_attempts = forms.IntegerField(min_value=0, max_value=20, initial=0, help_text=NO_REASON)
    extra_time = forms.IntegerField(
        label="Extra time (%)",
        min_value=0,
        max_value=400,
        initial=0,
        help_text="25 gives a quarter more; 100 twice the time. It counts at once, in a sitting "
        "that is open too.",
    )

    class Meta:
        model = Adjustment
        fields = ["member", "quiz", "extra_attempts", "extra_time"]
        widgets = {"member": PEOPLE.widget_class}
        labels = {"member": "Person"}
        error_messages = {NON_FIELD_ERRORS: {"unique_together": ALREADY}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # the page's heading says whose it is, and where
            del self.fields["member"], self.fields["quiz"]
            return
        # Many quizzes have the same title.
        self.fields["quiz"].label_from_instance = lambda quiz: f"{quiz} ({quiz.slug})"

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        if not (said.get("extra_attempts") or said.get("extra_time") or self.errors):
            self.add_error("extra_attempts", NOTHING)
        member = said.get("member") or (self.instance.pk and self.instance.member)
        if self.for_user and member == self.for_user:
            self.add_error("member" if "member" in self.fields else None, OWN)
        return said


class AdjustmentFilter(WagtailFilterSet):
    class Meta:
        model = Adjustment
        fields = ["quiz"]


class AdjustmentIndex(IndexView):
    page_title = TITLE

    def get_base_queryset(self) -> QuerySet[Adjustment]:
        return Adjustment.objects.select_related("member", "quiz", "recorded_by")

    def search_queryset(self, found: Any) -> Any:
        if not self.is_searching:
            return found
        return found.filter(member__in=Member.objects.named(self.search_query))


class SavesAdjustment:
    def save_instance(self) -> Adjustment:
        form = self.form  # type: ignore[attr-defined]
        self.has_content_changes = form.has_changed()
        whose = {"member": form.instance.member, "quiz": form.instance.quiz}
        by = self.request.user  # type: ignore[attr-defined]
        return adjust(**whose | form.cleaned_data, by=by)


class AdjustmentCreate(SavesAdjustment, CreateView):
    def get_page_subtitle(self) -> str:
        return TITLE


class AdjustmentEdit(SavesAdjustment, EditView):
    pass


class AdjustmentDelete(DeleteView):
    def delete_action(self) -> None:
        take_back(adjustment=self.object, by=self.request.user)


class AdjustmentViewSet(ModelViewSet):
    """Who has more attempts, or more time, than everybody."""

    model = Adjustment
    icon = "time"
    menu_label = TITLE
    index_view_class = AdjustmentIndex
    add_view_class = AdjustmentCreate
    edit_view_class = AdjustmentEdit
    delete_view_class = AdjustmentDelete
    filterset_class = AdjustmentFilter
    search_fields = ["member__given_name", "member__family_name"]
    search_backend_name = None
    copy_view_enabled = False
    list_display = [
        TitleColumn("member", label="Person", url_name="adjustments:edit"),
        Column("quiz", label="Quiz"),
        Column("extra_attempts", label="Extra attempts"),
        Column("extra_time", label="Extra time (%)"),
        Column("recorded_by", label="Given by"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[AdjustmentForm]:  # noqa: FBT001, FBT002
        return AdjustmentForm
