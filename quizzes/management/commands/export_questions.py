"""Write questions of the bank to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from quizzes.exchange.formats import WRITERS
from quizzes.exchange.reading_out import export_questions
from quizzes.models import Category, Question, Quiz

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

    from quizzes.models.bank import QuestionQuerySet


class Command(BaseCommand):
    help = "Write questions of the bank to a file, or to the screen: all, a category or a quiz."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=list(WRITERS), default="json")
        parser.add_argument(
            "--category", metavar="SLUG", help="Only this category and those below."
        )
        parser.add_argument("--quiz", metavar="SLUG", help="Only the questions of this quiz.")
        parser.add_argument("-o", "--output", metavar="FILE", help="Otherwise to the screen.")

    def handle(self, *args: Any, **options: Any) -> None:
        questions = wanted(options["category"], options["quiz"])
        export = export_questions(questions=questions, format=options["format"], by=None)
        for reason in export.left_out:
            self.stderr.write(reason)
        if not options["output"]:
            self.stdout.write(export.content.decode())
            return
        try:
            Path(options["output"]).write_bytes(export.content)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error
        self.stdout.write(f"{export.questions} questions written to {options['output']}.")


def wanted(category: str | None, quiz: str | None) -> QuestionQuerySet:
    """Return the questions with these slugs; a slug that is not there is a mistake, not nothing."""
    questions: QuestionQuerySet = Question.objects.all()
    if category:
        if not Category.objects.filter(slug=category).exists():
            raise CommandError(f"There is no category “{category}”.")
        questions = questions.filter(
            Q(category__slug=category) | Q(category__parent__slug=category)
        )
    if quiz:
        if not Quiz.objects.filter(slug=quiz).exists():
            raise CommandError(f"There is no quiz “{quiz}”.")
        questions = questions.filter(in_quizzes__quiz__slug=quiz)
    return questions
