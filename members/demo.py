"""The people a visitor may be, with one click, while demonstration mode is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Sequence


class Part(NamedTuple):
    """One of the accounts of the demonstration: who it is and what it shows."""

    email: str
    title: str
    shows: str


PARTS = (
    Part("member@example.org", "Member", "courses, quizzes and certificates"),
    Part("councillor@example.org", "Councillor", "training that is required, and by when"),
    Part("chair@example.org", "CLP chair", "who in the constituency is trained"),
    Part("chair2@example.org", "Chair of another CLP", "a different constituency, and only that"),
    Part("region@example.org", "Regional officer", "every constituency of the region"),
    Part("national@example.org", "National officer", "the whole party"),
    Part("committee@example.org", "NEC member", "the whole party in figures, no names"),
    Part("author@example.org", "Author", "writing courses and questions"),
    Part("reviewer@example.org", "Reviewer", "publishing questions, and how they do"),
    Part("marker@example.org", "Marker", "essays that wait for a mark"),
    Part("host@example.org", "Webinar host", "sessions, places and who was there"),
    Part("admin@example.org", "Administrator", "people, posts, requirements and the audit trail"),
)


def cast() -> Sequence[tuple[Part, Member]]:
    """Return the parts that can be played now, each with its account; none outside a demo."""
    if not settings.DEMO_MODE:
        return []
    members = Member.objects.filter(email__in=[part.email for part in PARTS], is_active=True)
    by_email = {member.email: member for member in members}
    return [(part, by_email[part.email]) for part in PARTS if part.email in by_email]
