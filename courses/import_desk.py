"""Past completions from a file, in the administration: choose it, look, say yes; match people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect

from courses.desk import PAGE_SIZE, Desk
from courses.elsewhere import CannotCount
from courses.import_files import EMPTY, BadFileError, read_table
from courses.import_plan import plan_of
from courses.imports import cancel, confirm, dismiss, keep_for_preview, match
from courses.models import ImportedRow, WaitingFile
from members.choosers import PEOPLE
from members.models import Member

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from courses.import_plan import Plan

SHOWN = 200  # rows of a preview; the counters count them all


class FileForm(forms.Form):
    """The file to import, as a table."""

    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, at most 5 MB and 20,000 rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": "Choose the file.", "empty": EMPTY},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.table = read_table(file.read())
        except BadFileError as reason:
            raise forms.ValidationError(str(reason)) from reason
        return file


class PersonForm(forms.Form):
    """Whom an imported row is about."""

    member = forms.ModelChoiceField(
        Member.objects.all(),
        label="Person",
        widget=PEOPLE.widget_class,
        error_messages={"required": "Choose the person."},
    )


class Upload(Desk):
    """Choose a file. Nothing is imported yet."""

    template_name = "courses/admin/import_upload.html"
    page_title = "Import past completions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"form": FileForm()} | context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form=form)
        name = form.cleaned_data["file"].name or ""
        file = keep_for_preview(table=form.table, file_name=name, by=self.request.user)
        return redirect("import_preview", file.pk)


class Preview(Desk):
    """What the file would change, problems first; then yes or no. Only who uploaded it sees it."""

    template_name = "courses/admin/import_preview.html"
    page_title = "Look before you import"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = self._file()
        plan = plan_of(file.table, by=self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"file": file, "plan": plan, "shown": SHOWN}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self._file()
        if "confirm" not in request.POST:
            cancel(file=file, by=self.request.user)
            messages.success(request, "Cancelled. Nothing was imported.")
            return redirect("import_upload")
        try:
            messages.success(request, in_words(confirm(file=file, by=self.request.user)))
        except CannotCount as reason:
            messages.error(request, str(reason))
        return redirect("elsewhere_queue")

    def _file(self) -> WaitingFile:
        own = WaitingFile.objects.filter(uploaded_by=self.request.user)
        file: WaitingFile = get_object_or_404(own, pk=self.kwargs["pk"])
        return file


class Unmatched(Desk):
    """The imported rows whose person was not found."""

    template_name = "courses/admin/import_unmatched.html"
    page_title = "People not found"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ImportedRow.objects.unmatched().select_related("course")
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"page": page}


class Match(Desk):
    """One such row: say who it is, or that it is nobody of ours."""

    template_name = "courses/admin/import_match.html"
    page_title = "Whose training is this?"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or PersonForm()
        row = self._row()
        others = ImportedRow.objects.unmatched().of_the_same_person(row).select_related("course")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": form, "media": form.media, "row": row, "rows": others}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row, form = self._row(), PersonForm(request.POST)
        leaves = "dismiss" in request.POST
        if not leaves and not form.is_valid():
            return self.again(form=form)
        try:
            self._settle(row, None if leaves else form.cleaned_data["member"])
        except CannotCount as reason:
            messages.error(request, str(reason))
        return redirect("import_unmatched")

    def _settle(self, row: ImportedRow, member: Member | None) -> None:
        if member is None:
            dismiss(row=row, by=self.request.user)
            messages.success(self.request, "Dismissed.")
            return
        rows = match(row=row, member=member, by=self.request.user)
        number = f"{len(rows)} record{'' if len(rows) == 1 else 's'}"
        messages.success(self.request, f"{number} matched with {member.name_for_others}.")

    def _row(self) -> ImportedRow:
        rows = ImportedRow.objects.unmatched()
        row: ImportedRow = get_object_or_404(rows, pk=self.kwargs["pk"])
        return row


def in_words(plan: Plan) -> str:
    """Say what an import changed."""
    return (
        f"Imported: {len(plan.new)} new. Already known: {plan.known}. People not found: "
        f"{len(plan.unmatched)}. Rows with problems, left out: {len(plan.problem_rows)}."
    )
