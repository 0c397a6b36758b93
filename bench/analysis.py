"""What item analysis costs when every member has sat one quiz of ten questions.

The attempts are written by the database itself, in three statements, and kept between runs. They
belong to a quiz of their own, so that no other page that is measured meets them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from bench.pages import client_for, fetch
from bench.rows import settle
from bench.timing import reading_ms, statements, wall_ms
from quizzes.actions import publish_question, publish_quiz
from quizzes.analysis.remembering import remember_all
from quizzes.models import Answer, Category, Option, Question, Quiz, QuizQuestion, Sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUIZ = "bench-analysis"
QUESTIONS, ASKED, OPTIONS = 40, 10, 4
ROUNDS = 2  # of what takes a minute on SQLite
PAGE_ROUNDS = 5
WHEN = "2026-03-27 19:30:00+00:00"

# Chance without a random number, so that each run has the same attempts: primes stir what stays.
SITTINGS = f"""
INSERT INTO quizzes_sitting (member_id, quiz_id, occasion, return_to, number, pass_mark,
    feedback_when, shows, started_at, submitted_at, marked_at, is_timed_out, score, max_score,
    passed)
SELECT id, %s, '', '', 1, 80, 'end', 'all', '{WHEN}', '{WHEN}', '{WHEN}', %s, 0, {ASKED * 100}, %s
FROM members_member
"""  # noqa: S608 (constants)
ANSWERS = """
INSERT INTO quizzes_answer (sitting_id, position, number, part, parts, question_id, revision_id,
    worth, is_critical, option_order, match_order, chosen, answered_at, seconds, mark)
SELECT sitting, place, place, 0, 0, question, revision, 100, %s, option_order, '[]',
    CASE WHEN is_right THEN first WHEN tempted = 0 THEN second WHEN tempted = 1 THEN third
    ELSE fourth END,
    '{when}', 10 + (sitting * 17 + place * 29) %% 90, CASE WHEN is_right THEN 100 ELSE 0 END
FROM (
    SELECT sitting.id AS sitting, place.place, item.question, item.revision, item.option_order,
        item.first, item.second, item.third, item.fourth,
        (sitting.id + place.place) %% 3 AS tempted,
        (sitting.id * 7919 + place.place * 104729 + item.number * 31) %% 1000 * 6
        + sitting.id * 613 %% 1000 * 4 < 4000 + item.number * 37 %% 40 * 130 AS is_right
    FROM quizzes_sitting sitting
    CROSS JOIN bench_place place
    JOIN bench_item item ON item.number = (sitting.id * 7 + place.place) %% {questions}
    WHERE sitting.quiz_id = %s
) asked
"""
SCORES = """
UPDATE quizzes_sitting SET score = found.score, passed = found.score >= 800
FROM (SELECT sitting_id, SUM(mark) AS score FROM quizzes_answer GROUP BY sitting_id) found
WHERE found.sitting_id = quizzes_sitting.id AND quizzes_sitting.quiz_id = %s
"""


def measure() -> Iterator[dict[str, Any]]:
    quiz = Quiz.objects.filter(slug=QUIZ).first() or _fill()
    count = wall_ms(Answer.objects.count, rounds=3)
    yield _against(count, "item analysis of all first attempts", *_nightly())
    client = client_for("admin@example.org")
    page = fetch(client, f"/cms/question-analysis/{quiz.pk}/")
    sent = statements(page)
    spent = reading_ms(sent, PAGE_ROUNDS)
    yield _against(count, "a quiz's analysis, in the database", spent, len(sent))


def _nightly() -> tuple[float, int]:
    act: Callable[[], object] = remember_all
    return wall_ms(act, ROUNDS), len(statements(act))


def _against(count: float, name: str, value: float, queries: int) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "base": f"count(*) of {Answer.objects.count():,} answers: {count:.2f} ms",
        "ratio": round(value / count, 2),
        "queries": queries,
    }


@transaction.atomic
def _fill() -> Quiz:
    print(f"  {QUIZ}: every member sits a quiz ...", file=sys.stderr)
    topic, _ = Category.objects.get_or_create(slug=QUIZ, defaults={"title": "Measured"})
    questions = [_question(number, topic) for number in range(QUESTIONS)]
    quiz = Quiz(slug=QUIZ, title="Measured", draw=ASKED)
    quiz.pool = [QuizQuestion(question=one, sort_order=n) for n, one in enumerate(questions)]
    publish_quiz(quiz=quiz, by=None)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # else it looks up each key of five million rows
            cursor.execute("SET LOCAL session_replication_role = replica")
        _help(cursor, questions)
        cursor.execute(SITTINGS, [quiz.pk, False, False])
        cursor.execute(ANSWERS.format(when=WHEN, questions=QUESTIONS), [False, quiz.pk])
        cursor.execute(SCORES, [quiz.pk])
        cursor.execute("DROP TABLE bench_item")
        cursor.execute("DROP TABLE bench_place")
    transaction.on_commit(settle)
    assert Answer.objects.count() >= Sitting.objects.count() * ASKED
    return quiz


def _question(number: int, topic: Category) -> Question:
    question = Question(
        reference=f"{QUIZ}-{number}", category=topic, stem="What helps?", explanation="Because."
    )
    question.options = [
        Option(text=f"Answer {place}", is_correct=place == 0, sort_order=place)
        for place in range(OPTIONS)
    ]
    return publish_question(question=question, by=None)


def _help(cursor: Any, questions: list[Question]) -> None:
    """Write down what the questions are, where the statements can join it."""
    json = "jsonb" if connection.vendor == "postgresql" else "text"
    chosen = ", ".join(f"{name} {json}" for name in ("first", "second", "third", "fourth"))
    cursor.execute(
        "CREATE TEMPORARY TABLE bench_item (number integer, question bigint, revision integer, "
        f"option_order {json}, {chosen})"
    )
    cursor.execute("CREATE TEMPORARY TABLE bench_place (place integer)")
    cursor.executemany(
        "INSERT INTO bench_place VALUES (%s)", [(place,) for place in range(1, ASKED + 1)]
    )
    cursor.executemany(
        "INSERT INTO bench_item VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [_item(number, question) for number, question in enumerate(questions)],
    )


def _item(number: int, question: Question) -> list[object]:
    keys = [option.key for option in question.options.all()]
    quoted = [f'["{key}"]' for key in keys]
    order = "[" + ", ".join(f'"{key}"' for key in keys) + "]"
    return [number, question.pk, question.live_revision_id, order, *quoted]
