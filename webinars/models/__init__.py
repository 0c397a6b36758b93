"""Live sessions: what they are about, who has a place, who was there."""

from webinars.models.attendance import (
    Attendance,
    AttendanceFile,
    CheckIn,
    CheckInCode,
    KnownName,
    SessionFigure,
    Visitor,
)
from webinars.models.booking import AccessNeed, Booking, CalendarFeed, SentMessage
from webinars.models.page import Topic, WebinarIndexPage, WebinarPage
from webinars.models.recording import Chapter, Recording, Watching
from webinars.models.session import Session
from webinars.models.settings import WebinarSettings

__all__ = [
    "AccessNeed",
    "Attendance",
    "AttendanceFile",
    "Booking",
    "CalendarFeed",
    "Chapter",
    "CheckIn",
    "CheckInCode",
    "KnownName",
    "Recording",
    "SentMessage",
    "Session",
    "SessionFigure",
    "Topic",
    "Visitor",
    "Watching",
    "WebinarIndexPage",
    "WebinarPage",
    "WebinarSettings",
]
