"""The report at the host's desk, and in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.access import Rule, access
from webinars.host.guard import for_hosts
from webinars.reports.figures import Figures
from webinars.reports.files import TYPES, hand_out_figures
from webinars.reports.forms import PeriodForm

if TYPE_CHECKING:
    from members.http import MemberRequest

SEES = "webinars.host_all"
TITLE = "Webinars"


@for_hosts
@require_safe
def figures(request: MemberRequest) -> HttpResponse:
    """Show who runs sessions how many came to theirs."""
    form = PeriodForm(request.GET)
    facts = {"form": form, "figures": Figures(request.user, form.period)}
    return render(request, "webinars/reports/figures.html", facts)


@access(Rule.EDITORIAL)
@require_safe
def report(request: MemberRequest) -> HttpResponse:
    """Show the figures of all sessions in the administration."""
    figures, form = _all(request)
    query = urlencode({"since": figures.period.since, "until": figures.period.until})
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": "", "label": TITLE},
    ]
    frame = {"header_title": TITLE, "breadcrumbs_items": crumbs}
    facts = {"form": form, "figures": figures, "query": query}
    return render(request, "webinars/reports/admin.html", frame | facts)


@access(Rule.EDITORIAL)
@require_safe
def report_file(request: MemberRequest, kind: str) -> HttpResponse:
    """Hand out the figures of all sessions as a file."""
    figures, _ = _all(request)
    if kind not in TYPES:
        raise Http404
    file = hand_out_figures(figures, kind=kind, by=request.user)
    response = HttpResponse(file.content(kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file.name(kind)}"'
    return response


def _all(request: MemberRequest) -> tuple[Figures, PeriodForm]:
    if not request.user.has_perm(SEES):
        raise Http404
    form = PeriodForm(request.GET)
    return Figures(request.user, form.period), form
