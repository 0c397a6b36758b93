"""Writing a course file's facts into the site: questions, quiz, pages, all published.

What an author has changed since stays as the author left it: a page, quiz or question whose latest
version was saved by a person is not touched, unless it is asked to be refreshed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from courses.content import ContentError, Problem, renewal_fields
from courses.loading_quiz import is_authors, load_quiz, set_fields
from courses.models import CoursePage, ModulePage, QuizStepPage, WebinarStepPage
from courses.streams import stream
from quizzes.models import Category
from webinars.models import WebinarPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from courses.models import CatalogueIndexPage
    from members.pages import PlacedPage
    from quizzes.models import Quiz

    Facts = dict[str, Any]

THE_WEBINAR = "Come to the webinar"  # where it would be called as the course is
NO_WEBINAR = (
    "There is no published webinar “{slug}”. Load it first (load_webinars), or take this line out."
)


@transaction.atomic
def load_course(
    facts: Facts, *, into: CatalogueIndexPage, refresh: bool, tick: Callable[[], None]
) -> CoursePage:
    """Write one course with its parts and its quiz, or nothing. `tick` counts them."""
    webinar = _webinar(facts) if facts.get("webinar") else None
    quiz = _quiz(facts, refresh=refresh, tick=tick) if facts.get("quiz") else None
    course: CoursePage = _placed(CoursePage, facts["slug"], into, **_course_fields(facts))
    for module in facts.get("modules") or []:
        page = _placed(ModulePage, module["slug"], course, title=module["title"])
        _publish(page, _module_fields(facts["slug"], module), refresh=refresh)
        tick()
    if webinar:
        _load_webinar_step(course, facts, webinar, quiz, refresh=refresh)
    elif quiz:
        _load_quiz_step(course, quiz, refresh=refresh)
    course.refresh_from_db()  # it has children now
    _publish(course, _course_fields(facts), refresh=refresh)
    tick()
    return course


@transaction.atomic
def link_refresher(facts: Facts, *, into: CatalogueIndexPage, refresh: bool) -> bool:
    """Tie a course to its refresher, once both are loaded; return False if there is none such."""
    offered = CoursePage.objects.child_of(into)
    refresher = offered.filter(slug=facts["refresher"]).first() if facts.get("refresher") else None
    if facts.get("refresher") and refresher is None:
        return False
    _publish(offered.get(slug=facts["slug"]), {"refresher": refresher}, refresh=refresh)
    return True


def _webinar(facts: Facts) -> WebinarPage:
    webinar: WebinarPage | None = WebinarPage.objects.live().filter(slug=facts["webinar"]).first()
    if webinar is None:
        remedy = NO_WEBINAR.format(slug=facts["webinar"])
        raise ContentError([Problem(facts["slug"], "webinar", remedy)])
    return webinar


def _quiz(facts: Facts, *, refresh: bool, tick: Callable[[], None]) -> Quiz:
    fields = {"title": facts["title"]}
    subject, _ = Category.objects.get_or_create(slug=facts["slug"], defaults=fields)
    return load_quiz(facts["quiz"], subject=subject, refresh=refresh, tick=tick)


def _load_quiz_step(course: CoursePage, quiz: Quiz, *, refresh: bool) -> None:
    minutes = max(5, min(30, quiz.draw or 10))
    fields = {"title": quiz.title, "quiz": quiz, "minutes": minutes}
    page = _placed(QuizStepPage, "quiz", course, **fields)
    _publish(page, fields, refresh=refresh)
    _keep_last(page, course)


def _load_webinar_step(
    course: CoursePage, facts: Facts, webinar: WebinarPage, quiz: Quiz | None, *, refresh: bool
) -> None:
    """Write the webinar's part: what is left of the course's minutes, the quiz included."""
    reading = sum(module["minutes"] for module in facts.get("modules") or [])
    minutes = max(10, facts["minutes"] - reading)
    title = webinar.title if webinar.title != facts["title"] else THE_WEBINAR
    fields = {"title": title, "webinar": webinar, "quiz": quiz, "minutes": minutes}
    page = _placed(WebinarStepPage, "webinar", course, **fields)
    _publish(page, fields, refresh=refresh)
    _keep_last(page, course)


def _keep_last(page: PlacedPage, course: CoursePage) -> None:
    last = Page.objects.child_of(course).last()
    if last.pk != page.pk:  # a module was added: this stays the last part
        page.move(last, pos="right")


def _placed(kind: type[PlacedPage], slug: str, parent: PlacedPage, **fields: Any) -> Any:
    """Return the page with this slug under `parent`; a new draft if there is none."""
    found = kind.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    page = kind(slug=slug, live=False, **fields)
    # Read again: the tree keeps the number of children on the parent object.
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    return page


def _publish(page: PlacedPage, fields: Facts, *, refresh: bool) -> None:
    if is_authors(page, refresh=refresh):
        return
    if set_fields(page, fields) or not page.live_revision_id:
        page.save_revision().publish()


def _course_fields(facts: Facts) -> Facts:
    points = "".join(f"<li>{escape(point)}</li>" for point in facts.get("outcomes") or [])
    return {
        "title": facts["title"],
        "summary": facts["summary"],
        "audience": facts["audience"],
        "minutes": facts["minutes"],
        "minimum_age": facts.get("minimum_age") or 14,
        "content_note": facts.get("content_note") or "",
        "outcomes": f"<ul>{points}</ul>" if points else "",
        "is_sensitive": bool(facts.get("sensitive")),
        "plain_title": facts.get("plain_title") or "",
        "step_order": facts["order"],
        **renewal_fields(facts),
        "accepts_evidence": bool(facts.get("accepts_evidence")),
        "motif": facts["motif"],
    }


def _module_fields(course: str, facts: Facts) -> Facts:
    return {
        "title": facts["title"],
        "minutes": facts["minutes"],
        "is_sensitive": bool(facts.get("sensitive")),
        "topic": Category.objects.filter(slug=facts["topic"]).first(),
        "body": stream(facts["body"], f"{course}/{facts['slug']}"),
    }
