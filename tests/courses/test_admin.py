"""What authors meet in the editor: what may be published, deleted and previewed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.blocks import FileBlock
from courses.forms import NO_STEPS, QUIZ_NOT_LIVE
from courses.models import CatalogueIndexPage, CoursePage, Enrolment, ModulePage
from members.dates import today
from tests.courses.factories import (
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    LiveQuizFactory,
    ModuleFactory,
    QuizStepFactory,
    catalogue,
)
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def author(client: Client) -> None:
    cache.clear()
    client.force_login(MemberFactory(administrator=True))


def course_form(course: CoursePage | None = None, **changes: object) -> dict[str, str]:
    """Return what the editor's form for a course posts."""
    fields = {
        "title": course.title if course else "A new course",
        "slug": course.slug if course else "a-new-course",
        "summary": "What it is about.",
        "audience": "For everyone.",
        "outcomes": rich_text("<p>Know more.</p>"),
        "minutes": 20,
        "minimum_age": 14,
        "step_order": "any",
        "motif": "shield",
        "content_note": "",
        "plain_title": "",
        "validity_years": "",
        "validity_months": 24,
        "renewal_window_days": 90,
        "renewal_method": "expiry",
    }
    return nested_form_data(fields | changes)


def edit(client: Client, page: Page, data: dict[str, str], **more: str) -> object:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data | more)


# --- Publishing ---------------------------------------------------------------------------------
def test_a_course_without_parts_is_refused_on_publishing_and_told_what_is_missing(
    client: Client,
) -> None:
    course = CourseFactory(live=False, modules=0)
    response = edit(client, course, course_form(course), **{"action-publish": "1"})
    assert NO_STEPS in response.content.decode()
    course.refresh_from_db()
    assert not course.live


def test_a_draft_part_does_not_count(client: Client) -> None:
    course = CourseFactory(live=False, modules=0)
    ModuleFactory(parent=course, draft=True)
    response = edit(client, course, course_form(course), **{"action-publish": "1"})
    assert NO_STEPS in response.content.decode()


def test_a_draft_of_it_may_be_saved(client: Client) -> None:
    course = CourseFactory(live=False, modules=0)
    assert edit(client, course, course_form(course, title="Saved")).status_code == 302
    course.refresh_from_db()
    assert course.get_latest_revision_as_object().title == "Saved"


def test_a_new_course_may_be_saved_but_not_published_at_once(client: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", catalogue().pk])
    response = client.post(url, course_form() | {"action-publish": "1"})
    assert NO_STEPS in response.content.decode()
    assert client.post(url, course_form()).status_code == 302
    assert not CoursePage.objects.get().live


def test_with_a_part_it_is_published(client: Client) -> None:
    course = CourseFactory(live=False, modules=1)
    response = edit(client, course, course_form(course), **{"action-publish": "1"})
    assert response.status_code == 302
    course.refresh_from_db()
    assert course.live


def test_no_other_way_publishes_it_either(client: Client) -> None:
    course = CourseFactory(live=False, modules=0)
    with pytest.raises(ValidationError, match="no published parts"):
        course.save_revision().publish()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={course.pk}")
    course.refresh_from_db()
    assert not course.live


def test_a_quiz_step_waits_for_its_quiz(client: Client) -> None:
    step = QuizStepFactory(parent=CourseFactory(), live=False, quiz=LiveQuizFactory())
    step.quiz.unpublish()
    data = {"title": "Quiz", "slug": step.slug, "minutes": "5", "quiz": str(step.quiz.pk)}
    response = edit(client, step, data, **{"action-publish": "1"})
    assert QUIZ_NOT_LIVE in response.content.decode()
    with pytest.raises(ValidationError):
        step.save_revision().publish()


# --- Law ----------------------------------------------------------------------------------------
def law(review_by: dt.date) -> dict[str, object]:
    return {
        "nation": "England",
        "title": "The duty",
        "text": "<p>It says.</p>",
        "source": "An Act",
        "source_url": "",
        "law_as_at": dt.date(2026, 1, 1),
        "review_by": review_by,
    }


def test_law_past_its_review_day_warns_and_is_published(client: Client) -> None:
    lesson = ModuleFactory(parent=CourseFactory(), body=[("law", law(dt.date(2026, 2, 1)))])
    fields = law(dt.date(2026, 2, 1)) | {"text": rich_text("<p>It says.</p>")}
    data = nested_form_data(
        {
            "title": "A better title",
            "slug": lesson.slug,
            "minutes": 5,
            "body": streamfield([("law", fields)]),
        }
    )
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    response = client.post(url, data | {"action-publish": "1"}, follow=True)
    assert "Check the law in “The duty” (England)" in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.title == "A better title"


def test_editors_see_overdue_law_on_their_first_page_and_law_in_time_is_left_alone(
    client: Client,
) -> None:
    course = CourseFactory()
    ModuleFactory(parent=course, title="Old law", body=[("law", law(dt.date(2026, 2, 1)))])
    ModuleFactory(parent=course, title="Good law", body=[("law", law(today()))])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    panel = page.partition('id="overdue-law"')[2].partition("</section>")[0]
    assert "Old law" in panel
    assert "Good law" not in panel


# --- Files --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "fits"), [("talk.vtt", True), ("talk.VTT", True), ("a.pdf", False)]
)
def test_captions_are_a_webvtt_file(name: str, fits: bool) -> None:
    document = Document.objects.create(title="Captions", file=ContentFile(b"WEBVTT", name=name))
    block = FileBlock(types=("vtt",))
    if fits:
        assert block.clean(document) == document
        return
    with pytest.raises(ValidationError, match=r"Choose a \.vtt file"):
        block.clean(document)


