"""The question bank: ten thousand questions from a file, against writing the same rows bare."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from bench.timing import statements, undone
from quizzes.exchange.formats import read
from quizzes.exchange.writing_in import import_questions
from quizzes.models import Option, Question

if TYPE_CHECKING:
    from django.db.models import Model

QUESTIONS = 10_000
PREFIX = "bench-import"
BATCH = 500


def measure() -> dict[str, Any]:
    """Import a file once: it is too long for several rounds. Nothing of it is kept."""
    content = _file()
    with undone():
        with undone():
            begun = time.perf_counter()
            sent = statements(lambda: _import(content))
            took = (time.perf_counter() - begun) * 1000
            rows = _rows()
        begun = time.perf_counter()
        for model, some in rows:
            model._default_manager.bulk_create(some, batch_size=BATCH)
        bare = (time.perf_counter() - begun) * 1000
    return {
        "name": "import of 10,000 questions",
        "value": round(took, 3),
        "unit": "ms",
        "base": f"bulk_create of the same rows: {bare:.2f} ms",
        "ratio": round(took / bare, 2),
        "queries": len(sent),
    }


def _file() -> bytes:
    return "".join(
        f"// Question {n}\n::{PREFIX}-{n}::What helps in case {n}? {{=Listening #Yes."
        f" ~Promising to tell nobody #No. ~Nothing ~Asking why ####People decide {n}.}}\n\n"
        for n in range(QUESTIONS)
    ).encode()


def _import(content: bytes) -> None:
    done = import_questions(found=read(content, "gift"), by=None, publish=True)
    assert done.published == QUESTIONS


def _rows() -> list[tuple[type[Model], list[Any]]]:
    """Return what the import wrote, table by table."""
    questions = list(Question.objects.filter(reference__startswith=PREFIX))
    kind = Question.get_content_type()
    keys = [str(question.pk) for question in questions]
    return [
        (Question, questions),
        (Option, list(Option.objects.filter(question__in=questions))),
        (Revision, list(Revision.objects.filter(content_type=kind, object_id__in=keys))),
        (
            ReferenceIndex,
            list(ReferenceIndex.objects.filter(content_type=kind, object_id__in=keys)),
        ),
        (
            ModelLogEntry,
            list(ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys)),
        ),
    ]
