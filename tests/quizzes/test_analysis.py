"""Item analysis as the database counts it, against the same counted one by one."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from quizzes.actions import publish_question
from quizzes.analysis import figures, tables
from quizzes.analysis.flags import Flag, flags_of
from quizzes.analysis.items import items
from quizzes.analysis.tables import Scope
from quizzes.models import Answer, QuestionStatistic
from tests.quizzes.analysed import a_quiz, questions_of, sit, strong_and_weak
from tests.quizzes.factories import QuestionFactory, QuizFactory, SittingFactory
from tests.quizzes.test_analysis_figures import spread

if TYPE_CHECKING:
    from quizzes.analysis.items import ItemFigures
    from quizzes.models import Quiz

pytestmark = pytest.mark.django_db


def item(quiz: Quiz, place: int = 0) -> ItemFigures:
    return items(Scope(quiz=quiz.pk))[questions_of(quiz)[place].pk]


def flags(quiz: Quiz, place: int = 0) -> set[str]:
    return {one.flag.value for one in flags_of(item(quiz, place))}


def some_papers(people: int, questions: int) -> list[list[int | None]]:
    random = Random(1)  # noqa: S311
    return [[random.choice([0, 0, 1, 2, None]) for _ in range(questions)] for _ in range(people)]


@pytest.mark.parametrize("worth", [100, 1000, 33])
def test_counts_are_those_of_each_answer(worth: int) -> None:
    quiz = a_quiz()
    sit(quiz, some_papers(60, 4), worth=worth)
    for pk, found in items(Scope(quiz=quiz.pk)).items():
        answers = list(Answer.objects.filter(question=pk).select_related("sitting"))
        rests = [
            (100 * a.sitting.score - a.mark * worth) // (a.sitting.max_score - worth)
            for a in answers
        ]
        single = [
            figures.Cell(rest, answer.mark, 1) for rest, answer in zip(rests, answers, strict=True)
        ]
        assert found.asked == 60
        assert found.facility == pytest.approx(figures.facility(single))
        assert found.discrimination == pytest.approx(figures.discrimination(single))
        assert found.correlation == pytest.approx(figures.correlation(single))
        for option, key in zip(found.options, answers[0].option_order, strict=True):
            assert option.count == sum(key in answer.chosen for answer in answers)
        assert found.nothing_chosen.count == sum(not answer.chosen for answer in answers)


def test_alpha_is_that_of_the_papers() -> None:
    quiz = a_quiz()
    papers = some_papers(50, 4)
    sit(quiz, papers)
    one_by_one = spread([{str(n): float(c == 0) for n, c in enumerate(p)} for p in papers])
    summed = tables.spread(Scope(quiz=quiz.pk))
    assert figures.alpha(summed) == pytest.approx(figures.alpha(one_by_one))


def test_only_marked_first_attempts_at_this_quiz_count() -> None:
    quiz, other = a_quiz(), QuizFactory(questions=1)
    sit(quiz, [[0, 0, 0, 0]] * 20)
    sit(quiz, [[1, 1, 1, 1]] * 5, number=2)
    sit(quiz, [[1, 1, 1, 1]] * 5, marked=False)
    SittingFactory(quiz=quiz, right=1)
    sit(other, [[0]] * 3)
    assert item(quiz).asked == 20
    assert item(quiz).facility == 1
    assert tables.attempts_by_quiz() == {quiz.pk: 20, other.pk: 3}
    assert [score.people for score in tables.scores(quiz.pk)] == [20]


def test_there_is_no_figure_of_fewer_than_twenty() -> None:
    quiz = a_quiz()
    strong_and_weak(quiz, 19)
    found = item(quiz)
    assert found.asked == 19
    assert found.facility is found.discrimination is found.correlation is found.mean_seconds is None
    assert found.options == flags_of(found) == []
    sit(quiz, [[0, 0, 0, 0]])
    assert item(quiz).facility == pytest.approx(0.5)


def test_an_option_few_chose_is_not_told() -> None:
    quiz = a_quiz()
    sit(quiz, [[0, 0, 0, 0]] * 17 + [[1, 0, 0, 0]] * 3 + [[2, 0, 0, 0]] * 2)
    shown = [option.count_shown for option in item(quiz).options]
    assert shown == ["17", "3", "fewer than 3", "0"]


def test_several_choices_count_one_by_one_whatever_their_order() -> None:
    question = QuestionFactory(multiple=True)
    quiz = QuizFactory(questions=[question, QuestionFactory()])
    sit(quiz, [[0, 0]] * 12 + [[0, 1]] * 12)
    first, second, third, *_ = (o["key"] for o in question.live_revision.content["options"])
    for n, answer in enumerate(Answer.objects.filter(question=question).order_by("pk")):
        answer.chosen = [[first, second], [second, first], [second, third]][n % 3]
        answer.save()
    found = item(quiz)
    assert [option.count for option in found.options[:3]] == [16, 24, 8]
    assert found.options[1].best == pytest.approx(1)


def test_a_paper_of_one_question_has_no_rest() -> None:
    quiz = QuizFactory(questions=1)
    sit(quiz, [[0]] * 15 + [[1]] * 10)
    found = item(quiz)
    assert found.facility == pytest.approx(0.6)
    assert found.discrimination is found.correlation is None
    assert found.options[0].best is None
    assert flags_of(found) == []
    assert figures.alpha(tables.spread(Scope(quiz=quiz.pk))) is None


def test_versions_are_one_question_told_in_the_words_of_the_most_asked() -> None:
    quiz = a_quiz()
    sit(quiz, [[0, 0, 0, 0]] * 30)
    question = questions_of(quiz)[0]
    question.stem = "Put better?"
    publish_question(question=question, by=None)
    sit(quiz, [[1, 0, 0, 0]] * 10)
    found = item(quiz)
    assert (found.asked, found.versions) == (40, 2)
    assert found.stem.startswith("What helps")
    assert found.facility == pytest.approx(0.75)


def test_a_page_counts_the_latest_attempts() -> None:
    quiz = a_quiz()
    sit(quiz, [[1, 1, 1, 1]] * 30)
    sit(quiz, [[0, 0, 0, 0]] * 25)
    pk = questions_of(quiz)[0].pk
    assert items(Scope(quiz=quiz.pk, most=25))[pk].facility == 1
    assert items(Scope(question=pk, most=25))[pk].facility == 1
    assert items(Scope(question=pk, quiz=quiz.pk))[pk].asked == 55


# --- Flags --------------------------------------------------------------------------------------
def test_a_good_question_raises_no_flag() -> None:
    quiz = a_quiz()
    strong_and_weak(quiz)
    assert flags(quiz) == set()
    assert item(quiz).discrimination == pytest.approx(1)


def test_too_easy_and_an_idle_option() -> None:
    quiz = a_quiz()
    strong_and_weak(quiz, 60, odd=0)
    told = [str(one) for one in flags_of(item(quiz))]
    assert told[0] == "Almost everyone gets this right"
    idle = ("Waiting a week", "Asking around", "Keeping quiet")
    assert told[1:] == [f"Nobody ever chooses “{text}”" for text in idle]


def test_a_wrong_key() -> None:
    quiz = a_quiz()
    sit(quiz, [[2, 0, 0, 0]] * 20 + [[0, 1, 1, 1]] * 20 + [[0, 0, 1, 0]] * 15)
    found = flags_of(item(quiz))
    assert [one.flag for one in found[:2]] == [Flag.WRONG_KEY, Flag.BACKWARDS]
    assert str(found[0]) == "The best learners choose “Asking around”: is the key wrong?"


def test_hard_slow_and_undecided() -> None:
    quiz = a_quiz()
    strong = [[0, 0, 0, 0], [1, 0, 0, 0]] * 13
    sit(quiz, strong + [[0, 1, 1, 1], [1, 1, 1, 1]] * 13, seconds=240)
    assert flags(quiz) == {"equally_well", "never_chosen", "slow"}
    assert item(quiz).median_seconds == 240
    hard = a_quiz()
    strong_and_weak(hard, 40, odd=1)
    assert "too_hard" in flags(hard)


# --- The command --------------------------------------------------------------------------------
def test_the_command_remembers_and_may_run_again(django_assert_num_queries: object) -> None:
    quiz, few = a_quiz(), a_quiz()
    strong_and_weak(quiz, 40, odd=0)
    strong_and_weak(few, 19)
    with django_assert_num_queries(8):
        call_command("analyse_questions", verbosity=0)
    call_command("analyse_questions", verbosity=0)
    assert QuestionStatistic.objects.count() == 4
    easy = QuestionStatistic.objects.get(question=questions_of(quiz)[0])
    assert (easy.answers, easy.facility, easy.flags) == (40, 1, ["too_easy"])
    good = QuestionStatistic.objects.get(question=questions_of(quiz)[1])
    assert (good.facility, good.discrimination, good.flags) == (0.5, 1, [])


def test_what_is_no_longer_enough_is_forgotten() -> None:
    quiz = a_quiz()
    strong_and_weak(quiz, 20)
    call_command("analyse_questions", verbosity=0)
    Answer.objects.filter(question=questions_of(quiz)[0]).first().delete()
    call_command("analyse_questions", verbosity=0)
    assert QuestionStatistic.objects.count() == 3
