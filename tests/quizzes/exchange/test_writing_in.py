"""Items into the bank: all or none, as versions, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.models import Revision

from members.models import AuditEvent
from quizzes.exchange import writing_in
from quizzes.exchange.items import Item, OptionItem, Picture, StepItem
from quizzes.exchange.plan import STEP_TWICE
from quizzes.exchange.writing_in import HasErrors
from quizzes.models import Category, Option, Question
from tests.members.factories import MemberFactory
from tests.quizzes.exchange.bank import PNG, bring_in, in_the_bank, of_every_type, single, told
from tests.quizzes.factories import QuizFactory, SittingFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def files() -> list[str]:
    try:
        return default_storage.listdir("original_images")[1]
    except FileNotFoundError:
        return []


# --- What comes in -------------------------------------------------------------------------------
def test_every_type_comes_in_whole_and_published() -> None:
    done = bring_in(*of_every_type(), publish=True)
    assert (len(done.new), done.published, done.drafts) == (9, 11, [])  # two are steps
    assert in_the_bank() == {item.reference: told(item) for item in of_every_type()}
    assert Question.objects.published().count() == 11
    image = Question.objects.get(reference="q-1").image
    assert (image.collection.name, image.title) == ("Questions", "A dot")


def test_categories_are_made_once_on_two_levels() -> None:
    bring_in(single(1), single(2, category=("safeguarding",)), single(3, category=()))
    bring_in(single(4), single(5, category=("A", "B", "C")), single(6, category=("B",)))
    assert {(str(c), c.slug, str(c.parent or "")) for c in Category.objects.all()} == {
        ("Safeguarding", "safeguarding", ""),
        ("Listening", "listening", "Safeguarding"),
        ("Imported questions", "imported-questions", ""),
        ("A", "a", ""),
        ("B / C", "b-c", "A"),
        ("B", "b", ""),
    }


def test_the_category_for_questions_without_one_may_be_chosen_or_is_made() -> None:
    bring_in(single(1, category=()), single(2), usual="my-topic")
    assert Question.objects.get(reference="q-1").category.title == "My topic"
    assert Question.objects.get(reference="q-2").category.title == "Listening"


def test_what_is_not_complete_stays_a_draft_and_says_why() -> None:
    done = bring_in(single(1, explanation=""), single(2), publish=True)
    assert (len(done.new), done.published) == (2, 1)
    assert [(draft.line, draft.reason[:11]) for draft in done.drafts] == [(1, "q-1: Before")]
    draft = Question.objects.get(reference="q-1")
    assert (draft.live, draft.has_unpublished_changes) == (False, True)
    assert draft.latest_revision.content["stem"] == draft.stem


def test_without_a_reference_one_is_made_of_the_category() -> None:
    bring_in(*(single(n, reference="") for n in (1, 2)), single(3, reference="listening-04"))
    bring_in(single(5, reference=""), single(6, reference=""))
    names = Question.objects.values_list("reference", flat=True)
    assert [*names] == [f"listening-0{n}" for n in (1, 2, 4, 5, 6)]


# --- What is there already -----------------------------------------------------------------------
@pytest.mark.parametrize("reference", ["q-1", ""])
def test_the_second_time_nothing_changes(reference: str) -> None:
    items = [single(1, reference=reference), single(2, reference=reference)]
    bring_in(*items)
    done = bring_in(*items, publish=True)
    assert (len(done.new), len(done.plan.there), Revision.objects.count()) == (0, 2, 2)
    assert "Already in the bank" in done.plan.left_alone[0].reason


def test_the_same_question_twice_in_a_file_comes_in_once() -> None:
    done = bring_in(single(1), single(1, line=9), single(1, stem="Another?", line=10))
    assert [(one.line, "line 1 already" in one.reason) for one in done.plan.skipped] == [(9, True)]
    assert {*in_the_bank()} == {"q-1", "q-1-2"}


def test_an_update_is_a_new_version_that_keeps_keys_and_what_was_asked() -> None:
    bring_in(single(1), publish=True)
    question = Question.objects.get()
    asked, keys = question.live_revision, {o.text: o.key for o in question.options.all()}
    SittingFactory(quiz=QuizFactory(questions=[question]))
    options = (*single().options, OptionItem("Something new", is_correct=False))
    words = single(1, stem="Better?", explanation="", options=options)
    done = bring_in(words, single(2), update=True, publish=True)
    question = Question.objects.get(pk=question.pk)
    assert (len(done.new), len(done.updated), question.stem) == (1, 1, "Better?")
    assert question.explanation == single().explanation  # the file did not say
    assert question.live_revision.content["stem"] == "Better?"
    assert keys.items() <= {o.text: o.key for o in question.options.all()}.items()
    asked.refresh_from_db()
    assert asked.content["stem"] == single().stem


def test_an_update_of_a_published_question_as_a_draft_shows_nobody_anything() -> None:
    bring_in(single(1), publish=True)
    bring_in(single(1, stem="Better?"), update=True)
    question = Question.objects.get()
    assert (question.live, question.has_unpublished_changes) == (True, True)
    assert question.stem == question.live_revision.content["stem"] == single().stem
    assert question.latest_revision.content["stem"] == "Better?"
    assert Option.objects.count() == 3


def test_an_update_that_changes_nothing_makes_no_version_but_publishes_a_draft() -> None:
    bring_in(*of_every_type())
    done = bring_in(*of_every_type(), update=True)
    assert (len(done.updated), Revision.objects.count()) == (0, 11)
    done = bring_in(*of_every_type(), update=True, publish=True)
    assert Question.objects.published().count() == done.published == 11


def test_the_same_image_is_kept_once() -> None:
    before = len(files())
    picture = Picture("dot.png", PNG, "A dot")
    bring_in(single(1, picture=picture), single(2, picture=picture))
    bring_in(single(3, picture=picture))
    assert (get_image_model().objects.count(), len(files())) == (1, before + 1)


# --- All or nothing ------------------------------------------------------------------------------
def test_a_failure_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_in, "BATCH", 2)
    real, calls = writing_in.save_drafts, []

    def fails_later(questions: list[Question], **more: object) -> None:
        calls.append(len(questions))
        real(questions, **more)
        if sum(calls) > 2:
            raise RuntimeError

    monkeypatch.setattr(writing_in, "save_drafts", fails_later)
    before = files()
    items = [single(n, picture=Picture(f"p{n}.png", PNG + bytes([n]), "x")) for n in range(1, 6)]
    with pytest.raises(RuntimeError):
        bring_in(*items)
    assert not Question.objects.exists()
    assert not Category.objects.exists()
    assert not get_image_model().objects.exists()
    assert not AuditEvent.objects.filter(action="questions.imported").exists()
    assert files() == before


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", PNG[:8], PNG[:20]])
def test_an_image_that_is_none_or_damaged_is_an_error_and_nothing_comes_in(content: bytes) -> None:
    before = files()
    bad = single(2, picture=Picture("x.png", content, "x"))
    with pytest.raises(HasErrors) as refusal:
        bring_in(single(1), bad)
    assert [error.line for error in refusal.value.plan.errors] == [2]
    assert not Question.objects.exists()
    assert files() == before


@pytest.mark.parametrize(("first", "second"), [("", ""), ("q-1", "q-1"), ("", "q-1")])
def test_a_scenario_with_one_step_twice_is_an_error(first: str, second: str) -> None:
    bring_in(single(1))
    steps = [StepItem(single(1, reference=name)) for name in (first, second)]
    with pytest.raises(HasErrors) as refusal:
        bring_in(Item("scenario", "And then?", steps=tuple(steps), line=7))
    assert [(e.line, e.reason) for e in refusal.value.plan.errors] == [(7, STEP_TWICE)]


# --- Who, and how dear ---------------------------------------------------------------------------
def test_who_may_not_may_not_and_what_was_done_is_written_down() -> None:
    with pytest.raises(PermissionDenied):
        bring_in(single(1), by=MemberFactory())
    assert not Question.objects.exists()
    bring_in(single(1), by=MemberFactory(administrator=True), file_name="bank.gift")
    event = AuditEvent.objects.get(action="questions.imported")
    assert event.actor
    assert event.detail == {
        "file": "bank.gift",
        "new": 1,
        "updated": 0,
        "published": 0,
        "left_alone": 0,
        "skipped": 0,
        "topics": ["listening"],
    }


def test_many_take_as_many_queries_as_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    bring_in(single(1), publish=True)
    with django_assert_max_num_queries(60) as few:
        bring_in(single(2), single(3), publish=True)
    with django_assert_max_num_queries(len(few)):
        bring_in(*(single(n) for n in range(10, 40)), publish=True)


def test_what_is_written_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the file, no more than a batch of questions is held as rows."""
    monkeypatch.setattr(writing_in, "BATCH", 5)
    most = []
    real = writing_in.save_drafts

    def counted(questions: list[Question], **more: object) -> None:
        most.append(len(questions))
        real(questions, **more)

    monkeypatch.setattr(writing_in, "save_drafts", counted)
    done = bring_in(*(single(n) for n in range(1, 13)))
    assert max(most) == 5
    assert not any(isinstance(value, Question) for e in done.new for value in (e.pk, e.item))


def test_an_item_is_all_it_needs() -> None:
    bring_in(Item("essay", "What now?"))
    assert Question.objects.get().reference == "imported-questions-01"
