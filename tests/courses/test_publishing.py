"""Editions: all drafts together, and what a new one means for people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from wagtail.models import GroupPagePermission, Page

from courses.models import CoursePage, Edition, ModulePage
from courses.publishing import CannotPublish, drafts_of, publish_edition, reach_of
from members.dates import today
from members.models import AuditEvent
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    LiveQuizFactory,
    ModuleFactory,
    QuizStepFactory,
)
from tests.crowds import failures
from tests.members.factories import MemberFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def publish(course: CoursePage, **changes: Any) -> Edition:
    facts: dict[str, Any] = {
        "kind": Edition.Kind.MAJOR,
        "what_changed": "The law of October.",
        "old_count_until": None,
        "half_way": Edition.HalfWay.KEEP,
    }
    facts |= changes
    facts.setdefault("by", MemberFactory(administrator=True))
    return publish_edition(course=course, **facts)


def minor(course: CoursePage, **changes: Any) -> Edition:
    return publish(course, kind=Edition.Kind.MINOR, **changes)


def modules_of(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path"))


# --- Publishing ---------------------------------------------------------------------------------
def test_all_drafts_are_published_together_and_what_was_withdrawn_stays_so() -> None:
    course = CourseFactory(modules=2)
    changed, withdrawn = modules_of(course)
    withdrawn.unpublish()
    changed.title = "In new words"
    changed.save_revision()
    new = ModuleFactory(parent=course, draft=True)
    new.save_revision()
    course.summary = "In a new light."
    course.save_revision()
    assert [page.pk for page in drafts_of(course)] == [changed.pk, new.pk, course.pk]
    edition = publish(course)
    assert not drafts_of(course)
    assert {page.title for page in course.steps()} == {"In new words", new.title}
    course.refresh_from_db()
    assert course.summary == "In a new light."
    assert (edition.number, edition.published_on) == (2, today())
    assert edition.revision_id == course.live_revision_id


def test_without_a_draft_it_declares_what_is_there() -> None:
    course = CourseFactory()
    revision = course.live_revision_id
    assert [minor(course).number, publish(course).number] == [2, 3]
    course.refresh_from_db()
    assert course.live_revision_id == revision


def test_it_is_on_the_audit_trail() -> None:
    administrator = MemberFactory(administrator=True)
    course = CourseFactory()
    publish(course, by=administrator)
    event = AuditEvent.objects.get(action="edition.published")
    assert event.actor == administrator
    assert event.detail == {"course": course.pk, "number": 2, "kind": "major"}


def test_only_who_may_publish_the_page_publishes_an_edition(django_user_model: Any) -> None:
    course, author = CourseFactory(), MemberFactory()
    for person in (author, CompletionFactory(course=course).member):
        with pytest.raises(PermissionDenied):
            publish(course, by=person)
    assert not Edition.objects.exists()
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Publishers")
    author.groups.add(group)
    right = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(
        group=group, page=Page.objects.get(pk=course.pk), permission=right
    )
    assert publish(course, by=type(author).objects.get(pk=author.pk))


def test_what_does_not_go_together_is_refused_and_nothing_is_published() -> None:
    course = CourseFactory()
    course.title = "A draft"
    course.save_revision()
    with pytest.raises(CannotPublish, match="This day is over"):
        publish(course, old_count_until=today() - DAY)
    with pytest.raises(CannotPublish, match="Take the day away"):
        minor(course, old_count_until=today())
    with pytest.raises(CannotPublish, match="go on where they are"):
        minor(course, half_way=Edition.HalfWay.AGAIN)
    assert drafts_of(course)
    CoursePage.objects.filter(pk=course.pk).update(live=False)
    with pytest.raises(CannotPublish, match="not published"):
        publish(course)
    assert not Edition.objects.exists()


def test_all_or_nothing() -> None:
    """A quiz that is not live holds the whole edition back."""
    course = CourseFactory()
    first = modules_of(course)[0]
    first.title = "In new words"
    first.save_revision()
    quiz = LiveQuizFactory()
    quiz.unpublish()
    QuizStepFactory(parent=course, quiz=quiz, live=False).save_revision()
    with pytest.raises(CannotPublish, match="Publish the quiz first"):
        publish(course)
    assert "In new words" not in {page.title for page in course.steps()}
    assert not Edition.objects.exists()


def test_a_locked_page_holds_it_back() -> None:
    course = CourseFactory()
    course.locked, course.locked_by = True, MemberFactory(administrator=True)
    course.save()
    course.save_revision()
    with pytest.raises(CannotPublish, match="is locked"):
        publish(course)


def test_who_was_slower_is_told() -> None:
    course = CourseFactory()
    publish(course, follows=1)
    with pytest.raises(CannotPublish, match="edition 2 in the meantime"):
        publish(course, follows=1)
    assert publish(course, follows=2).number == 3


def test_the_database_knows_that_a_minor_edition_leaves_rounds_alone() -> None:
    edition = minor(CourseFactory())
    edition.pk, edition.number, edition.half_way = None, 3, Edition.HalfWay.AGAIN
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save(force_insert=True)


# --- Before it is published ---------------------------------------------------------------------
def test_whom_it_would_touch() -> None:
    course = CourseFactory()
    CompletionFactory.create_batch(2, course=course)
    CompletionFactory(course=course, valid_to=today() + 10 * DAY)
    CompletionFactory(course=course, expired=True)
    EnrolmentFactory(course=course)
    CompletionFactory()
    until = today() + 30 * DAY
    reach = reach_of(course, kind="major", old_count_until=until)
    assert (reach.people, reach.half_way, reach.first_day_without) == (2, 1, until + DAY)
    assert reach_of(course, kind="major", old_count_until=None).people == 3
    assert reach_of(course, kind="minor", old_count_until=None).people == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_get_two_numbers_or_one_is_told() -> None:
    course, people = CourseFactory(), MemberFactory.create_batch(3, administrator=True)
    deeds = [lambda by=person: publish(course, by=by) for person in people]
    assert failures(*deeds) == []
    assert sorted(Edition.objects.values_list("number", flat=True)) == [2, 3, 4]
    failed = failures(*[lambda by=person: publish(course, by=by, follows=4) for person in people])
    assert [type(error) for error in failed] == [CannotPublish] * 2
