"""Writing a course file's facts into the site: questions, quiz, pages, all published.

What an author has changed since stays as the author left it: a page, quiz or question whose latest
version was saved by a person is not touched, unless it is asked to be refreshed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from courses.content import renewal_fields
from courses.models import CoursePage, ModulePage, QuizStepPage
from courses.streams import stream
from quizzes.actions import publish_question, publish_quiz
from quizzes.models import Category, Option, Question, Quiz, QuizQuestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from courses.models import CatalogueIndexPage
    from courses.models.place import PlacedPage

    Facts = dict[str, Any]


@transaction.atomic
def load_course(
    facts: Facts, *, into: CatalogueIndexPage, refresh: bool, tick: Callable[[], None]
) -> CoursePage:
    """Write one course with its parts and its quiz, or nothing. `tick` counts them."""
    quiz = _load_quiz(facts["quiz"], refresh=refresh, tick=tick) if facts.get("quiz") else None
    course: CoursePage = _placed(CoursePage, facts["slug"], into, **_course_fields(facts))
    for module in facts["modules"]:
        page = _placed(ModulePage, module["slug"], course, title=module["title"])
        _publish(page, _module_fields(facts["slug"], module), refresh=refresh)
        tick()
    if quiz:
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


def _load_quiz(facts: Facts, *, refresh: bool, tick: Callable[[], None]) -> Quiz:
    for topic in facts["topics"]:
        Category.objects.get_or_create(slug=topic["slug"], defaults={"title": topic["title"]})
    questions = []
    for question in facts["questions"]:
        questions.append(_load_question(question, refresh=refresh))
        tick()
    quiz = cast("Quiz | None", Quiz.objects.filter(slug=facts["slug"]).first())
    if quiz is None:
        quiz = Quiz(slug=facts["slug"], live=False)
        quiz.pool = [QuizQuestion(question=question) for question in questions]
    if _is_authors(quiz, refresh=refresh) or not _set(quiz, _quiz_fields(facts)):
        return quiz
    return publish_quiz(quiz=quiz, by=None)


def _load_question(facts: Facts, *, refresh: bool) -> Question:
    question = cast("Question | None", Question.objects.filter(reference=facts["key"]).first())
    if question is None:
        question = Question(reference=facts["key"], live=False)
    if _is_authors(question, refresh=refresh):
        return question
    changed = _set(question, _question_fields(facts))
    if _set_options(question, facts) or changed:
        return publish_question(question=question, by=None)
    return question


def _set_options(question: Question, facts: Facts) -> bool:
    """Write the answers to choose from; those that stay keep the key people's answers name."""
    last = len(facts["options"]) - 1
    wanted = [
        {
            "text": str(option["text"]),
            "is_correct": bool(option.get("correct")),
            "is_pinned": bool(facts.get("pin_last")) and place == last,
            "feedback": option.get("feedback") or "",
        }
        for place, option in enumerate(facts["options"])
    ]
    present = list(question.options.all())
    if [{name: getattr(one, name) for name in wanted[0]} for one in present] == wanted:
        return False
    keys = {one.text: one.key for one in present}
    question.options = [
        Option(
            sort_order=place, **one, **({"key": keys[one["text"]]} if one["text"] in keys else {})
        )
        for place, one in enumerate(wanted)
    ]
    return True


def _load_quiz_step(course: CoursePage, quiz: Quiz, *, refresh: bool) -> None:
    minutes = max(5, min(30, quiz.draw or 10))
    fields = {"title": quiz.title, "quiz": quiz, "minutes": minutes}
    page = _placed(QuizStepPage, "quiz", course, **fields)
    _publish(page, fields, refresh=refresh)
    last = Page.objects.child_of(course).last()
    if last.pk != page.pk:  # a module was added: the quiz stays the last part
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
    if _is_authors(page, refresh=refresh):
        return
    if _set(page, fields) or not page.live_revision_id:
        page.save_revision().publish()


def _is_authors(item: Any, *, refresh: bool) -> bool:
    latest = item.latest_revision if item.pk else None
    return bool(latest and latest.user_id and not refresh)


def _set(item: Any, fields: Facts) -> bool:
    """Set the fields; return whether that changed anything or the item is new."""
    changed = item.pk is None
    for name, value in fields.items():
        if _plain(getattr(item, name, None)) != _plain(value):
            setattr(item, name, value)
            changed = True
    return changed


def _plain(value: Any) -> Any:
    return value.get_prep_value() if hasattr(value, "get_prep_value") else value


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


def _quiz_fields(facts: Facts) -> Facts:
    return {
        "title": facts["title"],
        "pass_mark": facts["pass_mark"],
        "draw": facts.get("draw"),
        "attempts_allowed": facts.get("attempts"),
        "cooling_off_hours": facts.get("cooling_off_hours") or 0,
        "is_sensitive": bool(facts.get("sensitive")),
        "pass_text": (facts.get("pass_text") or "").strip(),
        "fail_text": (facts.get("fail_text") or "").strip(),
    }


def _question_fields(facts: Facts) -> Facts:
    return {
        "category": Category.objects.get(slug=facts["topic"]),
        "kind": facts["type"],
        "stem": facts["stem"].strip(),
        "explanation": facts["explanation"].strip(),
        "nation": facts.get("nation") or "",
        "source": facts.get("source") or "",
        "review_by": facts.get("review_by"),
    }
