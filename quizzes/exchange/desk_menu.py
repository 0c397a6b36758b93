"""The addresses of the import, its place in the menu, and the bank's list with its export."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from members.dates import today
from members.spreadsheets import PlainCsv
from quizzes.exchange import desk
from quizzes.exchange.desk import SPACE
from quizzes.exchange.formats import ENDINGS, FORMATS, WRITERS
from quizzes.exchange.reading_out import CONTENT_TYPES, export_questions

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

WANTED = "questions"  # what the address of the list says when it is to be a file

URLS = [
    path("import/", desk.Upload.as_view(), name="import"),
    path("import/<uuid:key>/", desk.Preview.as_view(), name="import_preview"),
    path("import/done/<int:pk>/", desk.Done.as_view(), name="import_done"),
]


class ImportItem(MenuItem):
    """The import, for who may add questions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("quizzes.add_question"))


def menu_item(order: int) -> MenuItem:
    """Return the import's place in the menu of the quizzes."""
    address = reverse_lazy(f"{SPACE}:import")
    return ImportItem("Import questions", address, icon_name="upload", order=order)


class BankIndex(PlainCsv, IndexView):
    """The list of the bank. What it shows, filtered and searched, is also handed out as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get(WANTED) in WRITERS:
            return self.file(request.GET[WANTED])
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def file(self, format: str) -> HttpResponse:  # noqa: A002 (the word for it)
        by: Any = self.request.user
        export = export_questions(questions=self.get_queryset(), format=format, by=by)
        for reason in export.left_out:  # shown with the next page: a file has no room for it
            messages.warning(self.request, reason)
        name = f"questions-{today():%Y-%m-%d}.{ENDINGS[format]}"
        return HttpResponse(
            export.content,
            content_type=CONTENT_TYPES[format],
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store, private",
            },
        )

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons.copy()
        if self.request.user.has_perm("quizzes.add_question"):
            url = reverse(f"{SPACE}:import")
            buttons.append(Button("Import questions", url=url, icon_name="upload", priority=80))
        for place, name in enumerate(WRITERS):
            buttons.append(
                Button(
                    f"Export as {FORMATS[name]}",
                    url=self.address_of(name),
                    icon_name="download",
                    priority=81 + place,
                )
            )
        return buttons

    def address_of(self, format: str) -> str:  # noqa: A002
        """Return the address of a file of what the list shows now."""
        now = [(name, value) for name, value in self.request.GET.lists() if name != "p"]
        return f"{self.request.path}?{urlencode([*now, (WANTED, format)], doseq=True)}"
