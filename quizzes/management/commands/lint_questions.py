"""Look at the bank as an author's friend would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.core.management.base import BaseCommand, CommandError

from quizzes.lint import Severity, bank_remarks, remarks
from quizzes.models import Category, Question, Quiz

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from quizzes.lint import Remark
    from quizzes.models.bank import QuestionQuerySet


class Command(BaseCommand):
    help = "Say what could be better in the questions: give-aways, doubles, hard words, old law."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--category", help="only this topic and those below it (its slug)")
        parser.add_argument("--quiz", help="only the questions of this quiz (its slug)")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--strict", action="store_true", help="fail when something serious was found"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        questions = cast("list[Question]", list(_asked_for(options)))
        found = [
            *(remark for question in questions for remark in remarks(question)),
            *bank_remarks(questions),
        ]
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(remark) for remark in found], indent=2))
        else:
            self._tell(found, len(questions))
        if options["strict"] and any(r.severity == Severity.SERIOUS for r in found):
            raise CommandError("Something serious was found.")

    def _tell(self, found: list[Remark], looked_at: int) -> None:
        for remark in sorted(found, key=lambda remark: remark.reference):
            self.stdout.write(f"{remark.reference or 'together'}: {remark.severity}: {remark.text}")
        self.stdout.write(f"{looked_at} questions looked at, {len(found)} remarks.")


def _asked_for(options: dict[str, Any]) -> QuestionQuerySet:
    questions = Question.objects.prefetch_related("options", "steps__question")
    if slug := options["category"]:
        if not Category.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no category “{slug}”.")
        questions = questions.filter(category__slug=slug) | questions.filter(
            category__parent__slug=slug
        )
    if slug := options["quiz"]:
        if not Quiz.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no quiz “{slug}”.")
        questions = questions.filter(in_quizzes__quiz__slug=slug)
    return questions


def _as_json(remark: Remark) -> dict[str, str]:
    return {
        "question": remark.reference,
        "rule": remark.rule,
        "severity": remark.severity,
        "text": remark.text,
    }
