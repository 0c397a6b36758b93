"""How a unit stood at the end of a month: kept so that a line over years needs no work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models import Unit


class MonthlyFigureQuerySet(models.QuerySet["MonthlyFigure"]):
    """Words about figures."""

    def of(self, unit: Unit, *, after: date, until: date) -> Self:
        """Return this unit's, the oldest first."""
        return self.filter(unit=unit, on__gt=after, on__lte=until).order_by("on")


class MonthlyFigure(models.Model):
    """A unit's people on the last day of a month. A cache: it can be thrown away and made anew."""

    unit = models.ForeignKey("members.Unit", models.CASCADE, related_name="figures")
    on = models.DateField(help_text="The last day of the month.")
    people = models.PositiveIntegerField()
    up_to_date = models.PositiveIntegerField()
    due = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    exempt = models.PositiveIntegerField()
    computed_at = models.DateTimeField()

    objects = MonthlyFigureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="figure_once_a_month")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.on}"

    @property
    def percentage(self) -> int | None:
        """The share up to date, rounded down as everywhere; None of nobody."""
        return self.up_to_date * 100 // self.people if self.people else None

    @property
    def parts(self) -> tuple[int, int, int]:
        """The people obliged, by how they stand: as `Tally.parts`."""
        return self.up_to_date, self.due, self.overdue
