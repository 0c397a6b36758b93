"""Check that nobody rewrote the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from members.audit import first_broken
from members.models import AuditEvent

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    """Read the whole chain; fail at the first row that does not fit."""

    help = (
        "Check the audit trail's chain. Keep the last hash elsewhere: it proves the end is there."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken()
        if broken:
            raise CommandError(f"The audit trail was changed at event {broken.pk}: {broken}.")
        last = AuditEvent.objects.first()
        self.stdout.write(f"{AuditEvent.objects.count()} events, unbroken.")
        if last:
            self.stdout.write(f"The last is {last.pk} with hash {last.hash}.")
