"""What would be right is in no response of an open sitting: words planted there are not met.

The last part shows that they are met once they may be, so that looking for them proves something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from courses.actions import begin_quiz
from courses.models import QuizStepPage
from quizzes import urls
from quizzes.actions import submit_sitting
from quizzes.kinds import CHOICES
from quizzes.models import AssessmentSettings
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory
from tests.quizzes.factories import QuizFactory
from tests.quizzes.kinds import ASKED, OPTIONS, as_posted, question_of, right_answer, wrong_answer
from tests.quizzes.reading import result, url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

    from quizzes.models import Answer, Quiz, Sitting

pytestmark = pytest.mark.django_db

NUMBER = "4711.125"
POLICIES = [("end", "all"), ("each", "all"), ("each", "marks"), ("end", "score")]


def planted(kind: str) -> dict[str, object]:
    """A question whose every secret says so."""
    options = [
        {**option, "feedback": f"CANARY feedback {kind}-{n}."}
        for n, option in enumerate(OPTIONS[kind])
    ]
    for option in options:
        if kind == "numeric":
            option["text"] = NUMBER
        if kind == "short_text":
            option["text"] = f"CANARY text {option['text']}"
    return {
        "options": options,
        "explanation": f"CANARY why {kind}.",
        "guidance": f"CANARY guidance {kind}." if kind == "essay" else "",
    }


@pytest.fixture
def quiz() -> Quiz:
    """A quiz of a course with a question of every type."""
    AssessmentSettings.objects.create(essays_allowed=True)
    kinds = [kind for kind in ASKED if kind != "scenario"]
    questions = [question_of(kind, **planted(kind)) for kind in kinds]
    story = question_of("scenario", explanation="CANARY why scenario.")
    return QuizFactory(questions=[*questions, story], order="written")


def sit(client: Client, quiz: Quiz, feedback_when: str, shows: str) -> Sitting:
    quiz.feedback_when, quiz.shows = feedback_when, shows
    quiz.save()
    course = CourseFactory(modules=0, with_quiz=True)
    QuizStepPage.objects.child_of(course).update(quiz=quiz)
    step = QuizStepPage.objects.child_of(course).get()
    member = MemberFactory()
    client.force_login(member)
    return begin_quiz(step=step, by=member)


def every_address(sitting: Sitting) -> Iterator[str]:
    """Every address of the quizzes with this sitting's numbers, and the pages around it."""
    step = QuizStepPage.objects.get(quiz=sitting.quiz)
    yield from ("/", "/my-training/", "/my-training/record.csv", step.course.address, step.address)
    for pattern in urls.urlpatterns:
        numbers = {"pk": sitting.pk, "position": 1}
        wanted = {name: numbers.get(name, 1) for name in pattern.pattern.converters}
        try:
            yield reverse(f"quizzes:{pattern.name}", kwargs=wanted)
        except Exception:  # noqa: BLE001 (an address that holds words, not numbers)
            words = dict.fromkeys(wanted, sitting.quiz.slug)
            yield reverse(f"quizzes:{pattern.name}", kwargs=words)
    for answer in sitting.answers.all():
        yield url(sitting, answer.position)
        yield f"{url(sitting, answer.position)}?check"


def every_post(client: Client, answer: Answer, given: dict) -> Iterator[HttpResponse]:
    """Nonsense, another question's answer, and an answer."""
    address = url(answer.sitting, answer.position)
    names = ["choice", "pair-0", "place-0", "number", "text"]
    nonsense = dict.fromkeys(names, "x" * 5001)
    yield client.post(address, {"question": answer.question_id, **nonsense})
    yield client.post(address, {"question": "0", **nonsense})
    yield client.post(address, as_posted(answer, **given))


def leaks(response: HttpResponse, keys: set[str]) -> list[str]:
    page = b"".join(response).decode() + str(response.headers) + str(response.cookies)
    return [word for word in ("CANARY", NUMBER, "is_correct", *keys) if word in page]


@pytest.mark.parametrize(("feedback_when", "shows"), POLICIES)
def test_an_open_sitting_tells_nothing(
    client: Client, quiz: Quiz, feedback_when: str, shows: str
) -> None:
    sitting = sit(client, quiz, feedback_when, shows)
    answers = list(sitting.answers.all())
    keys = {key for answer in answers for key in answer.option_order + answer.match_order}
    for address in every_address(sitting):
        assert leaks(client.get(address), keys) == [], address
    for answer in answers:
        given = {"typed": "Mine"} if answer.asked.is_typed else wrong_answer(answer)
        for response in every_post(client, answer, given):
            assert leaks(response, keys) == [], answer.asked.kind
    if (feedback_when, shows) != ("each", "all"):
        for address in every_address(sitting):
            assert leaks(client.get(address), keys) == [], address


def test_told_at_once__tells_of_what_is_settled_alone(client: Client, quiz: Quiz) -> None:
    sitting = sit(client, quiz, "each", "all")
    settled = next(one for one in sitting.answers.all() if one.asked.kind in CHOICES)
    client.post(url(sitting, settled.position), as_posted(settled, **wrong_answer(settled)))
    assert leaks(client.get(url(sitting, settled.position)), set()) == ["CANARY"]
    for address in every_address(sitting):
        if not address.startswith(url(sitting, settled.position)):
            assert leaks(client.get(address), set()) == [], address


def test_while_a_person_marks_nothing_is_told(client: Client, quiz: Quiz) -> None:
    sitting = sit(client, quiz, "end", "all")
    essay = next(one for one in sitting.answers.all() if one.asked.kind == "essay")
    client.post(url(sitting, essay.position), as_posted(essay, **right_answer(essay)))
    submit_sitting(sitting=sitting, by=sitting.member)
    for address in every_address(sitting):
        assert leaks(client.get(address), set()) == [], address


@pytest.mark.parametrize("shows", ["all", "after_pass", "marks", "score"])
def test_control__after_marking_it_is_told_where_the_quiz_lets(
    client: Client, quiz: Quiz, shows: str
) -> None:
    sitting = sit(client, quiz, "end", shows)
    for answer in sitting.answers.all():
        if answer.asked.kind in CHOICES:
            client.post(url(sitting, answer.position), as_posted(answer, **wrong_answer(answer)))
    submit_sitting(sitting=sitting, by=sitting.member)
    page = result(client, sitting).content.decode()
    told = [f"CANARY why {kind}." in page for kind in ASKED if kind != "scenario"]
    told += ["CANARY feedback single-1." in page, "CANARY text" in page, NUMBER in page]
    assert set(told) == {shows == "all"}, "it did not pass"
    assert "CANARY guidance" not in page
