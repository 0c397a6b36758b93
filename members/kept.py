"""What somebody posted after their session had ended is kept until they have signed in again.

A view that wants this declares it: `@keeps_post`. The gate (`training.gate`) then keeps the
posted fields in the anonymous session, which signing in carries over, and hands them to the view
as `request.kept_post` when the same address is opened next. They are handed over once, for an
hour, and only at that address: whose record it is, the view finds out as it always does.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from django.http import QueryDict

from members.sealing import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest

    from members.http import MemberRequest

View = TypeVar("View", bound="Callable[..., Any]")

KEY = "kept_post"
LARGEST = 60_000  # characters, encoded: an answer or an essay, not an upload
LONGEST = 3600  # seconds


def keeps_post(view: View) -> View:
    """Declare that a POST to this view outlives an expired session."""
    view.keeps_post = True  # type: ignore[attr-defined]
    return view


def keep(request: HttpRequest) -> None:
    """Keep the posted fields in the session."""
    if request.method != "POST":
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    encoded = fields.urlencode()
    if fields and len(encoded) <= LARGEST:
        # Sealed: what somebody wrote may be a disclosure, and sessions lie in the database.
        kept = {"at": time.time(), "to": request.path, "fields": seal(encoded)}
        request.session[KEY] = kept


def hand_over(request: HttpRequest) -> None:
    """Set `request.kept_post` to what was kept for this address; forget it in any case."""
    request.kept_post = None  # type: ignore[attr-defined]
    kept = request.session.pop(KEY, None) if KEY in request.session else None
    if kept and kept["to"] == request.path and time.time() - kept["at"] < LONGEST:
        request.kept_post = QueryDict(unseal(kept["fields"]))  # type: ignore[attr-defined]


def own_kept_post(request: MemberRequest) -> QueryDict | None:
    """Return what was kept if this person had posted it: the page said in `who` whose it was.

    What was posted by somebody signed out is kept for whoever signs in next at that device.
    """
    kept = request.kept_post
    return kept if kept and kept.get("who") == str(request.user.pk) else None
