"""The author's lint: what it notices, and that it does not cry wolf."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.lint import Severity, bank_remarks, remarks
from quizzes.lint.words import reading_age
from quizzes.models import Category, Option, Question
from tests.quizzes.factories import CategoryFactory, QuestionFactory, QuizFactory

pytestmark = pytest.mark.django_db

PLAIN = (("Tell the lead", True), ("Wait a week", False), ("Ask around", False))


def question(
    *options: tuple[str, bool], kind: str = "single", stem: str = "What helps?", **fields: object
) -> Question:
    """An unsaved question with these options."""
    row = fields.pop("option", {})
    matches = fields.pop("matches", ("",) * len(options))
    made = Question(
        reference=fields.pop("reference", "q-1"),
        category=fields.pop("category", Category(slug="t", title="T")),
        kind=kind,
        stem=stem,
        explanation=fields.pop("explanation", "Because it helps."),
        **fields,
    )
    made.options = [
        Option(text=text, match=match, is_correct=right, feedback="So.", sort_order=n, **row)
        for n, ((text, right), match) in enumerate(zip(options, matches, strict=True))
    ]
    return made


def rules(made: Question) -> set[str]:
    return {remark.rule for remark in remarks(made)}


def test_a_good_question_is_left_in_peace() -> None:
    assert remarks(question(*PLAIN)) == []


WORDY = "Notwithstanding organisational considerations, representatives unambiguously communicate "
CASES = {
    "no-explanation": question(*PLAIN, explanation=" "),
    "no-feedback": question(*PLAIN, option={}),
    "long-right-answer": question(
        ("Tell the safeguarding lead today, even without any proof at all", True),
        ("Wait", False),
        ("Ask around", False),
    ),
    "all-of-them": question(*PLAIN, ("All of the above", False)),
    "absolute-words": question(
        ("Tell the lead", True), ("Never say it", False), ("Always wait", False)
    ),
    "negative": question(*PLAIN, stem="Bo is 15. Which of these is not helpful?"),
    "overlap": question(("Wait", True), ("Wait a week", False), ("Ask around", False)),
    "everything-ticked": question(
        *PLAIN, kind="multiple", is_partial=True, option={"weight": Decimal(50)}
    ),
    "hard-to-read": question(*PLAIN, stem=WORDY * 4 + "responsibilities?"),
    "last-pair": question(
        ("England", True), ("Scotland", True), kind="matching", matches=("DBS", "Disclosure")
    ),
    "whose-law": question(*PLAIN, stem="What does the Care Act 2014 say?"),
    "overdue": question(*PLAIN, review_by=dt.date(2020, 1, 31)),
    "exact-number": question(("2.5", True), kind="numeric"),
    "incomplete": question(("One", True), ("Two", True)),
}
for option in CASES["no-feedback"].options.all():
    option.feedback = ""


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_notices_what_it_is_for(rule: str) -> None:
    found = [remark for remark in remarks(CASES[rule]) if remark.rule == rule]
    assert found
    assert all(remark.text.endswith(".") for remark in found)


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        ("all-of-them", question(*PLAIN, ("All of the above", False), option_order="written")),
        (
            "all-of-them",
            question(*PLAIN, ("All of the above", False), option={"is_pinned": True}),
        ),
        ("all-of-them", question(*PLAIN, ("Write to all of them now", False))),
        ("all-of-them", question(*PLAIN, ("Both parents and the school", False))),
        ("absolute-words", question(("Never wait", True), ("Never ask", False), ("Always", False))),
        ("long-right-answer", question(("Tell the lead at once", True), ("Wait a week", False))),
        ("whose-law", question(*PLAIN, stem="The Care Act 2014 says?", nation="England")),
        ("hard-to-read", question(*PLAIN, stem="Bo is sad. " * 20)),
        ("hard-to-read", question(*PLAIN, stem="Responsibilities?")),
        ("negative", question(*PLAIN, stem="You are not sure. What helps?")),
        (
            "last-pair",
            question(
                ("A", True), ("", True), ("B", True), kind="matching", matches=("1", "2", "1")
            ),
        ),
        (
            "everything-ticked",
            question(*PLAIN, kind="multiple", is_partial=True),
        ),
        ("exact-number", question(("2.5", True), kind="numeric", option={"tolerance": 1})),
        ("overdue", question(*PLAIN, review_by=dt.date(2999, 1, 1))),
    ],
)
def test_no_rule_cries_wolf(rule: str, made: Question) -> None:
    assert rule not in rules(made)


@pytest.mark.parametrize(
    "words",
    [
        "All the above",
        "All of the above are correct.",
        "All of these are right",
        "None of the options above",
        "Both A and B",
        "A and C",
        "Each of these",
        "Neither of them",
    ],
)
def test_all_of_them_is_known_however_it_is_put(words: str) -> None:
    for order in ("random", "alphabetical"):
        assert "all-of-them" in rules(question(*PLAIN, (words, False), option_order=order))


def test_reading_age_rises_with_long_words_and_forgives_titles_of_laws() -> None:
    easy, hard = reading_age("Bo is sad. He asks you to help. " * 6), reading_age(WORDY * 5)
    assert easy is not None
    assert hard is not None
    assert easy < 9
    assert hard > 16
    plain = "Bo asks you what the law says on this, and you tell him where he can look. " * 3
    titled = plain.replace("the law", "the Social Services and Well-being (Wales) Act 2014")
    assert reading_age(titled) == reading_age(plain)
    assert reading_age("Short.") is None


def test_doubles_and_habits_show_in_many_questions() -> None:
    long = ("The right answer is the longest", True), ("Wrong", False)
    many = [
        question(*long, stem=f"Number {n}?", reference=f"q-{n}", option_order="written")
        for n in range(5)
    ]
    doubles = [question(*PLAIN, reference=name) for name in ("one", "two")]
    other = question(("Ring 999", True), ("Wait", False), reference="three")
    found = bank_remarks([*many, *doubles, other])
    habits = {"longest-is-right", "same-place"}
    assert {remark.rule for remark in found} == {"double", "same-words"} | habits
    said = {remark.reference: remark.text for remark in found if remark.rule == "double"}
    assert said == {"one": "It asks the same as two.", "two": "It asks the same as one."}
    said = {remark.reference: remark.text for remark in found if remark.rule == "same-words"}
    assert set(said) == {"one", "two", "three"}
    assert "the same words as one, two" in said["three"]
    assert bank_remarks(many[:4]) == []


def test_the_command_says_what_and_where_and_strict_fails() -> None:
    topic = CategoryFactory(slug="respond")
    fine = QuestionFactory(category=CategoryFactory(parent=topic))
    stale = QuestionFactory(reference="old-law", category=topic, review_by=dt.date(2020, 1, 31))
    QuestionFactory(reference="elsewhere", review_by=dt.date(2020, 1, 31))
    QuizFactory(slug="check", questions=[fine])
    told = run("--category", "respond")
    assert "old-law: serious: Its law was to be checked again by 31 January 2020." in told
    assert "elsewhere" not in told
    assert "2 questions looked at" in told
    rows = json.loads(run("--json", "--category", "respond"))
    assert {"question": "old-law", "rule": "overdue", "severity": Severity.SERIOUS}.items() <= (
        next(row for row in rows if row["question"] == stale.reference).items()
    )
    assert "1 questions looked at" in run("--quiz", "check", "--strict")
    with pytest.raises(CommandError, match="serious"):
        run("--strict")


@pytest.mark.parametrize("where", ["--category", "--quiz"])
def test_the_command_names_what_it_does_not_know(where: str) -> None:
    with pytest.raises(CommandError, match="no-such"):
        run(where, "no-such")


def run(*words: str) -> str:
    out = StringIO()
    call_command("lint_questions", *words, stdout=out)
    return out.getvalue()
