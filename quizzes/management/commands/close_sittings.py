"""Submit the sittings whose time is up, as they stand. To be run every few minutes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from quizzes.actions import close_if_over
from quizzes.models import Sitting

if TYPE_CHECKING:
    from typing import Any

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Submit the sittings whose time is up. Safe to run again, and while people submit."

    def handle(self, *args: Any, **options: Any) -> None:
        # One by one: what is wrong with one sitting keeps nobody else waiting.
        over = list(Sitting.objects.out_of_time().order_by("pk").values_list("pk", flat=True))
        failed = sum(not _closed(pk) for pk in over)
        if options["verbosity"]:
            self.stdout.write(f"Submitted: {len(over) - failed} sittings whose time was up.")
        if failed:
            raise CommandError(f"{failed} sittings could not be submitted: see the log.")


def _closed(pk: int) -> bool:
    try:
        close_if_over(Sitting.objects.with_clock().select_related("member", "quiz").get(pk=pk))
    except Exception:
        logger.exception("Sitting %s could not be submitted", pk)
        return False
    return True
