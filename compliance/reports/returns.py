"""Signing a unit's figures at the end of a quarter, and asking whether they are what was signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from compliance.duty.people import AsAt
from compliance.models import SignedReturn
from compliance.models.signed_return import hash_of
from compliance.reports import posts
from compliance.reports.figures import Figures, figures_of
from members import audit
from members.models import AuditEvent, Unit

if TYPE_CHECKING:
    from compliance.duty.tallies import Tally
    from compliance.reports.quarters import Quarter
    from members.models import Member

SIGNED = "return.signed"
STATEMENT = (
    "I have checked the list of people with my executive. To the best of our knowledge it holds "
    "everybody in {unit} whose role needs training, and these figures are right."
)


class NotSignableError(Exception):
    """Only the quarter that ended last can be signed."""


class SignedMeanwhileError(Exception):
    """Somebody else signed since these figures were read."""


class FiguresMovedError(Exception):
    """The records changed since these figures were read: what is signed is what was seen."""


@dataclass(frozen=True)
class Seen:
    """What somebody has before them when they sign: the number it will have, and the figures."""

    number: int
    stamp: str


def next_number(unit: Unit, quarter: Quarter) -> int:
    """Return the number that the next return for this quarter will have: corrections count up."""
    last = SignedReturn.objects.of(unit).filter(quarter=quarter.first).first()
    return last.number + 1 if last else 1


def seen(unit: Unit, quarter: Quarter, figures: Figures) -> Seen:
    return Seen(next_number(unit, quarter), hash_of(figures.numbers))


def statement_of(unit: Unit) -> str:
    return STATEMENT.format(unit=unit.name)


@transaction.atomic
def sign_return(*, unit: Unit, quarter: Quarter, what: Seen, by: Member) -> SignedReturn:
    """Freeze a unit's figures on the quarter's last day, signed by its chair or secretary.

    Two at the same moment make one return: the second finds that its number is taken.
    """
    post = posts.leads(by, unit)
    if post is None:
        raise PermissionDenied
    if not quarter.can_be_signed:
        raise NotSignableError
    _one_at_a_time(unit)
    figures = Figures(figures_of(unit, AsAt(quarter.last)))
    now = seen(unit, quarter, figures)
    if now.number != what.number:
        raise SignedMeanwhileError
    if now.stamp != what.stamp:
        raise FiguresMovedError
    made = SignedReturn(
        unit=unit,
        quarter=quarter.first,
        number=now.number,
        figures=figures.numbers,
        statement=statement_of(unit),
        post=str(post),
        signed_by=by,
        signed_at=timezone.now(),
    )
    made.sha256 = made.fingerprint()
    made.save(force_insert=True)
    audit.record(
        SIGNED, by=by, unit=unit, quarter=quarter.code, number=made.number, sha256=made.sha256
    )
    return made


def difference(signed: SignedReturn) -> str:
    """Say in one sentence how today's records for that day differ from what was signed, if so."""
    now = figures_of(signed.unit, AsAt(signed.period.last))
    if now == signed.figures:
        return ""
    then, found = Figures(signed.figures).tally, Figures(now).tally
    if (then.up_to_date, then.people) == (found.up_to_date, found.people):
        return "Today's records for that day differ: not in the total, but further down."
    was, will = _share(then), _share(found)
    return f"Today's records for that day differ: {will} up to date, where {was} was signed."


def is_as_signed(signed: SignedReturn) -> bool:
    """Whether a return says what was signed: it bears its hash, and so does the audit trail."""
    found = signed.fingerprint()
    recorded = AuditEvent.objects.filter(
        action=SIGNED, unit=signed.unit, actor=signed.signed_by, detail__sha256=found
    )
    return found == signed.sha256 and recorded.exists()


def _share(tally: Tally) -> str:
    return f"{tally.up_to_date:,} of {tally.people:,}"


def _one_at_a_time(unit: Unit) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
