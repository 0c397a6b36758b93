"""The part of a course that says how long a completion counts and how it is renewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.dates import MONTHS

from courses.renewal import NOT_A_DAY, Method, Renewal, contradictions

if TYPE_CHECKING:
    from datetime import date

    from courses.models.records import Completion

ITS_OWN_REFRESHER = "A course cannot be its own refresher. Choose a shorter course, or none."
REFRESHER_HAS_ONE = (
    "“{refresher}” has a refresher itself. Choose a course that has none, or take that one's away."
)
IS_A_REFRESHER = "This course is the refresher of “{course}”, so it cannot have one itself."


class RenewedCourse(models.Model):
    """How long a completion counts. What is stamped on completions, later changes leave alone."""

    class RenewalMethod(models.TextChoices):
        FROM_EXPIRY = Method.OLD_EXPIRY.value, "From the old last day: renewing early loses nothing"
        FROM_COMPLETION = Method.COMPLETION.value, "From the day they finish it again"
        FIXED_DATE = Method.FIXED_DATE.value, "To the same day of the year for everybody"

    validity_years = models.PositiveSmallIntegerField(
        "counts for: years",
        default=0,
        validators=[MaxValueValidator(20)],
        help_text="From the day somebody finishes the course. All three empty: it counts for good.",
    )
    validity_months = models.PositiveSmallIntegerField(
        "months",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    validity_days = models.PositiveSmallIntegerField(
        "days", default=0, validators=[MaxValueValidator(3660)]
    )
    renewal_window_days = models.PositiveSmallIntegerField(
        "renewal opens, in days before the last day",
        default=90,
        validators=[MaxValueValidator(730)],
        help_text="From then on people may take the course again, or its refresher. A change "
        "holds for those who finish after it; nobody's dates move.",
    )
    renewal_method = models.CharField(
        "how a renewal counts",
        max_length=10,
        choices=RenewalMethod,
        default=RenewalMethod.FROM_EXPIRY,
    )
    renewal_fixed_day = models.PositiveSmallIntegerField(
        "the same day for everybody: day",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="Only for the third way above, for example 31 March.",
    )
    renewal_fixed_month = models.PositiveSmallIntegerField(
        "month",
        null=True,
        blank=True,
        choices=MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    minimum_validity_months = models.PositiveSmallIntegerField(
        "at least, in months",
        default=0,
        validators=[MaxValueValidator(120)],
        help_text="Who finishes shortly before that day is covered to the one after it.",
    )
    refresher = models.ForeignKey(
        "courses.CoursePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="refreshes",
        help_text="A shorter course that is enough to renew this one in time. Who is late, and "
        "everybody after a major new edition, takes the whole course.",
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
        wrong = dict(contradictions(self.renewal))
        if problem := self._wrong_refresher():
            wrong["refresher"] = problem
        if wrong:
            raise ValidationError(wrong)

    def _wrong_refresher(self) -> str:
        """Say why the chosen refresher cannot be one; empty if it can."""
        if not self.refresher:
            return ""
        if self.refresher_id == self.pk:
            return ITS_OWN_REFRESHER
        if self.refresher.refresher_id:
            return REFRESHER_HAS_ONE.format(refresher=self.refresher)
        refreshed = (
            type(self)._default_manager.filter(refresher=self.pk).first() if self.pk else None
        )
        return IS_A_REFRESHER.format(course=refreshed) if refreshed else ""

    @property
    def renewal(self) -> Renewal:
        """The rule in force today, as pure values."""
        month, day = self.renewal_fixed_month, self.renewal_fixed_day
        return Renewal(
            years=self.validity_years or 0,
            months=self.validity_months or 0,
            days=self.validity_days or 0,
            window_days=self.renewal_window_days or 0,
            method=Method(self.renewal_method),
            fixed=(month, day) if month and day else None,
            minimum_months=self.minimum_validity_months or 0,
        )

    def valid_to(self, completed_on: date, *, before: Completion | None = None) -> date | None:
        """Return the last day a completion of that day counts; None when it counts for good.

        `before` is the completion that counts longest already, if there is one.
        """
        return self.renewal.cover(completed_on, before=before).valid_to

    @property
    def validity_in_words(self) -> str:
        """What follows “renewed every”: 2 years, or 1 year and 6 months; empty for good."""
        if self.renewal_method == self.RenewalMethod.FIXED_DATE:
            return f"year, to {self._fixed_day}"
        years, months = divmod(self.validity_years * 12 + (self.validity_months or 0), 12)
        parts = [(years, "year"), (months, "month"), (self.validity_days, "day")]
        said = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
        return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))

    @property
    def counts_for(self) -> str:
        """How long a completion counts, as a sentence for learners."""
        if self.renewal_method != self.RenewalMethod.FIXED_DATE:
            words = self.validity_in_words
            return f"It counts for {words}." if words else "It counts for good."
        least = self.minimum_validity_months
        away = f" that is at least {least} month{'' if least == 1 else 's'} away" if least else ""
        return f"It counts until the next {self._fixed_day}{away}."

    @property
    def _fixed_day(self) -> str:
        return f"{self.renewal_fixed_day} {MONTHS[self.renewal_fixed_month or 12]}"
