"""What the editor does for courses: warnings about law, and records that cannot be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.dateformat import format as written
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from courses import desk_menu
from courses.edition_views import NewEditionView
from courses.forms import NO_STEPS
from courses.law import lessons_under, overdue_law
from courses.models import (
    Attended,
    Completion,
    CoursePage,
    Edition,
    Enrolment,
    Evidence,
    ImportedRow,
    ModulePage,
    StepProgress,
    WebinarStepPage,
)
from courses.overdue import OverdueLawPanel
from courses.publishing import may_publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from wagtail.admin.menu import MenuItem

    from members.models import Member

KEPT = (
    "“{title}” cannot be deleted: people have taken it, and their records must stay. "
    "Unpublish it instead. It then disappears for learners and the records remain."
)
ASKED_FOR = (
    "“{title}” cannot be deleted: the course “{course}” asks for this webinar. Take it out of the "
    "course first, or unpublish it instead."
)


@hooks.register("after_publish_page")
def warn_of_overdue_law(request: HttpRequest, page: Page) -> None:
    """Say which law on the page should have been checked again by now. Publishing goes ahead."""
    if not isinstance(page, (CoursePage, ModulePage)):
        return
    for law in overdue_law(lessons_under(page)):
        day = written(law.review_by, "j F Y")
        messages.warning(
            request,
            f"Check the law in “{law.title}” ({law.nation}) in {law.page.title}: "
            f"it was to be checked again by {day}.",
        )


@hooks.register("before_delete_page")
def keep_what_has_records(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete pages that people's records point at, before the database would."""
    if has_records([page]):
        reason = KEPT.format(title=page.get_admin_display_title())
    elif not (reason := _asked_for([page])):
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_what_has_records_in_bulk(
    request: HttpRequest, action: str, pages: Iterable[Any], view: object
) -> HttpResponse | None:
    """Hold the same rules for many pages at once: records stay, a course has a part."""
    chosen = [page for page in pages if isinstance(page, Page)]
    if action == "delete" and (kept := [page for page in chosen if has_records([page])]):
        messages.error(request, KEPT.format(title="”, “".join(page.title for page in kept)))
        return redirect("wagtailadmin_explore", chosen[0].get_parent().pk)
    if action == "delete" and (reason := _asked_for(chosen)):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", chosen[0].get_parent().pk)
    if action == "publish" and any(_lacks_parts(page) for page in chosen):
        messages.error(request, NO_STEPS)
        return redirect("wagtailadmin_explore", chosen[0].get_parent().pk)
    return None


@hooks.register("construct_homepage_panels")
def show_overdue_law(request: HttpRequest, panels: list[Any]) -> None:
    """Remind editors, where they begin, of the law that is to be checked again."""
    panels.append(OverdueLawPanel())


@hooks.register("register_admin_urls")
def addresses_of_the_desk() -> list[URLPattern]:
    return desk_menu.URLS


@hooks.register("register_admin_menu_item")
def desk_in_the_menu() -> MenuItem:
    return desk_menu.menu()


@hooks.register("register_admin_urls")
def new_edition_address() -> list[URLPattern]:
    view = NewEditionView.as_view()
    return [path("courses/<int:pk>/new-edition/", view, name="courses_new_edition")]


@hooks.register("register_page_header_buttons")
def offer_a_new_edition(
    page: Page, user: Member, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer it in the menu of a published course to those who may publish it."""
    course = page.specific
    if isinstance(course, CoursePage) and course.live and may_publish(course, user):
        address = reverse("courses_new_edition", args=[course.pk])
        yield Button("New edition", url=address, icon_name="doc-full-inverse", priority=67)


def has_records(pages: Iterable[Page]) -> bool:
    """Whether anybody's record points at one of these pages or at a page below."""
    for page in pages:
        below = Page.objects.descendant_of(page, inclusive=True).values("pk")
        if any(
            (
                Enrolment.objects.filter(course__in=below).exists(),
                Completion.objects.filter(course__in=below).exists(),
                StepProgress.objects.filter(step__in=below).exists(),
                Attended.objects.filter(step__in=below).exists(),
                Edition.objects.filter(course__in=below).exists(),
                Evidence.objects.filter(course__in=below).exists(),
                ImportedRow.objects.filter(course__in=below).exists(),
            )
        ):
            return True
    return False


def _asked_for(pages: Iterable[Page]) -> str:
    """Say which course asks for one of these webinars, or of those below; nothing if none does."""
    for page in pages:
        below = Page.objects.descendant_of(page, inclusive=True).values("pk")
        asking = WebinarStepPage.objects.filter(webinar__in=below)
        if step := asking.select_related("webinar").first():
            return ASKED_FOR.format(title=step.webinar.title, course=step.course.title)
    return ""


def _lacks_parts(page: Page) -> bool:
    course = page.specific
    return isinstance(course, CoursePage) and not course.steps().exists()
