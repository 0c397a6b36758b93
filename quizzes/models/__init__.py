"""The question bank, quizzes, and what people answered."""

from quizzes.models.bank import Category, Option, Question
from quizzes.models.quiz import Quiz, QuizQuestion
from quizzes.models.sitting import Answer, Sitting

__all__ = ["Answer", "Category", "Option", "Question", "Quiz", "QuizQuestion", "Sitting"]
