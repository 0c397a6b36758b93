"""Send what is due about sessions: the way in, reminders, thanks. For cron, every five minutes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from webinars.periodic import send_reminders, send_thanks, send_ways_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

logger = logging.getLogger(__name__)
# The way in first: it is the one that people wait for.
DUE: tuple[tuple[str, Callable[[], int]], ...] = (
    ("ways in", send_ways_in),
    ("reminders", send_reminders),
    ("thanks", send_thanks),
)


class Command(BaseCommand):
    help = "Post ways in, reminders and thanks that are due. Safe to run again, and twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for what, send in DUE:
            try:
                number = send()
            except Exception:
                # One by one: nobody shall miss the way in because a reminder cannot be written.
                logger.exception("The %s could not be sent", what)
                failed.append(what)
            else:
                if options["verbosity"]:
                    self.stdout.write(f"{what:10} {number:>6,}")
        if failed:
            raise CommandError(f"Not sent: {', '.join(failed)}. See the log.")
