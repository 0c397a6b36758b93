"""Mail servers for tests: one that refuses as it is told, one that counts what it is given."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend

from members.mail_folder import MailFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage

LOG = "deliveries.log"


class Moody(EmailBackend):
    """Answers each mail with the next of `answers`, and takes it when there is none left."""

    answers: deque[Exception | None] = deque()
    closed_with: Exception | None = None

    def open(self) -> bool:
        if self.closed_with:
            raise self.closed_with
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        answer = self.answers.popleft() if self.answers else None
        if answer:
            raise answer
        return super().send_messages(messages)


class Counting(MailFolder):
    """Keeps the mail, and writes a line for every delivery: a file alone would hide a second."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        number = super().send_messages(messages)
        with (Path(settings.EMAIL_FILE_PATH) / LOG).open("a") as log:
            for message in messages:
                log.write(f"{message.extra_headers['Message-ID']} {os.getpid()}\n")
        return number
