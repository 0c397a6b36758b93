"""Note that a mail came back, from the notice the mail server sent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from members.bounces import read_notice, record_bounce

if TYPE_CHECKING:
    from typing import Any


class Command(BaseCommand):
    """Read one delivery status notification from standard input."""

    help = "Read a delivery status notification (RFC 3464) from standard input and note the bounce."

    def handle(self, *args: Any, **options: Any) -> None:
        notice = read_notice(sys.stdin.buffer.read())
        if notice is None:
            raise CommandError("This is no delivery status notification.")
        if not notice.failed:
            self.stdout.write("Nothing failed: the mail server only says how far it is.")
            return
        mail = record_bounce(notice=notice)
        if mail is None:
            raise CommandError("The notice is about no mail of ours.")
        self.stdout.write(f"Mail {mail.pk} came back: {mail.error}")
