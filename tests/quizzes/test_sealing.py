"""What people write: sealed where it is kept, and kept no longer than said."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from members.sealing import UNREADABLE, seal, unseal
from quizzes.actions import submit_sitting
from quizzes.essays.actions import mark_essay, read_essay, take_essay
from quizzes.models import Answer, EssayMark, Writing
from tests.quizzes.essays import TEXT, begun, handed_in, marker, written

if TYPE_CHECKING:
    from pytest_django import Settings

    from quizzes.models import Sitting

pytestmark = pytest.mark.django_db


def whole_database() -> str:
    """Every row of every table, as the database gives it out."""
    rows: list[object] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows += cursor.fetchall()
    return repr(rows)


def forget() -> str:
    out = StringIO()
    call_command("forget_writings", stdout=out)
    return out.getvalue()


def marked() -> Sitting:
    ann, sitting = marker(), handed_in()
    writing = take_essay(writing=written(sitting), by=ann)
    assert read_essay(writing=writing, by=ann) == TEXT
    mark_essay(writing=writing, mark=75, comment="Well put.", by=ann)
    return sitting


# --- Sealed ---------------------------------------------------------------------------------------
def test_nothing_in_the_database_holds_what_was_written() -> None:
    marked()
    stored = whole_database()
    assert "Well put." in stored  # it looks in the right place
    assert TEXT not in stored
    assert TEXT[:20] not in stored


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal(TEXT) != seal(TEXT)


def test_a_key_is_changed_without_losing_anything(settings: Settings) -> None:
    settings.WRITING_KEYS = ["old"]
    old = seal(TEXT)
    settings.WRITING_KEYS = ["new", "old"]
    assert unseal(old) == TEXT
    new = seal(TEXT)
    settings.WRITING_KEYS = ["new"]
    assert (unseal(new), unseal(old)) == (TEXT, UNREADABLE)


def test_without_keys_the_secret_of_the_site_seals(settings: Settings) -> None:
    settings.WRITING_KEYS = []
    sealed = seal(TEXT)
    settings.WRITING_KEYS = ["new", settings.SECRET_KEY]
    assert unseal(sealed) == TEXT
    settings.WRITING_KEYS, settings.SECRET_KEY = [], "another"
    assert unseal(sealed) == UNREADABLE


def test_whose_key_is_gone_is_still_marked(settings: Settings) -> None:
    ann, sitting = marker(), handed_in()
    settings.WRITING_KEYS = ["another"]
    writing = take_essay(writing=written(sitting), by=ann)
    assert read_essay(writing=writing, by=ann) == UNREADABLE
    mark_essay(writing=writing, mark=100, by=ann)
    sitting.refresh_from_db()
    assert sitting.passed


# --- Forgotten ------------------------------------------------------------------------------------
def test_the_text_goes_90_days_after_marking_and_the_mark_stays() -> None:
    sitting, last_day = marked(), timezone.localdate() + dt.timedelta(days=90)
    assert Writing.objects.get().delete_after == last_day
    Writing.objects.update(delete_after=timezone.localdate())
    assert forget() == "Deleted: 0 texts.\n"
    Writing.objects.update(delete_after=timezone.localdate() - dt.timedelta(days=1))
    assert forget() == "Deleted: 1 texts.\n"
    assert forget() == "Deleted: 0 texts.\n"
    answer = sitting.answers.with_words().get(question__kind="essay")
    assert (answer.mark, answer.typed, answer.is_forgotten) == (75, "", True)
    assert EssayMark.objects.get().comment == "Well put."


def test_what_was_never_handed_in_goes_too_and_its_question_is_open_again() -> None:
    left, fresh, waiting = begun(), begun(), handed_in()
    long_ago = timezone.now() - dt.timedelta(days=92)
    Answer.objects.exclude(sitting=fresh).update(answered_at=long_ago)
    assert forget() == "Deleted: 1 texts.\n"
    assert not Writing.objects.filter(answer__sitting=left).exists()
    assert [a.asked.is_typed for a in left.answers.unanswered()] == [True]
    for kept in (fresh, waiting):  # what waits for its marker is not lost on them
        assert written(kept).text == TEXT
    assert submit_sitting(sitting=left, by=left.member).is_marked
