"""Sealing what people write, so that a copy of the database tells nobody.

The keys are `WRITING_KEYS` (the first seals, all open: that is how a key is changed). Without
them, they are made of SECRET_KEY: then changing SECRET_KEY loses what was written.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

UNREADABLE = "What was written here cannot be opened any more: its key is gone."


def seal(text: str) -> str:
    """Return the text sealed."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed; if its key is gone, a sentence that says so."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return UNREADABLE


def _box() -> MultiFernet:
    secrets = settings.WRITING_KEYS or [settings.SECRET_KEY]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derive = HKDF(hashes.SHA256(), length=32, salt=None, info=b"duty of care: writing")
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
