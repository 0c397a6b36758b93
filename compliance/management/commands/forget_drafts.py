"""Delete drafts of assignments that nobody has touched for thirty days. To be run every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from compliance.assigning.steps import purge_drafts

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = "Delete drafts of assignments after 30 days. What was assigned stays."

    def handle(self, *args: Any, **options: Any) -> None:
        drafts = purge_drafts()
        if options["verbosity"]:
            self.stdout.write(f"Deleted: {drafts} drafts.")
