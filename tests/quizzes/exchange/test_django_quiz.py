"""Fixtures of django-quiz-app."""

from pathlib import Path

import pytest

from quizzes.exchange import django_quiz
from quizzes.exchange.formats import read

FIXTURE = Path(__file__).with_name("django_quiz.json")


@pytest.fixture(scope="module")
def fixture():
    got = read(FIXTURE.read_bytes(), None, "dump.json")
    assert not got.errors
    return got


def test_questions_come_in_with_answers_topics_and_lines(fixture):
    assert [(i.kind, i.stem, i.category, i.line) for i in fixture.items] == [
        ("single", "Whom do you tell?", ("safeguarding", "children"), 7),
        ("true_false", "A child is under 18.", ("safeguarding",), 8),
        ("essay", "What would you do?", ("safeguarding", "children"), 9),
        ("multiple", "Which are good?", (), 10),
    ]
    single, true_false, _, multiple = fixture.items
    assert single.explanation == "The lead.\nAlways."
    assert [(o.text, o.is_correct) for o in single.options] == [
        ("The lead", True),
        ("Nobody", False),
    ]
    assert (single.option_order, multiple.option_order) == ("alphabetical", "random")
    assert [(o.text, o.is_correct) for o in true_false.options] == [
        ("True", True),
        ("False", False),
    ]
    assert all(option.is_correct for option in multiple.options)


def test_the_quiz_says_which_questions_it_holds(fixture):
    quiz = fixture.quizzes[0]
    assert (quiz.title, quiz.slug, quiz.category, quiz.places) == (
        "Induction",
        "induction",
        "safeguarding",
        (0, 1, 3),
    )
    assert (quiz.draws, quiz.pass_mark, quiz.pass_text, quiz.fail_text) == (
        2,
        80,
        "Well done",
        "Try again",
    )
    assert quiz.is_shuffled
    assert quiz.is_single_attempt
    assert not any([quiz.is_told_each_time, quiz.is_draft])


def test_what_stays_behind_is_noted(fixture):
    said = " ".join(note.reason for note in fixture.notes)
    for reason in (
        django_quiz.PEOPLES_RESULTS,
        django_quiz.SEVERAL,
        "uploads/2015/01/02/a.png",
        "“Induction” holds 3",
    ):
        assert reason in said


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"model": "quiz.quiz"}', 1, django_quiz.NOT_A_FIXTURE),
        ('[\n{"model": "quiz.quiz"}]', 2, django_quiz.BAD_ENTRY),
        ('[\n{"model": "quiz.question", "pk": 1, "fields": {}}\n]', 2, "missing its second"),
        ('[\n{"model": "quiz.category", "pk": 1, "fields": {}}\n', 3, "well-formed"),
        ("[" * 100_000, 1, "deeper"),
        ('[{"model": "x", "pk": ' + "9" * 5000 + "}]", 1, "far too long"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, reason):
    got = read(text.encode(), "django_quiz")
    assert (got.errors[0].line, reason in got.errors[0].reason) == (line, True)
