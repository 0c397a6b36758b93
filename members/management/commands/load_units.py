"""Load the party's units and the kinds of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.management.base import BaseCommand
from django.db import transaction
from rich.console import Console
from rich.progress import Progress

from members import plant

if TYPE_CHECKING:
    from typing import Any, TextIO


class Command(BaseCommand):
    """Load the nations, regions and constituency parties; safe to run again."""

    help = "Load the 11 nations and regions, their 632 constituency parties, and the post kinds."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast("TextIO", self.stdout), quiet=options["verbosity"] == 0)
        total = sum(len(seeds()) for seeds in (plant.party, plant.regions, plant.constituencies))
        with Progress(console=console) as progress:
            task = progress.add_task("Units", total=total)
            units = plant.plant_units(lambda done: progress.advance(task, done))
        kinds = plant.plant_post_kinds()
        console.print(f"{total} units ({units} new), {kinds} new post kinds.")
