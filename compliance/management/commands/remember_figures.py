"""Compute the figures at the ends of past months, which the lines on pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from compliance.reports.remembering import month_ends, remember_month

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser

MONTHS = 24
MOST = 240


class Command(BaseCommand):
    help = "Compute the figures at the ends of past months, or anew. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=MONTHS, help="How many months back.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["months"] <= MOST:
            raise CommandError(f"--months: choose 1 to {MOST}.")
        ends = track(
            month_ends(options["months"]),
            description="Figures by month",
            console=Console(stderr=True),
            disable=options["verbosity"] == 0,
        )
        # One transaction a month: an interruption keeps what is done.
        figures = sum(remember_month(on) for on in ends)
        if options["verbosity"]:
            self.stdout.write(f"Figures kept: {figures}")
