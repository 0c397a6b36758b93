"""Delete what was kept of webinars for long enough. To be run every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from webinars.forgetting import forget, in_words, would_forget

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Forget joining links 7 days after a session, access needs, check-ins and names in files "
        "after 30 days, bookings and attendance after 12 months (their figures stay). Safe to run "
        "again, and to stop half-way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only say what there is to forget."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.stdout.write(f"To forget: {in_words(would_forget())}. Nothing was changed.")
            return
        done = forget()
        if options["verbosity"]:
            self.stdout.write(f"Forgotten: {in_words(done)}.")
