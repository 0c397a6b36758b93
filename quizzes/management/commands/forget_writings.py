"""Delete what people wrote, 90 days after it was marked. To be run every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from quizzes.writing import forget

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = (
        "Delete what people wrote in quizzes: 90 days after it was marked, or 90 days after it was "
        "written if it was never handed in. Marks and comments stay. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = forget()
        if options["verbosity"]:
            self.stdout.write(f"Deleted: {deleted} texts.")
