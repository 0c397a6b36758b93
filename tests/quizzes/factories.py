"""Questions, quizzes and sittings for tests; traits are states of the world.

Everything is made through the actions the site itself uses, so it has its versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import factory
from factory.django import DjangoModelFactory

from quizzes.actions import (
    publish_question,
    publish_quiz,
    save_answer,
    start_sitting,
    submit_sitting,
)
from quizzes.models import Answer, Category, Option, Question, Quiz, QuizQuestion, Sitting
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from members.models import Member


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    slug = factory.Sequence(lambda n: f"topic-{n}")
    title = factory.Sequence(lambda n: f"Topic {n}")


class QuestionFactory(DjangoModelFactory):
    """A published question; `right` and `wrong` are the texts of its options."""

    class Meta:
        model = Question

    class Params:
        multiple = factory.Trait(kind="multiple", right=["First right", "Second right"])
        true_false = factory.Trait(kind="true_false", right=["True"], wrong=["False"])
        draft = factory.Trait(published=False)

    reference = factory.Sequence(lambda n: f"q-{n}")
    category = factory.SubFactory(CategoryFactory)
    stem = factory.Sequence(lambda n: f"What helps, number {n}?")
    explanation = factory.Sequence(lambda n: f"Because of reason {n}.")
    right = ["Telling the safeguarding lead"]
    wrong = ["Waiting a week", "Asking around", "Keeping quiet"]
    published = True

    @classmethod
    def _create(cls, model_class: type[Question], *args: object, **fields: object) -> Question:
        right, wrong = fields.pop("right"), fields.pop("wrong")
        published = fields.pop("published")
        question = model_class(**fields)
        question.options = [
            Option(text=text, is_correct=text in right, feedback=f"About {text}", sort_order=place)
            for place, text in enumerate([*right, *wrong])
        ]
        if published:
            return publish_question(question=question, by=None)
        question.live = False
        question.save()
        return question


class QuizFactory(DjangoModelFactory):
    """A published quiz with `questions` (a number, or a list of questions)."""

    class Meta:
        model = Quiz

    class Params:
        sensitive = factory.Trait(is_sensitive=True)
        draft = factory.Trait(published=False)

    slug = factory.Sequence(lambda n: f"quiz-{n}")
    title = factory.Sequence(lambda n: f"Check what you learned {n}")
    questions = 3
    published = True

    @classmethod
    def _create(cls, model_class: type[Quiz], *args: object, **fields: object) -> Quiz:
        questions, published = fields.pop("questions"), fields.pop("published")
        if isinstance(questions, int):
            questions = QuestionFactory.create_batch(questions)
        quiz = model_class(**fields)
        quiz.pool = [
            QuizQuestion(question=question, sort_order=n) for n, question in enumerate(questions)
        ]
        if published:
            return publish_quiz(quiz=quiz, by=None)
        quiz.live = False
        quiz.save()
        return quiz


class SittingFactory(DjangoModelFactory):
    """A sitting just begun; `right` answers the first so many rightly and the others wrongly."""

    class Meta:
        model = Sitting

    class Params:
        passed = factory.Trait(right=1000, submitted=True)
        failed = factory.Trait(right=0, submitted=True)

    quiz = factory.SubFactory(QuizFactory)
    member = factory.SubFactory(MemberFactory)
    occasion = ""
    return_to = ""
    right = None
    submitted = False

    @classmethod
    def _create(cls, model_class: type[Sitting], *args: object, **fields: object) -> Sitting:
        right, submitted = fields.pop("right"), fields.pop("submitted")
        member = fields.pop("member")
        sitting = start_sitting(by=member, **fields)
        for answer in sitting.answers.all() if right is not None else ():
            answer_it(answer, rightly=answer.position <= right)
        return submit_sitting(sitting=sitting, by=member) if submitted else sitting


def answer_it(answer: Answer, *, rightly: bool = True, by: Member | None = None) -> Answer:
    """Answer a question, rightly or not."""
    right = answer.asked.right
    wrong = [key for key in answer.option_order if key not in right][:1]
    chosen = sorted(right) if rightly else wrong
    return save_answer(answer=answer, chosen=chosen, by=by or answer.sitting.member)
