"""A webinar in a course in the editor: what may be deleted, published and previewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from courses.forms import WEBINAR_NOT_LIVE
from courses.models import CoursePage, WebinarStepPage
from tests.courses.factories import CourseFactory
from tests.courses.webinars import WebinarStepFactory, live_course, was_at
from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory, WebinarPageFactory
from webinars.models import WebinarPage

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def author(client: Client) -> None:
    client.force_login(MemberFactory(administrator=True))


def delete(client: Client, pk: int) -> str:
    return client.post(reverse("wagtailadmin_pages:delete", args=[pk]), follow=True).text


def test_a_webinar_that_a_course_asks_for_is_not_deleted(client: Client) -> None:
    course, step = live_course()
    assert f"the course “{course.title}” asks for this webinar" in delete(client, step.webinar_id)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={step.webinar_id}")
    assert WebinarPage.objects.get() == step.webinar
    delete(client, step.pk)
    delete(client, step.webinar_id)
    assert not WebinarPage.objects.exists()


def test_a_part_at_which_somebody_was_is_not_deleted(client: Client) -> None:
    _, step = live_course(modules=1)
    was_at(step, MemberFactory(), "part")
    delete(client, step.pk)
    assert WebinarStepPage.objects.get() == step


def test_it_is_added_from_the_course_and_published_after_its_webinar(client: Client) -> None:
    course = CourseFactory()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text
    address = reverse("wagtailadmin_pages:add", args=["courses", "webinarsteppage", course.pk])
    assert address in edit
    form = {"title": "Live", "slug": "live", "minutes": 60, "action-publish": "1", "quiz": ""}
    draft = WebinarPageFactory(draft=True)
    refused = client.post(address, form | {"webinar": draft.pk})
    assert WEBINAR_NOT_LIVE in refused.text
    client.post(address, form | {"webinar": WebinarPageFactory().pk})
    assert WebinarStepPage.objects.live().get().slug == "live"


def test_a_draft_is_previewed_as_a_newcomer_would_see_it(client: Client) -> None:
    course, step = live_course(live=True)
    SessionFactory(webinar=step.webinar)
    was_at(step, MemberFactory())
    address = reverse("wagtailadmin_pages:view_draft", args=[step.pk])
    assert "Sessions you can book" in client.get(address).text
    fresh = WebinarStepFactory(parent=CoursePage.objects.get(pk=course.pk), draft=True)
    fresh.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[fresh.pk])
    assert "There is no session to book" in client.get(address).text
