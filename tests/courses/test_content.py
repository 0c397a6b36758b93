"""Course files: checked before anything is written, loaded whole, and loaded twice without harm."""

from __future__ import annotations

from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision, Site

from courses.content import ContentError, html, problems, read
from courses.models import CoursePage, HomePage, ModulePage, QuizStepPage, WebinarStepPage
from quizzes.models import Question, Quiz
from tests.members.factories import MemberFactory

OURS = sorted(Path("courses/content").glob("*.yaml"))
SMALL: dict[str, Any] = {
    "slug": "small",
    "title": "A small course",
    "summary": "Small.",
    "audience": "Everyone.",
    "minutes": 5,
    "order": "any",
    "validity_months": 12,
    "motif": "lamp",
    "modules": [
        {
            "slug": "module-1",
            "title": "One",
            "minutes": 5,
            "topic": "one",
            "body": [
                {"text": "Words, **bold**.\n\n### A heading\n\n- a\n- b"},
                {"do_dont": {"title": "Advice", "do": ["Listen"], "dont": ["Promise"]}},
            ],
        }
    ],
    "quiz": {
        "slug": "small",
        "title": "Check",
        "pass_mark": 80,
        "topics": [{"slug": "one", "title": "One"}],
        "questions": [
            {
                "key": "s-1",
                "topic": "one",
                "type": "single",
                "stem": "Which?",
                "options": [{"text": "This", "correct": True}, {"text": "That"}],
                "explanation": "So.",
            }
        ],
    },
}


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    facts = deepcopy(SMALL)
    place: Any = facts
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return facts


def write(folder: Path, facts: dict[str, Any], name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(facts), encoding="utf-8")
    return path


def load(*files: Path, **options: Any) -> str:
    out = StringIO()
    call_command("load_courses", *files, stdout=out, **options)
    return out.getvalue()


# --- Reading ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_courses_are_without_mistakes(path: Path) -> None:
    assert read(path)["slug"] == path.stem


BODY = ("modules", 0, "body")


