"""Reminders in the administration: how many were sent, and whom they did not reach."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Count, F, Max, Q, Value, When
from django.db.models.functions import TruncDate
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.admin_pages import frame
from compliance.models import Reminder
from compliance.reminders.plan import PLAN
from members import audit
from members.access import Rule, access
from members.models import Mail, Member

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from members.http import MemberRequest

SHOWN_DAYS = 28
MOST = 200
BY_AN_OFFICER = "Sent by an officer"
KINDS = ("reminder", "digest")
SEES = "compliance.view_reminder"


class Line(NamedTuple):
    """One mail of the plan on one day: how many duties it told of, and how many it could not."""

    day: date
    label: str
    told: int
    unreachable: int


@access(Rule.EDITORIAL)
@require_safe
def reminders(request: MemberRequest) -> HttpResponse:
    """Show four weeks of reminders. That somebody read the names is written first."""
    if not request.user.has_perm(SEES):
        raise Http404
    bounced, unreachable = _bounced(), _unreachable()
    named = {mail.member_id for mail in bounced} | {member.pk for member in unreachable}
    if named:
        audit.record("reminder.listed", by=request.user, about=named)
    context = {
        "lines": _lines(),
        "bounced": bounced,
        "unreachable": unreachable,
        "most": MOST,
    }
    page = render(request, "compliance/admin/reminders.html", frame("Reminders") | context)
    page["Cache-Control"] = "no-store, private"
    return page


def _lately() -> Q:
    return Q(recorded_at__gte=timezone.now() - timedelta(days=SHOWN_DAYS))


def _lines() -> list[Line]:
    """Count reminders by day and mail, the latest day first, in one query."""
    by_plan = When(code__in=PLAN, then=F("code"))
    rows = (
        Reminder.objects.filter(_lately())
        .annotate(day=TruncDate("recorded_at"), mail_code=Case(by_plan, default=Value("")))
        .order_by()
        .values_list("day", "mail_code")
        .annotate(told=Count("mail"), every=Count("pk"))
    )
    order = list(PLAN)
    return [
        Line(day, PLAN[code].label if code else BY_AN_OFFICER, told, every - told)
        for day, code, told, every in sorted(
            rows, key=lambda row: (-row[0].toordinal(), order.index(row[1]) if row[1] else 99)
        )
    ]


def _bounced() -> list[Mail]:
    """Return the mails that did not reach their readers, the latest first."""
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    lost = Mail.objects.bounced().filter(kind__in=KINDS, failed_at__gte=since)
    return list(lost.select_related("member").order_by("-failed_at")[:MOST])


def _unreachable() -> list[Member]:
    """Return who could not be told because there is no address, and still is none."""
    silent = Reminder.objects.filter(_lately(), mail=None).values("member")
    without = Member.objects.filter(pk__in=silent, email=None)
    return list(without.annotate(last=Max("reminders__recorded_at")).order_by("-last")[:MOST])
