"""What may not be deleted, and what to know when a webinar is taken off the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from wagtail.models import Page, Revision

from webinars.models import Recording, Session, Topic, WebinarPage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

KEPT = (
    "“{title}” cannot be deleted: it has sessions, and the bookings and attendance of people must "
    "stay. Unpublish it instead. It then disappears from the list and the records remain."
)
WATCHED = (
    "“{title}” cannot be deleted: people have watched it for their training. Unpublish it instead."
)
IN_USE = "“{title}” cannot be deleted: webinars are about it. Give them another topic first."
TO_COME = (
    "Sessions of “{title}” that are still to come: {number}. They go ahead, and who has booked is "
    "sent the way in. Cancel them if they are not to be held."
)


def keep_what_has_sessions(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a webinar that was ever held or announced, before the database would."""
    if not _has_sessions(page):
        return None
    messages.error(request, KEPT.format(title=page.get_admin_display_title()))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_what_has_sessions_in_bulk(
    request: HttpRequest, action: str, objects: Iterable[Any], view: object
) -> HttpResponse | None:
    """Hold the same rule for many pages at once."""
    chosen = [page for page in objects if isinstance(page, Page)] if action == "delete" else []
    if kept := [page for page in chosen if _has_sessions(page)]:
        messages.error(request, KEPT.format(title="”, “".join(page.title for page in kept)))
        return redirect("wagtailadmin_explore", kept[0].get_parent().pk)
    return None


def keep_what_is_needed(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Refuse to delete a recording that somebody's training rests on, and a topic in use."""
    for item in instances:
        if reason := _why_kept(item):
            messages.error(request, reason.format(title=item))
            of = item._meta
            return redirect(f"wagtailsnippets_{of.app_label}_{of.model_name}:list")
    return None


def warn_of_sessions_to_come(request: HttpRequest, page: Page) -> None:
    """Say that sessions do not stop because nobody finds their page. Unpublishing goes ahead."""
    number = Session.objects.filter(webinar=page.pk).standing().upcoming().count()
    if number:
        title = page.get_admin_display_title()
        messages.warning(request, TO_COME.format(title=title, number=number))


def warn_of_sessions_to_come_in_bulk(
    request: HttpRequest, action: str, objects: Iterable[Any], view: object
) -> None:
    """Say the same of many pages at once."""
    if action == "unpublish":
        for page in objects:
            if isinstance(page, Page):
                warn_of_sessions_to_come(request, page)


def _has_sessions(page: Page) -> bool:
    below = Page.objects.descendant_of(page, inclusive=True)
    return Session.objects.filter(webinar__in=below.values("pk")).exists()


def _why_kept(item: Model) -> str:
    match item:
        case Recording():
            return WATCHED if item.watchings.exists() else ""
        case Topic():
            return IN_USE if item.webinars.exists() or _is_in_a_version(item) else ""
    return ""


def _is_in_a_version(topic: Topic) -> bool:
    """Whether a draft or an earlier version has the topic: without it that could not be opened."""
    of_webinars = Revision.objects.filter(content_type__model=WebinarPage._meta.model_name)
    return bool(of_webinars.filter(content__topic=topic.pk).exists())
