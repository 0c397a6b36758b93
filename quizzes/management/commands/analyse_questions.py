"""Work out what first attempts tell about each question, for the question bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from quizzes.analysis.remembering import remember_all

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = "Work out the figures of each question, for the bank. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        questions = remember_all()
        if options["verbosity"]:
            self.stdout.write(f"Questions with figures: {questions}")
