"""Why a file with other people's names is wanted: asked before each, three of them a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from compliance.reports.forms import ExportForm
from compliance.reports.handing_out import exports_left
from members.handing_out import EnoughFilesError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpResponse

    from members.http import MemberRequest


def ask_why(
    request: MemberRequest, context: dict[str, Any], answer: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Ask for the reason and answer with what was asked for. The context is the unit's frame."""
    left = exports_left(request.user)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if left and not form.is_valid():
        asking = context | {"form": form, "left": left}
        return render(request, "compliance/export.html", asking)
    try:
        if left:
            return answer(form.cleaned_data["reason"])
    except EnoughFilesError:
        pass  # made somewhere else since this page was asked for
    return render(request, "compliance/export_later.html", context, status=429)
