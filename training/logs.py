"""The log, and what does not belong into it: signed parts of addresses, by which whoever reads
them could open somebody's calendar or switch off their mail."""

from __future__ import annotations

import logging
import re

# A part of an address that ends as django.core.signing writes it: a colon and the signature, of
# which a few letters may have been lost on the way.
SIGNED = re.compile(r"(?<![^/\s])[^/\s]*(?::|%3A)[\w-]{20,}", re.IGNORECASE)
HIDDEN = "[signed]"


class WithoutSignedParts(logging.Filter):
    """Lets every record pass, without what is signed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SIGNED.sub(HIDDEN, record.getMessage()), ()
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "filters": {"without_signed_parts": {"()": WithoutSignedParts}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # They name the address of what was not found or refused.
        "django.request": {"filters": ["without_signed_parts"]},
        "django.security.csrf": {"filters": ["without_signed_parts"]},
        # Two lines for every page saved would drown what matters; Wagtail keeps its own log.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
