"""Publishing a new edition of a course: all its drafts together, and what it means for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.editions import current_number
from courses.models import Completion, CoursePage, Edition, Enrolment
from courses.signals import edition_weighed
from members import audit
from members.dates import today

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from members.models import Member

NOT_LIVE = "This course is not published. Publish it first: then it has an edition to follow."
IN_THE_PAST = "This day is over. Choose today or a later day, or leave it empty: then what people "
IN_THE_PAST += "have done stops counting at once."
MINOR_TAKES_NOTHING = "After a minor edition everything counts as before. Take the day away, or "
MINOR_TAKES_NOTHING += "choose a major edition."
MINOR_KEEPS_ROUNDS = "After a minor edition people go on where they are. Choose that, or choose a "
MINOR_KEEPS_ROUNDS += "major edition."
LOCKED = "“{page}” is locked, or waits for somebody's approval. Unlock it first."
OVERTAKEN = "Somebody else has published edition {number} in the meantime. Look at it first."


class CannotPublish(Exception):  # noqa: N818 (a refusal, not a fault)
    """This edition may not be published now; the message says why and what to do."""


@transaction.atomic
def publish_edition(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    course: CoursePage,
    kind: Edition.Kind,
    what_changed: str,
    old_count_until: date | None,
    half_way: Edition.HalfWay,
    by: Member,
    follows: int | None = None,
) -> Edition:
    """Publish all drafts of a course and of its parts, and record the edition they make.

    `follows` is the number of the edition the author has seen: if somebody was faster, nothing
    is published. Without a draft it declares what is published already to be a new edition.
    """
    # Two at once: the second waits here, and then sees the number of the first.
    course = CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if not may_publish(course, by):
        raise PermissionDenied
    if wrong := contradictions(kind, old_count_until, half_way):
        raise CannotPublish(" ".join(wrong.values()))
    last = current_number(course)
    if follows is not None and follows != last:
        raise CannotPublish(OVERTAKEN.format(number=last))
    _publish_drafts(course, by)
    course.refresh_from_db()
    edition = Edition.objects.create(
        course=course,
        number=last + 1,
        kind=kind,
        published_on=today(),
        old_count_until=old_count_until,
        half_way=half_way,
        what_changed=what_changed,
        revision_id=course.live_revision_id,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    audit.record(
        "edition.published", by=by, course=course.pk, number=edition.number, kind=str(kind)
    )
    return edition


def may_publish(course: CoursePage, by: Member) -> bool:
    """Whether Wagtail lets this person publish the course, and with it its parts."""
    return bool(course.permissions_for_user(by).can_publish())


def contradictions(kind: str, old_count_until: date | None, half_way: str | None) -> dict[str, str]:
    """Say what does not go together, by field, each with its remedy."""
    wrong = {}
    is_minor = kind == Edition.Kind.MINOR
    if old_count_until and is_minor:
        wrong["old_count_until"] = MINOR_TAKES_NOTHING
    elif old_count_until and old_count_until < today():
        wrong["old_count_until"] = IN_THE_PAST
    if is_minor and half_way == Edition.HalfWay.AGAIN:
        wrong["half_way"] = MINOR_KEEPS_ROUNDS
    return wrong


def drafts_of(course: CoursePage) -> list[Page]:
    """Return what a new edition publishes: new parts, changed parts, and the course last.

    A part that was withdrawn stays withdrawn.
    """
    pages = Page.objects.descendant_of(course, inclusive=True).filter(has_unpublished_changes=True)
    waiting = [page for page in pages if page.live or page.first_published_at is None]
    return sorted(waiting, key=lambda page: (page.pk == course.pk, page.path))


def _publish_drafts(course: CoursePage, by: Member) -> None:
    if not course.live:
        raise CannotPublish(NOT_LIVE)
    for page in drafts_of(course):
        if page.permissions_for_user(by).page_locked():
            raise CannotPublish(LOCKED.format(page=page.get_admin_display_title()))
        try:
            page.get_latest_revision().publish(user=by)
        except ValidationError as error:
            reason = " ".join(error.messages)
            raise CannotPublish(f"“{page.get_admin_display_title()}”: {reason}") from error


@dataclass(frozen=True)
class Reach:
    """Whom a new edition would touch, as far as courses know."""

    last_day: date | None  # on which what people have done counts; None: as before
    people: int  # whose completion would count longer without this edition
    half_way: int

    @property
    def first_day_without(self) -> date | None:
        return self.last_day and self.last_day + timedelta(days=1)


def last_day_of_old(kind: str, old_count_until: date | None) -> date | None:
    """Return the last day on which older completions would count; None if they go on to count."""
    if kind != Edition.Kind.MAJOR:
        return None
    return old_count_until or today() - timedelta(days=1)


def number_to_type(course: CoursePage, *, kind: str, old_count_until: date | None) -> int | None:
    """Return how many people this touches, if some floor wants the number typed; else None."""
    said: list[tuple[Any, Any]] = edition_weighed.send(
        sender=Edition, course=course, kind=kind, old_count_until=old_count_until
    )
    return max((number for _, number in said if number is not None), default=None)


def reach_of(course: CoursePage, *, kind: str, old_count_until: date | None) -> Reach:
    """Return whom a new edition published today would touch."""
    half_way = Enrolment.objects.filter(course=course).current().count()
    last = last_day_of_old(kind, old_count_until)
    if last is None:
        return Reach(None, 0, half_way)
    counting = Completion.objects.filter(course=course).valid(on=last + timedelta(days=1))
    return Reach(last, counting.values("member").distinct().count(), half_way)
