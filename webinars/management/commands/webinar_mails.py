"""What is due about sessions: the way in, places of who has left, reminders, thanks.

For cron, every five minutes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from webinars.booking.freeing import free_places
from webinars.periodic import send_reminders, send_thanks, send_ways_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

logger = logging.getLogger(__name__)
# The way in first: it is the one that people wait for.
DUE: tuple[tuple[str, Callable[[], int]], ...] = (
    ("ways in", send_ways_in),
    ("places freed", free_places),
    ("reminders", send_reminders),
    ("thanks", send_thanks),
)


class Command(BaseCommand):
    help = (
        "Post ways in, reminders and thanks that are due, and give the places of people who have "
        "left to who waits. Safe to run again, and twice at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for what, see_to in DUE:
            try:
                number = see_to()
            except Exception:
                # One by one: nobody shall miss the way in because a reminder cannot be written.
                logger.exception("The %s could not be seen to", what)
                failed.append(what)
            else:
                if options["verbosity"]:
                    self.stdout.write(f"{what:12} {number:>6,}")
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. See the log.")
