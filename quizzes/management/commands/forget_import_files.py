"""Delete the files of questions that were uploaded and then left. For a daily run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from quizzes.exchange.waiting import forget_old

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = "Delete files of questions that waited for a day without being imported."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old()
        if options["verbosity"]:
            self.stdout.write(f"Files deleted: {forgotten}.")
