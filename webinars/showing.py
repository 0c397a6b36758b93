"""The list of webinars and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.template.response import TemplateResponse

from webinars.audience import closed_to, open_sessions
from webinars.facts import facts
from webinars.listing import FilterForm
from webinars.models import Session
from webinars.offers import offers, upcoming
from webinars.recordings.finding import watchable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from members.models import Member
    from members.pages import PlacedPage
    from webinars.models import WebinarIndexPage, WebinarPage

PAGE_SIZE = 20
WATCH_AGAIN = 5


def listing(request: HttpRequest, page: WebinarIndexPage) -> HttpResponse:
    """Show the sessions that the reader may book, and what can be watched again."""
    reader = reader_of(request)
    coming = upcoming(reader)
    search = FilterForm(request.GET, sessions=coming)
    shown = Paginator(search.narrow(coming), PAGE_SIZE).get_page(request.GET.get("page"))
    return _answer(
        request,
        page,
        search=search,
        searched=search.in_words,
        shown=shown,
        offers=offers(shown.object_list),
        recordings=watchable(reader)[:WATCH_AGAIN],
    )


def webinar(request: HttpRequest, page: WebinarPage) -> HttpResponse:
    """Show what a webinar is about, and its sessions as they stand for the reader.

    An editor's preview shows what a visitor sees; the page need not be saved yet.
    """
    reader = reader_of(request)
    coming = Session.objects.filter(webinar_id=page.pk).standing().upcoming()
    listed = coming.for_reader(reader).select_related("unit")
    shown = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    for session in shown.object_list:
        session.webinar = page
    recordings = watchable(reader).filter(session__webinar_id=page.pk)
    return _answer(
        request,
        page,
        facts=facts(page, sorted({session.minutes for session in shown.object_list})),
        closed=closed_to(page, reader) if reader else "",
        shown=shown,
        offers=offers(shown.object_list, open_to=_open_to(reader, shown.object_list)),
        recordings=recordings[:PAGE_SIZE],
        sensitive=page.is_sensitive,
    )


def reader_of(request: HttpRequest) -> Member | None:
    """Return who reads; nobody in an editor's preview, which shows what a visitor sees."""
    if getattr(request, "is_preview", False) or not request.user.is_authenticated:
        return None
    return request.user


def _open_to(reader: Member | None, sessions: Iterable[Session]) -> set[int] | None:
    """Return the keys of the sessions the reader may book; of a visitor that is not known yet."""
    if reader is None:
        return None
    asked = Session.objects.filter(pk__in=[session.pk for session in sessions])
    return set(open_sessions(reader, asked).values_list("pk", flat=True))


def _answer(request: HttpRequest, page: PlacedPage, **context: Any) -> HttpResponse:
    context = {**page.get_context(request), **context}
    response = TemplateResponse(request, page.get_template(request), context)
    if context.get("sensitive"):
        response["Cache-Control"] = "no-store"
    return response
