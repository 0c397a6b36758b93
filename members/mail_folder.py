"""Mail kept as files: for the demonstration, development and tests of the worker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class MailFolder(BaseEmailBackend):
    """Writes each mail to settings.EMAIL_FILE_PATH, one .eml file for each Message-ID.

    A file appears whole or not at all, and a second delivery replaces the first.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            keep(message)
        return len(email_messages)


def keep(message: EmailMessage) -> Path:
    """Write the mail and return its file."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    mime = message.message()
    name = re.sub(r"[^\w.-]", "", str(mime["Message-ID"]).partition("@")[0])
    part = folder / f".{name}.part"
    part.write_bytes(mime.as_bytes())
    return part.rename(folder / f"{name}.eml")
