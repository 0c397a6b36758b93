"""Mails about sessions, and what hosts wrote in them, do not stay for ever."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from members.dates import add_period, today
from members.mail import post_mail
from members.models import Mail
from tests.members.factories import MemberFactory
from tests.webinars.factories import SessionFactory
from webinars.booking.verbs import book
from webinars.forgetting import forget, would_forget
from webinars.host.messages import send_message
from webinars.telling import tell_hosts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ago", "stay"), [({"months": -12, "days": 1}, 3), ({"months": -12}, 0), ({"months": -30}, 0)]
)
def test_mails_about_sessions_go_after_a_year(ago: dict[str, int], stay: int) -> None:
    host, reader = MemberFactory(), MemberFactory()
    session = SessionFactory(hosts=[host])
    book(session=session, by=reader)
    send_message(session=session, subject="S", text="A secret link", key=uuid4(), by=host)
    tell_hosts(session, hosts=[host], by=MemberFactory())
    post_mail(key="other", to=reader, kind="reminder", subject="S", text="T", html="")
    about_sessions = Mail.objects.filter(key__startswith="webinar:")
    assert about_sessions.count() == 3
    written = timezone.make_aware(dt.datetime.combine(add_period(today(), **ago), dt.time(12)))
    Mail.objects.update(created_at=written)
    assert would_forget()["mails about sessions"] == 3 - stay
    forget()
    assert about_sessions.count() == stay
    assert Mail.objects.filter(key="other").exists()
