"""Send what waits in the outbox: for cron, and after a worker was killed."""

from __future__ import annotations

from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from members.delivery import deliver_due, reason
from members.models import Mail

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    """Deliver what is due; safe beside a worker and beside itself."""

    help = "Send the mail that waits and may leave now. Run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sent = deliver_due()
        except (SMTPException, OSError) as error:
            raise CommandError(f"The mail server cannot be used: {reason(error)}") from error
        if options["verbosity"]:
            waiting = Mail.objects.unsettled().count()
            self.stdout.write(f"Sent {sent}; {waiting} wait for the morning or for another try.")
