"""A host at the workbench, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.members.factories import MemberFactory
from tests.webinars.factories import BookingFactory, SessionFactory
from tests.webinars.reports import a_file, a_visitor

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.models import Member
    from webinars.models import Session


def a_session(**fields: Any) -> Session:
    """A session of an hour that is over, and its host."""
    return SessionFactory(**{"over": True, "hosts": [MemberFactory()], **fields})


def arguments(session: Session) -> dict[str, dict[str, int]]:
    """Return the arguments of every address of the workbench, by its name."""
    file = a_file(session)
    visitor = a_visitor(file, member=None, state="doubtful")
    here, of_file = {"pk": session.pk}, {"pk": session.pk, "file": file.pk}
    return {
        "webinars:attendance": here,
        "webinars:close_attendance": here,
        "webinars:by_hand": here | {"member": BookingFactory(session=session).member_id},
        "webinars:attendance_file": of_file,
        "webinars:confirm": of_file,
        "webinars:undo": here | {"file": a_file(session).pk},
        "webinars:settle": of_file | {"visitor": visitor.pk},
    }


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def booked(session: Session, given: str, family: str, **fields: Any) -> Member:
    member = MemberFactory(given_name=given, family_name=family, **fields)
    return BookingFactory(session=session, member=member).member


def page(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(f"webinars:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: int, **data: Any) -> HttpResponse:
    return client.post(reverse(f"webinars:{name}", args=args), data)


def upload(client: Client, session: Session, data: bytes) -> HttpResponse:
    return post(client, "attendance", session.pk, file=SimpleUploadedFile("report.csv", data))
