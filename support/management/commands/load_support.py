"""Load the support organisations and the page Get support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from support.loading import load_organisations, load_page
from support.models import SupportOrganisation

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    """Load what is missing; safe to run again."""

    help = "Load the support organisations (unchecked) and the page Get support."

    def handle(self, *args: Any, **options: Any) -> None:
        new, page = load_organisations(), load_page()
        if options["verbosity"] == 0:
            return
        to_check = SupportOrganisation.objects.listed().to_check().count()
        self.stdout.write(f"{new} new support organisations; {to_check} to check before launch.")
        self.stdout.write("Page Get support " + ("made." if page else "kept as it is."))
