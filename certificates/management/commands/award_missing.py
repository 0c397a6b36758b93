"""Write the certificates that completions should have and do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track

from certificates import actions
from courses.models import Completion

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = "Award the certificates that completions lack. It is safe to run it again."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = Completion.objects.filter(
            certificate=None, course__gives_certificate=True, source__in=actions.TAUGHT_HERE
        ).select_related("member", "course")
        count = missing.count()
        rows = track(
            missing.order_by("pk").iterator(chunk_size=500),
            description="Awarding certificates",
            total=count,
            console=Console(stderr=True),
            disable=not count or options["verbosity"] == 0,
        )
        # One transaction each: an interruption keeps what is done.
        awarded = sum(actions.award(completion=completion) is not None for completion in rows)
        if options["verbosity"]:
            self.stdout.write(f"Certificates awarded: {awarded}")
