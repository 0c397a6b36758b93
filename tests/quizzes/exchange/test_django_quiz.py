"""Fixtures of django-quiz-app."""

import json
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
    ("fields", "reason"),
    [
        ({"max_questions": 0}, "asks 0 questions"),
        ({"max_questions": 40_000}, "asks 40000 questions"),
        ({"max_questions": 10**40}, "asks 1000"),
        ({"max_questions": -1}, "asks -1 questions"),
        ({"max_questions": "2"}, "“max_questions” should be a whole number"),
        ({"pass_mark": 150}, "pass mark is 150"),
        ({"pass_mark": -1}, "pass mark is -1"),
        ({"pass_mark": 79.5}, "“pass_mark” should be a whole number"),
        ({"pass_mark": True}, "“pass_mark” should be a whole number"),
        ({"title": ""}, "has no title"),
        ({"title": None, "url": ""}, "has no title"),
        ({"title": "x" * 300}, "300 characters long"),
        ({"description": "a\x00"}, "belongs to no text"),
        ({"success_text": "x" * 20_001}, "20,001 characters long"),
    ],
)
def test_a_quiz_we_cannot_hold_is_refused_with_its_line(fields, reason):
    entries = json.loads(FIXTURE.read_text())
    quiz = next(entry for entry in entries if entry["model"] == "quiz.quiz")
    quiz["fields"] |= fields
    got = read(json.dumps(entries).replace('{"model"', '\n{"model"').encode(), "django_quiz")
    assert (got.errors[0].line, reason in got.errors[0].reason) == (4, True)


def test_a_quiz_may_leave_the_numbers_to_us():
    entries = json.loads(FIXTURE.read_text())
    entries[2]["fields"] |= {"max_questions": None, "pass_mark": 0}
    quiz = read(json.dumps(entries).encode(), "django_quiz").quizzes[0]
    assert (quiz.draws, quiz.pass_mark) == (None, 0)


def test_a_question_that_is_left_out_leaves_the_others_in_their_quizzes():
    text = FIXTURE.read_text().replace('"Nobody"', '"' + "x" * 1_001 + '"')
    got = read(text.encode(), "django_quiz")
    assert [remark.line for remark in got.skipped] == [7]
    assert [got.items[place].stem for place in got.quizzes[0].places] == [
        "A child is under 18.",
        "Which are good?",
    ]


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
