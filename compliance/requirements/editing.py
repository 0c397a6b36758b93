"""The editor of requirements: fill in, see what it would do, save. Archiving goes the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateformat import format as written
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.log_actions import log

from compliance.duty.reach import reach_of
from compliance.duty.terms import terms_of
from compliance.models import Requirement, RequirementVersion
from compliance.requirements import actions
from compliance.requirements.checking import Check
from compliance.requirements.dry_run import of_archiving
from compliance.requirements.examples import examples
from compliance.requirements.version_words import history
from members.dates import today
from members.models import AuditEvent

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

AGAIN = {"example", "change"}  # buttons that lead back to the form
OVERTAKEN = (
    "{who} saved this requirement at {at}, after you had opened it. Nothing of yours is saved "
    "yet, and nothing of it is lost: it stands below. What {who} changed is in the history at the "
    "end of the page. Save again if yours is to hold."
)
View: Any = object  # the view that `Saving` is mixed into; Wagtail's are untyped


class Saving(View):
    """What adding and editing share: a dry run before saving, and saving by the one verb."""

    template_name = "compliance/admin/form.html"
    error_message = "Nothing is saved yet. Look at what is said beside the answers."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_tried_object()
        self.form = self.get_form()
        if not self.is_valid(self.form):
            return self.form_invalid(self.form)
        if AGAIN & request.POST.keys():
            return self.render_to_response(self.get_context_data())
        if self.form.proposal is None:
            return self.form_valid(self.form)
        return self._checked(Check(self.request, self.form.proposal))

    def _checked(self, check: Check) -> HttpResponse:
        """Save what is confirmed; else hand out the file asked for, or show the dry run."""
        if check.is_confirmed:
            return self.form_valid(self.form)  # type: ignore[no-any-return]
        if file := check.file:
            return file
        self.template_name = "compliance/admin/check.html"
        return self.render_to_response(self.get_context_data(check=check))  # type: ignore[no-any-return]

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except actions.Overtaken:
            return self._overtaken(form)

    def _overtaken(self, form: Any) -> Any:
        """Say who was faster, and show the answers again, now based on what they saved."""
        self.object = self.get_tried_object()
        data = form.data.copy()
        data["based_on"] = self.object.stamp
        self.form = self.get_form_class()(
            **{**self.get_form_kwargs(), "data": data, "instance": self.object}
        )
        self.form.is_valid()
        saved = AuditEvent.objects.filter(
            action="requirement.changed", detail__requirement=self.object.pk
        ).first()
        who = saved.actor if saved else "Somebody"
        at = timezone.localtime(saved.at if saved else None)
        messages.error(self.request, OVERTAKEN.format(who=who, at=written(at, r"H:i \o\n j F Y")))
        return self.render_to_response(self.get_context_data())

    def save_instance(self) -> Requirement:
        is_new = self.form.instance.pk is None
        said = self.form.cleaned_data
        requirement = actions.save_requirement(
            requirement=self.form.save(commit=False),
            version=self.form.version() if self.form.says_something_new else None,
            courses=said["courses"],
            post_kinds=self.form.kinds,
            by=self.request.user,
            based_on=said["based_on"],
        )
        self.has_content_changes = self.form.has_changed()
        action = "wagtail.create" if is_new else "wagtail.edit"
        log(instance=requirement, action=action, content_changed=self.has_content_changes)
        return requirement

    def get_success_url(self) -> Any:
        # Back to the form: it says whom the requirement now obliges.
        return self.get_edit_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.form.is_bound and self.form.is_valid() and self.form.proposal:
            context |= {"examples": examples(self.form.terms()), "tried": True}
        return context


class RequirementCreate(Saving, CreateView):
    success_message = "“%(object)s” is saved."
    submit_button_label = "See what it would do"
    submit_button_active_label = "Counting…"

    def get_tried_object(self) -> None:
        return None


class RequirementEdit(Saving, EditView):
    success_message = "“%(object)s” is saved."
    submit_button_label = "See what it would do"
    submit_button_active_label = "Counting…"
    delete_item_label = "Archive"

    def get_object(self, queryset: QuerySet[Requirement] | None = None) -> Requirement:
        found: Requirement = super().get_object(Requirement.objects.kept())
        return found

    def get_tried_object(self) -> Requirement:
        return self.get_object()

    @property
    def can_delete(self) -> bool:
        return bool(self.user_has_permission("change"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["history"] = history(self.object)
        day = max(today(), self.object.latest.effective_from)
        saved = terms_of(RequirementVersion.objects.filter(requirement=self.object.pk), on=day)
        if saved:
            context["reach"] = reach_of(saved[0])
            context.setdefault("examples", examples(saved[0]))
        return context


class RequirementArchive(DeleteView):
    """Requirements end; they are never deleted, since people acted on them."""

    permission_required = "change"
    template_name = "compliance/admin/archive.html"
    page_title = "Archive"
    success_message = "“%(object)s” is archived. Nobody has to do it any more."

    def get_object(self, queryset: QuerySet[Requirement] | None = None) -> Requirement:
        found: Requirement = super().get_object(Requirement.objects.kept())
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check = kwargs.pop("check", None) or Check(self.request, of_archiving(self.object))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"check": check}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        check = Check(self.request, of_archiving(self.object))
        if check.is_confirmed:
            return super().post(request, *args, **kwargs)
        return check.file or self.render_to_response(self.get_context_data(check=check))

    def delete_action(self) -> None:
        actions.archive_requirement(requirement=self.object, by=self.request.user)
