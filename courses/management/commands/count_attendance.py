"""Count what people attended and no task has counted. For cron, every five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from courses.counting import finish_left

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = "Bring training up to date where a task was lost. Safe to run again, and twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        counted, failed = finish_left()
        if options["verbosity"]:
            self.stdout.write(f"Attendance counted: {counted}")
        if failed:
            raise CommandError(f"Not counted: {failed}. See the log.")