@pytest.mark.parametrize(
    ("facts", "place", "remedy"),
    [
        (changed("minutes", to="long"), "minutes", "a whole number"),
        (changed("minutes", to=True), "minutes", "a whole number"),
        (changed("title", to=None), "title", "missing"),
        (changed("title", to="  "), "title", "empty"),
        (changed("title", to={"Recognise": "it"}), "title", "quotation marks"),
        (changed("motif", to="skull"), "motif", "shield"),
        (changed("colour", to="red"), "colour", "no such field"),
        (changed("modules", to=[]), "modules", "at least 1"),
        (changed("summary", to="x" * 301), "summary", "Shorten it to 300"),
        (changed(*BODY, to=[{"film": "x"}]), "modules[1].body[1]", "one block"),
        (changed(*BODY, to=[{"text": "[x](http://a.org)"}]), "modules[1].body[1].text", "https://"),
        (changed(*BODY, to=[{"text": "[x](ftp://a.org)"}]), "modules[1].body[1].text", "https://"),
        (changed("modules", 0, "topic", to="none"), "modules, module-1", "quiz.topics"),
        (changed("quiz", "questions", 0, "options", 1, "correct", to=True), "s-1", "multiple"),
        (changed("quiz", "questions", 0, "options", 0, "correct", to=False), "s-1", "right"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(
    facts: dict[str, Any], place: str, remedy: str
) -> None:
    found = list(problems(facts))
    assert any(place in spot and remedy in advice for spot, advice in found), found


def test_a_file_that_is_not_yaml_says_where(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("title: [one\nslug: two", encoding="utf-8")
    with pytest.raises(ContentError, match=r"broken\.yaml, line 2"):
        read(path)


def test_html_in_markdown_stays_text() -> None:
    assert "<script>" not in html("Hello <script>alert(1)</script>")
    assert html("### Sub") == "<h2>Sub</h2>"


# --- Loading ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_our_courses_load_live_and_a_second_time_change_nothing() -> None:
    load()
    assert CoursePage.objects.live().count() == len(OURS)
    facts = [read(path) for path in OURS]
    assert ModulePage.objects.live().count() == sum(len(it.get("modules", ())) for it in facts)
    live = WebinarStepPage.objects.live().exclude(quiz=None).count()
    assert live == sum("webinar" in it for it in facts)
    assert QuizStepPage.objects.live().count() + live == Quiz.objects.filter(live=True).count()
    assert not Question.objects.filter(live=False).exists()
    assert Question.objects.filter(live_revision=None).count() == 0
    before = Revision.objects.count()
    load()
    assert Revision.objects.count() == before


@pytest.mark.django_db
def test_the_welcome_page_gives_way_to_ours(client: Any) -> None:
    load()
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("localhost", 80, True)
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()
    assert client.get("/courses/safeguarding-essentials/").status_code == 200


@pytest.mark.django_db
def test_a_changed_file_is_taken_over_and_options_keep_their_keys(tmp_path: Path) -> None:
    load(write(tmp_path, SMALL))
    keys = {option.text: option.key for option in Question.objects.get().options.all()}
    facts = changed("title", to="A better title")
    facts["quiz"]["questions"][0]["options"].append({"text": "Neither"})
    load(write(tmp_path, facts))
    assert CoursePage.objects.get().title == "A better title"
    now = {option.text: option.key for option in Question.objects.get().options.all()}
    assert len(now) == 3
    assert keys.items() <= now.items()


@pytest.mark.django_db
def test_what_an_author_edited_stays_unless_it_is_to_be_refreshed(tmp_path: Path) -> None:
    author = MemberFactory(administrator=True)
    load(write(tmp_path, SMALL))
    course = CoursePage.objects.get()
    course.title = "The author's title"
    course.save_revision(user=author).publish(user=author)
    load(write(tmp_path, SMALL))
    assert CoursePage.objects.get().title == "The author's title"
    load(write(tmp_path, SMALL), refresh=True)
    assert CoursePage.objects.get().title == SMALL["title"]


@pytest.mark.django_db
def test_a_new_module_comes_before_the_quiz(tmp_path: Path) -> None:
    load(write(tmp_path, SMALL))
    facts = deepcopy(SMALL)
    facts["modules"].append(facts["modules"][0] | {"slug": "module-2", "title": "Two"})
    load(write(tmp_path, facts))
    titles = [page.title for page in CoursePage.objects.get().steps()]
    assert titles == ["One", "Two", "Check"]


@pytest.mark.django_db
def test_a_file_with_a_mistake_loads_nothing_and_the_others_load(tmp_path: Path) -> None:
    good = write(tmp_path, SMALL)
    bad = write(tmp_path, changed("slug", to="bad") | {"minutes": "long"}, "bad.yaml")
    with pytest.raises(CommandError, match=r"bad\.yaml, minutes"):
        load(good, bad)
    assert [page.slug for page in CoursePage.objects.all()] == ["small"]


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        load(tmp_path / "nowhere.yaml")


# --- Renewal ------------------------------------------------------------------------------------
def written(tmp_path: Path, **changes: Any) -> str:
    path = tmp_path / f"{changes.get('slug', 'small')}.yaml"
    facts = deepcopy(SMALL) | changes
    path.write_text(yaml.safe_dump({k: v for k, v in facts.items() if v is not None}))
    return str(path)


def test_a_rule_of_renewal_that_contradicts_itself_is_told() -> None:
    facts = deepcopy(SMALL) | {"validity_months": 2, "renewal_window_days": 90}
    ((place, remedy),) = problems(facts)
    assert place == "renewal_window_days"
    assert "Make this shorter" in remedy


@pytest.mark.django_db
def test_a_file_says_how_a_course_is_renewed(tmp_path: Path) -> None:
    rule = {"renewal_fixed_day": 31, "renewal_fixed_month": 3, "minimum_validity_months": 6}
    path = written(tmp_path, validity_months=None, renewal_method="fixed", **rule)
    call_command("load_courses", path, verbosity=0)
    assert CoursePage.objects.get().renewal.fixed == (3, 31)
    assert CoursePage.objects.get().counts_for.startswith("It counts until the next 31 March")


@pytest.mark.django_db
def test_a_course_and_its_refresher_may_come_in_any_order(tmp_path: Path) -> None:
    long = written(tmp_path, refresher="short", validity_months=None, validity_years=2)
    quiz = SMALL["quiz"] | {"slug": "short"}
    short = written(tmp_path, slug="short", validity_months=None, quiz=quiz)
    for _ in range(2):
        call_command("load_courses", long, short, verbosity=0)
        assert CoursePage.objects.get(slug="small").refresher.slug == "short"
    assert CoursePage.objects.get(slug="small").get_latest_revision_as_object().refresher


@pytest.mark.django_db
def test_a_refresher_that_is_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no course “nowhere”"):
        call_command("load_courses", written(tmp_path, refresher="nowhere"), verbosity=0)
