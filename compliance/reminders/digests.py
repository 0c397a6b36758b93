"""The weekly digest: counts, never names, for the officers who oversee a CLP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.dateformat import format as written

from compliance.duty import sql, terms
from compliance.duty.dialect import as_date
from compliance.duty.status import Standing, Status
from compliance.reports.wording import number
from members.declining import path_for
from members.mail import post_mail, render_mail
from members.models import PostKind, Tenure, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

KIND = "digest"
MONDAY = 0
# Each person once in each CLP, as the most urgent of their duties there stands.
BY_CLP = f"""
SELECT place, worst, COUNT(*), MAX(next_due)
FROM (SELECT place, member_id, MIN(status) AS worst,
             MIN(CASE WHEN status IN ({Status.DUE.value}, {Status.DUE_SOON.value})
                       AND due_on < %(for_good)s THEN due_on END) AS next_due
      FROM duty GROUP BY place, member_id) person
WHERE worst <= {Status.DUE.value}
GROUP BY place, worst
"""  # noqa: S608 (made of constants)


@dataclass
class Open:
    """How many people of a CLP have something to do."""

    overdue: int = 0
    due: int = 0
    due_by: date | None = None

    def add(self, status: Status, people: int, due_by: date | None) -> None:
        if status.standing == Standing.OVERDUE:
            self.overdue += people
            return
        self.due += people
        self.due_by = max(filter(None, [self.due_by, due_by]), default=None)

    @property
    def words(self) -> str:
        """Say it: 3 people are overdue, 2 are due by 30 November 2026."""
        by = f"due by {written(self.due_by, 'j F Y')}" if self.due_by else "not done yet, in time"
        said = [(count, how) for count, how in ((self.overdue, "overdue"), (self.due, by)) if count]
        (first, how), *rest = said
        words = f"{number(first)} {'person is' if first == 1 else 'people are'} {how}"
        return words + "".join(
            f", {number(count)} {'is' if count == 1 else 'are'} {how}" for count, how in rest
        )


def officers(*, on: date) -> QuerySet[Tenure]:
    """Return the posts that oversee a CLP that day, of people who can be written to."""
    return (
        Tenure.objects.with_posts(on=on)
        .filter(
            post_kind__oversight=PostKind.Oversight.UNIT_AND_BELOW,
            unit__kind=Unit.Kind.CLP,
            member__is_active=True,
            member__email__isnull=False,
        )
        .order_by("member", "unit")
    )


def open_by_clp(*, on: date) -> dict[str, Open]:
    """Count, by the tree path of the CLP, who has something to do, in one query for all CLPs."""
    clp = Unit.objects.filter(kind=Unit.Kind.CLP).first()
    if clp is None:
        return {}
    scope = sql.Scope(place_length=len(clp.path))
    found: dict[str, Open] = {}
    asked = terms.in_force(on=on)
    for place, worst, people, due_by in sql.duties(asked, on=on, scope=scope, select=BY_CLP):
        found.setdefault(place, Open()).add(Status(worst), people, as_date(due_by))
    return found


@transaction.atomic
def send_digests(*, member_ids: Sequence[int], on: date) -> int:
    """Write to these officers how their CLPs stand, once in each week; return how many mails."""
    clps = open_by_clp(on=on)
    held = officers(on=on).filter(member__in=member_ids).select_related("member")
    one_each = {(post.member_id, post.unit_id): post for post in held if post.unit.path in clps}
    return sum(_send(post, clps[post.unit.path], on) for post in one_each.values())


def _send(post: Tenure, counts: Open, on: date) -> bool:
    year, week, _ = on.isocalendar()
    context = {
        "member": post.member,
        "unit": post.unit,
        "counts": counts,
        "link": f"/compliance/{post.unit.code}/",
        "off": path_for(post.member, KIND),
    }
    said = render_mail("digest", context)
    key = f"digest:{post.unit_id}:{year}-W{week:02}:{post.member_id}"
    mail = post_mail(key=key, to=post.member, kind=KIND, optional=True, **said._asdict())
    return mail is not None
