"""The question bank, quizzes, and what people answered."""

from quizzes.models.adjustment import Adjustment
from quizzes.models.answer import Answer
from quizzes.models.bank import Category, Option, Question, ScenarioStep
from quizzes.models.quiz import Quiz, QuizDraw, QuizQuestion
from quizzes.models.settings import AssessmentSettings
from quizzes.models.sitting import Sitting
from quizzes.models.statistics import QuestionStatistic
from quizzes.models.writing import EssayMark, Writing

__all__ = [
    "Adjustment",
    "Answer",
    "AssessmentSettings",
    "Category",
    "EssayMark",
    "Option",
    "Question",
    "QuestionStatistic",
    "Quiz",
    "QuizDraw",
    "QuizQuestion",
    "ScenarioStep",
    "Sitting",
    "Writing",
]