# --- Deleting -----------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [EnrolmentFactory, CompletionFactory])
def test_a_course_with_records_is_not_deleted(client: Client, state: type) -> None:
    course = state().course
    response = client.post(reverse("wagtailadmin_pages:delete", args=[course.pk]), follow=True)
    assert "people have taken it" in response.content.decode()
    assert CoursePage.objects.filter(pk=course.pk).exists()


def test_a_part_that_was_finished_is_not_deleted(client: Client) -> None:
    lesson = CompletionFactory().course.steps().first()
    client.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{url}?id={lesson.pk}")
    assert Page.objects.filter(pk=lesson.pk).exists()


def test_a_course_nobody_took_may_be_deleted(client: Client) -> None:
    course = CourseFactory()
    client.post(reverse("wagtailadmin_pages:delete", args=[course.pk]))
    assert not CoursePage.objects.exists()


# --- Previews -----------------------------------------------------------------------------------
def drafts() -> list[Page]:
    course = CourseFactory(live=False, modules=0, sensitive=True)
    lesson = ModuleFactory(parent=course, live=False, sensitive=True)
    return [CatalogueIndexPage.objects.get(), course, lesson, QuizStepFactory(parent=course)]


def test_every_kind_of_page_can_be_previewed_as_a_draft_and_writes_nothing(client: Client) -> None:
    for page in drafts():
        before = Revision.objects.count()
        response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert response.status_code == 200
        assert page.title in response.content.decode()
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert Revision.objects.count() == before
    assert not Enrolment.objects.exists()


def test_a_page_that_was_never_saved_can_be_previewed(client: Client) -> None:
    parents = {"coursepage": catalogue(), "modulepage": CourseFactory(), "quizsteppage": None}
    quiz = LiveQuizFactory()
    parents["quizsteppage"] = parents["modulepage"]
    data = {
        "coursepage": course_form(),
        "modulepage": nested_form_data(
            {
                "title": "New part",
                "slug": "new",
                "minutes": 5,
                "body": streamfield([("text", rich_text("<p>Fresh words.</p>"))]),
            }
        ),
        "quizsteppage": {"title": "Quiz", "slug": "q", "minutes": "5", "quiz": str(quiz.pk)},
    }
    for kind, parent in parents.items():
        url = reverse("wagtailadmin_pages:preview_on_add", args=["courses", kind, parent.pk])
        assert client.post(url, data[kind]).json()["is_valid"], kind
        assert client.get(url).status_code == 200
    assert ModulePage.objects.filter(slug="new").count() == 0
