"""The public check: is this certificate real, and does it still stand?"""

from __future__ import annotations

import hmac
import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

from certificates import codes
from certificates.models import Certificate

if TYPE_CHECKING:
    from django.http import HttpRequest

SPAN = 300  # seconds


def look_up(*, code: str, surname: str) -> Certificate | None:
    """Return the certificate if the code exists, the surname fits, and its holder shares it.

    Whichever of the three fails, the same is done and the same comes back, so that nobody learns
    from the answer, or from how long it took, who has been here.
    """
    found = Certificate.objects.filter(code=codes.typed(code)).first()
    expected = found.holder_surname if found else ""
    fits = hmac.compare_digest(expected.encode(), codes.folded(surname).encode())
    return found if found and fits & found.is_shared else None


def may_ask(request: HttpRequest) -> bool:
    """Count this check; False when its address has asked too often in this span of time.

    A counter of our own: allauth's limits leave GET requests out.
    """
    span = int(time.time() // SPAN)
    key = f"certificates:checks:{span}:{_network(get_adapter().get_client_ip(request))}"
    cache.add(key, 0, 2 * SPAN)
    return cache.incr(key) <= settings.CERTIFICATE_CHECKS_PER_FIVE_MINUTES


def _network(address: str) -> str:
    """Return the address; of IPv6 the /64 that one subscriber owns, colons written as dots."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network(f"{parsed}/64", strict=False).network_address).replace(":", ".")
    return str(parsed)
