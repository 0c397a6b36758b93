"""Delete what was kept for long enough. To be run every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from courses.forgetting import forget_evidence_files, forget_stray_files, forget_waiting_files

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    help = (
        "Delete the files of proofs 30 days after the decision, and files for import that were "
        "left at the preview for a week. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        proofs = forget_evidence_files() + forget_stray_files()
        imports = forget_waiting_files()
        if options["verbosity"]:
            self.stdout.write(f"Deleted: {proofs} files of proofs, {imports} files for import.")
