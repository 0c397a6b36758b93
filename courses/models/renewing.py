"""The part of a course that says how long a completion counts and how it is renewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from courses.renewal import Method, Renewal

if TYPE_CHECKING:
    from datetime import date

    from courses.models.records import Completion

DAYS_A_MONTH = 28  # the least: a minimum validity in months is at least this many days each
NOT_A_DAY = "Give the day and the month of the fixed date, for example 31 and 3 for 31 March."
SHORTER_THAN_WINDOW = (
    "People could renew before their first period has begun. Choose a minimum that is longer than "
    "the renewal window."
)


class RenewedCourse(models.Model):
    """How long a completion counts. What is stamped on completions, later changes leave alone."""

    class RenewalMethod(models.TextChoices):
        FROM_COMPLETION = Method.COMPLETION.value, "From the day it is renewed"
        FROM_EXPIRY = Method.OLD_EXPIRY.value, "From the old last day: nobody loses days"
        FIXED_DATE = Method.FIXED_DATE.value, "To the same date every year"

    validity_years = models.PositiveSmallIntegerField(
        "counts for: years", default=0, validators=[MaxValueValidator(20)]
    )
    validity_months = models.PositiveSmallIntegerField(
        "months",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="How long a completion counts. Nothing in all three means for good.",
    )
    validity_days = models.PositiveSmallIntegerField(
        "days", default=0, validators=[MaxValueValidator(3660)]
    )
    renewal_window_days = models.PositiveSmallIntegerField(
        default=90,
        validators=[MaxValueValidator(730)],
        help_text="How many days before the end people may renew.",
    )
    renewal_method = models.CharField(
        "a renewal counts",
        max_length=10,
        choices=RenewalMethod,
        default=RenewalMethod.FROM_EXPIRY,
    )
    renewal_fixed_month = models.PositiveSmallIntegerField(
        "fixed date: month",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    renewal_fixed_day = models.PositiveSmallIntegerField(
        "fixed date: day",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    minimum_validity_months = models.PositiveSmallIntegerField(
        "fixed date: counts for at least (months)",
        default=0,
        validators=[MaxValueValidator(120)],
        help_text="Who finishes shortly before the fixed date is covered to the one after it.",
    )
    refresher = models.ForeignKey(
        "courses.CoursePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="refreshes",
        help_text="A shorter course that is enough while the old completion still counts.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(renewal_method=Method.FIXED_DATE.value)
                | Q(renewal_fixed_month__range=(1, 12), renewal_fixed_day__range=(1, 31)),
                name="course_fixed_date_is_a_day",
                violation_error_message=NOT_A_DAY,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.renewal_method != self.RenewalMethod.FIXED_DATE:
            return
        if self.renewal_fixed_month is None or self.renewal_fixed_day is None:
            raise ValidationError({"renewal_fixed_day": NOT_A_DAY})
        if (self.minimum_validity_months or 0) * DAYS_A_MONTH < self.renewal_window_days:
            raise ValidationError({"minimum_validity_months": SHORTER_THAN_WINDOW})

    @property
    def renewal(self) -> Renewal:
        """The rule in force today, as pure values."""
        month, day = self.renewal_fixed_month, self.renewal_fixed_day
        return Renewal(
            years=self.validity_years,
            months=self.validity_months or 0,
            days=self.validity_days,
            window_days=self.renewal_window_days,
            method=Method(self.renewal_method),
            fixed=(month, day) if month and day else None,
            minimum_months=self.minimum_validity_months,
        )

    def valid_to(self, completed_on: date, *, before: Completion | None = None) -> date | None:
        """Return the last day a completion of that day counts; None when it counts for good.

        `before` is the completion that counts longest already, if there is one.
        """
        return self.renewal.cover(completed_on, before=before).valid_to

    @property
    def validity_in_words(self) -> str:
        """How long a completion counts: 2 years, or 1 year and 6 months."""
        if self.renewal_method == self.RenewalMethod.FIXED_DATE:
            return "a year or so, to the same date for everybody"
        years, months = divmod(self.validity_years * 12 + (self.validity_months or 0), 12)
        parts = [(years, "year"), (months, "month"), (self.validity_days, "day")]
        said = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
        return " and ".join(said)
