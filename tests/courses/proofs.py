"""Proofs of training elsewhere for tests: files of every kind, claims in every state."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from courses.elsewhere import hand_in
from courses.paper import Paper
from members.dates import today
from tests.courses.factories import CourseFactory
from tests.members.factories import MemberFactory

if TYPE_CHECKING:
    from courses.models import CoursePage, Evidence
    from members.models import Member

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 20


def days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def open_course(**fields: Any) -> CoursePage:
    """Return a course that training elsewhere may count as."""
    return CourseFactory(accepts_evidence=True, **fields)


def paper(content: bytes | None = PDF, name: str = "proof.pdf", **facts: Any) -> Paper:
    facts = {"provider": "A council", "completed_on": days_ago(30)} | facts
    return Paper(file=ContentFile(content, name) if content is not None else None, **facts)


def a_claim(
    member: Member | None = None, course: CoursePage | None = None, **facts: Any
) -> Evidence:
    """Return a claim that waits."""
    return hand_in(
        course=course or open_course(), paper=paper(**facts), by=member or MemberFactory()
    )


def fields(content: bytes = PDF, name: str = "proof.pdf", **changed: Any) -> dict[str, Any]:
    """Return what a member's form posts."""
    day = days_ago(30)
    posted = {
        "provider": "A council",
        **_parts("completed_on", day),
        "file": SimpleUploadedFile(name, content),
    }
    return posted | changed


def _parts(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def decider(**facts: Any) -> Member:
    """Return somebody who may decide about training done elsewhere."""
    member = MemberFactory(**facts)
    wanted = ["access_admin", "approve_evidence", "view_member"]
    member.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return member


def csv_of(*rows: str, head: str = "email,course,completed_on") -> bytes:
    return "\n".join([head, *rows]).encode()


def xlsx_of(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
