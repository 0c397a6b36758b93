"""Recordings for tests: small files, and somebody who was there for a part."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from tests.webinars.factories import AttendanceFactory, SessionFactory
from webinars.models import Attendance, Recording, Session

CAPTIONS = b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nGood evening.\n"
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8


def a_recording(session: Session | None = None, **fields: Any) -> Recording:
    """Return a published recording of a session that is over."""
    facts = {"transcript": "<p>Good evening.</p>", "minutes": 55, "is_published": True} | fields
    return Recording.objects.create(
        session=session or SessionFactory(over=True),
        video=ContentFile(VIDEO, "talk.mp4"),
        captions=ContentFile(CAPTIONS, "talk.vtt"),
        **facts,
    )


def in_part(recording: Recording, **fields: Any) -> Attendance:
    """Return the attendance of somebody who was there for 20 minutes."""
    return AttendanceFactory(session=recording.session, part=True, **fields)
