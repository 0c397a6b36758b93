"""Course files that name a webinar, or no quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError

from courses.content import problems
from courses.models import CoursePage, ModulePage, WebinarStepPage
from tests.courses.test_content import SMALL, load, write, written
from tests.webinars.factories import WebinarPageFactory

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.django_db
def test_a_course_that_is_a_webinar_with_its_quiz(tmp_path: Path) -> None:
    webinar = WebinarPageFactory(slug="live")
    path = written(tmp_path, modules=None, webinar="live", minutes=70)
    for _ in range(2):
        load(path)
    course = CoursePage.objects.live().get()
    step = course.steps().get().specific
    assert step.title == webinar.title
    assert (step.webinar, step.quiz.slug, step.minutes) == (webinar, "small", 70)
    path = written(tmp_path, webinar="live", minutes=70)
    load(path)
    kinds = [(page.specific_class, page.specific.minutes) for page in course.steps()]
    assert kinds == [(ModulePage, 5), (WebinarStepPage, 65)]


@pytest.mark.django_db
def test_a_webinar_that_is_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="small, webinar: There is no published webinar “live”"):
        load(written(tmp_path, webinar="live"))
    assert not CoursePage.objects.exists()


def test_a_course_of_nothing_is_told() -> None:
    facts = {name: value for name, value in SMALL.items() if name not in ("modules", "quiz")}
    assert [place for place, _ in problems(facts)] == ["modules"]


@pytest.mark.django_db
def test_a_course_without_a_quiz_loads(tmp_path: Path) -> None:
    facts = {name: value for name, value in SMALL.items() if name != "quiz"}
    load(write(tmp_path, facts))
    assert CoursePage.objects.live().get().steps().count() == 1
