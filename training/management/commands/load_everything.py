"""Load the reference data: units, posts, courses with their webinars, support, roles."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

# Roles come last: they hold permissions on pages that must exist.
STEPS = ("load_units", "load_courses", "load_support", "load_roles")


class Command(BaseCommand):
    help = (
        "Load units, posts, courses, webinars, support organisations and roles. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for step in STEPS:
            call_command(step, verbosity=options["verbosity"])
