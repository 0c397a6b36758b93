"""Webinar files: checked before anything is written, loaded twice without harm."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import Revision, Site

from tests.courses.factories import catalogue
from tests.members.factories import MemberFactory
from webinars.loading import ContentError, read
from webinars.models import Topic, WebinarPage

OURS = sorted(Path("webinars/content").glob("*.yaml"))
SMALL: dict[str, Any] = {
    "slug": "small",
    "title": "A small webinar",
    "summary": "Small.",
    "about": "Words, **bold**.\n\n- a\n- b",
    "topic": "Small things",
    "speakers": [{"name": "Ada"}],
}


def written(folder: Path, name: str = "small", **changes: Any) -> Path:
    path = folder / f"{name}.yaml"
    facts = {key: value for key, value in (SMALL | changes).items() if value is not None}
    path.write_text(yaml.safe_dump(facts), encoding="utf-8")
    return path


def load(*files: Path, **options: Any) -> str:
    catalogue()
    out = StringIO()
    call_command("load_webinars", *files, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_webinars_are_without_mistakes(path: Path) -> None:
    facts = read(path)
    assert facts["slug"] == path.stem
    assert len(facts["content_note"].split()) <= 50


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "title: This is missing"),
        ({"colour": "red"}, "colour: There is no such field"),
        ({"recorded": False}, "recorded: Value 'False' is not a valid choice"),
        ({"share_needed": 120}, "share_needed: Ensure this value is less than or equal to 100"),
        ({"summary": "x" * 301}, "summary: Ensure this value has at most 300"),
        ({"slug": "not a slug"}, "slug: Enter a valid"),
        ({"speakers": ["Ada"]}, "speakers: Write a list"),
        ({"captions": "perhaps"}, "captions: “perhaps” value must be either True or False"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ContentError, match="small") as told:
        read(written(tmp_path, **changes))
    assert said in str(told.value)


def test_a_file_that_is_not_yaml_says_where(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("title: [one\nslug: two", encoding="utf-8")
    with pytest.raises(ContentError, match=r"broken\.yaml, line 2"):
        read(path)
    path.write_text("- a", encoding="utf-8")
    with pytest.raises(ContentError, match="Begin with fields"):
        read(path)


@pytest.mark.django_db
def test_ours_load_live_and_a_second_time_change_nothing() -> None:
    assert "Webinar: Safeguarding essentials, live" in load()
    assert WebinarPage.objects.live().count() == len(OURS)
    before = Revision.objects.count()
    load()
    assert Revision.objects.count() == before


@pytest.mark.django_db
def test_what_somebody_edited_stays_unless_it_is_to_be_refreshed(tmp_path: Path) -> None:
    load(written(tmp_path))
    page = WebinarPage.objects.get()
    assert "<strong>bold</strong>" in page.about
    assert (page.topic, page.speakers[0].value["name"]) == (Topic.objects.get(), "Ada")
    load(written(tmp_path, title="A better title"))
    page.refresh_from_db()
    assert page.title == "A better title"
    page.title, author = "The organiser's title", MemberFactory(administrator=True)
    page.save_revision(user=author).publish(user=author)
    load(written(tmp_path))
    assert WebinarPage.objects.get().title == "The organiser's title"
    load(written(tmp_path), refresh=True)
    assert WebinarPage.objects.get().title == SMALL["title"]


@pytest.mark.django_db
def test_a_file_with_a_mistake_loads_nothing_and_the_others_load(tmp_path: Path) -> None:
    bad = written(tmp_path, "bad", minimum_age=3)
    with pytest.raises(CommandError, match=r"bad\.yaml, minimum_age"):
        load(bad, tmp_path / "nowhere.yaml", written(tmp_path))
    assert WebinarPage.objects.get().slug == "small"


@pytest.mark.django_db
def test_without_a_home_page_it_says_what_to_run_first() -> None:
    Site.objects.all().delete()
    with pytest.raises(CommandError, match="load_everything"):
        call_command("load_webinars")
