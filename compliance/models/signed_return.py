"""What a unit's officers signed at the end of a quarter: figures that nobody changes."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from compliance.reports.quarters import Quarter

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models import Unit

FIRST_MONTHS = (1, 4, 7, 10)


class SignedReturnQuerySet(models.QuerySet["SignedReturn"]):
    """Words about returns."""

    def latest_of(self, quarter_begins: date) -> Self:
        """Return, of each unit's returns for that quarter, the one that counts."""
        later = SignedReturn.objects.filter(
            unit=models.OuterRef("unit"),
            quarter=models.OuterRef("quarter"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(later), quarter=quarter_begins)

    def of(self, unit: Unit) -> Self:
        """Return this unit's own, the latest first."""
        return self.filter(unit=unit).select_related("signed_by").order_by("-quarter", "-number")


class SignedReturn(models.Model):
    """A unit's figures at the end of a quarter, as signed. Append-only; a correction is the next.

    `figures` hold no names. The hash is over all that the page says, and stands in the audit trail.
    """

    unit = models.ForeignKey("members.Unit", models.PROTECT, related_name="returns")
    quarter = models.DateField(help_text="The first day of the quarter.")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    statement = models.TextField()
    post = models.CharField(max_length=200, help_text="By which post it was signed, in words.")
    signed_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    objects = SignedReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "quarter", "number"], name="return_number_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__month__in=FIRST_MONTHS, quarter__day=1),
                name="return_is_of_a_quarter",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="return_numbers_begin_at_one"),
        ]
        default_permissions = ("view",)
        ordering = ["-quarter", "unit", "-number"]

    def __str__(self) -> str:
        return f"{self.unit}, {self.quarter}, number {self.number}"

    @property
    def period(self) -> Quarter:
        """The quarter it is for."""
        return Quarter.of(self.quarter)

    def fingerprint(self) -> str:
        """Return the hash over all that was signed, written in the one canonical way."""
        said = {
            "unit": self.unit_id,
            "quarter": self.quarter.isoformat(),
            "number": self.number,
            "figures": self.figures,
            "statement": self.statement,
            "post": self.post,
            "signed_by": self.signed_by_id,
            "signed_at": self.signed_at.astimezone(UTC).isoformat(),
        }
        return hash_of(said)


def hash_of(facts: object) -> str:
    """Return the hash of facts as canonical JSON: keys in order, no blanks, ASCII."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
