"""Whatever a file holds, planning and importing it ends in questions or in lines and reasons."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from django.db import transaction

from quizzes.exchange.formats import FORMATS, read
from quizzes.exchange.writing_in import HasErrors, import_questions
from quizzes.models import Question
from tests.quizzes.exchange.damage import (
    QUIZ,
    mutated,
    pieces_of,
    with_another_value,
    with_each_other_value,
)

pytestmark = pytest.mark.django_db

IMPORTS = 15  # of each format and each way to damage a file
MOST_TRIES = 1_000


class UndoneError(Exception):
    """Nothing of it stays."""


def imported(content: bytes, name: str, *, publish: bool) -> bool:
    """Import a file and take it back. Return whether it had no errors."""
    found = read(content, name)
    if found.errors:
        return False
    with suppress(UndoneError, HasErrors), transaction.atomic():
        done = import_questions(found=found, by=None, publish=publish)
        keys = {entry.pk for entry in done.plan.entries}
        assert Question.objects.filter(pk__in=keys).count() == len(keys)
        raise UndoneError
    assert not Question.objects.exists()
    return True


@pytest.mark.parametrize("damaged", [mutated, with_another_value])
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_read_can_be_imported(name: str, damaged: object) -> None:
    random = Random(name)  # noqa: S311 (the same ones every time)
    good, imports = pieces_of(name), 0
    for number in range(MOST_TRIES):
        content = damaged(random.choice(good), random)
        imports += imported(content, name, publish=bool(number % 2))
        if imports == IMPORTS:
            break
    assert imports == IMPORTS, "enough of them got as far as the database"


def test_no_value_of_a_quiz_is_more_than_a_mistake() -> None:
    files = with_each_other_value(QUIZ, after=b'"quiz.quiz"')
    imports = [imported(content, "django_quiz", publish=False) for content in files]
    assert 30 < sum(imports) < len(imports) - 30
