"""What people ask first about a webinar, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.audience import ADULT
from webinars.models import WebinarPage

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDED = {
    WebinarPage.Recorded.NO: "Nothing is recorded.",
    WebinarPage.Recorded.TALK: "The talk is recorded. Questions are not.",
    WebinarPage.Recorded.ALL: "Everything is recorded, questions and the names of people who "
    "speak too. You can take part without speaking.",
}
BY_CODE = "Enter the code that is shown on the screen during the session."


def facts(webinar: WebinarPage, lengths: Iterable[int]) -> list[dict[str, str]]:
    """Return the rows of the summary; `lengths` are those of its sessions, in minutes."""
    rows = {
        "Topic": str(webinar.topic or ""),
        "Who it is for": audience(webinar),
        "Access": access(webinar),
        "How attendance counts": counting(webinar, lengths),
        "Recording": RECORDED[WebinarPage.Recorded(webinar.recorded)],
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def audience(webinar: WebinarPage) -> str:
    """Say who may come: People who hold one of these posts: CLP chair. In Wales. Aged 18 ..."""
    posts = ", ".join(kind.name for kind in webinar.post_kinds.all())
    said = [
        f"People who hold one of these posts: {posts}." if posts else "",
        f"People in {webinar.unit}." if webinar.unit else "",
        f"People aged {ADULT} and over." if webinar.minimum_age >= ADULT else "",
    ]
    return " ".join(filter(None, said)) or "Everybody in the party."


def access(webinar: WebinarPage) -> str:
    """Say what there is and what there is not: somebody has to plan for either."""
    captions = "Live captions" if webinar.has_captions else "No live captions"
    signed = (
        "British Sign Language interpretation"
        if webinar.has_sign_language
        else "no British Sign Language interpretation"
    )
    phone = " You can join by phone." if webinar.has_dial_in else ""
    return f"{captions}, {signed}.{phone}"


def counting(webinar: WebinarPage, lengths: Iterable[int]) -> str:
    """Say what must be done for it to count: Join for at least 45 of 60 minutes."""
    if webinar.counts_by == WebinarPage.CountsBy.CODE:
        return BY_CODE
    parts = [f"{_needed(length, webinar.share_needed)} of {length}" for length in lengths]
    if not parts:
        return f"Join for at least {webinar.share_needed}% of the session."
    return f"Join for at least {' or '.join(parts)} minutes."


def _needed(length: int, share: int) -> int:
    """Return whole minutes, rounded up: who stays that long has stayed long enough."""
    return -(-length * share // 100)
