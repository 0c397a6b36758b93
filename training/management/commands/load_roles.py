"""Make the groups of the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from training.roles import ROLES, load_roles

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    """Make the groups; safe to run again. Run it after the courses are loaded."""

    help = "Make the groups of the administration with their permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        for sentence in load_roles():
            self.stdout.write(self.style.WARNING(sentence))
        if options["verbosity"]:
            self.stdout.write("Groups: " + ", ".join(role.name for role in ROLES) + ".")
