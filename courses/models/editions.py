"""Editions: what a new version of a course means for those who did an older one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.dateformat import format as date_format

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Self

FIRST_EDITION = 1  # no row: what was taught before anybody declared an edition


class EditionQuerySet(models.QuerySet["Edition"]):
    """Words about editions."""

    def known(self, before: datetime | None) -> Self:
        """Return those recorded before that moment; all without one."""
        return self if before is None else self.filter(recorded_at__lt=before)

    def latest_first(self) -> Self:
        return self.select_related("recorded_by").order_by("-number")

    def major(self) -> Self:
        """Return those after which older completions stop counting."""
        return self.filter(kind=Edition.Kind.MAJOR)

    def in_force(self, *, on: date) -> Self:
        """Return the major ones because of which older completions do not count on that day."""
        at_once = Q(old_count_until=None, published_on__lte=on)
        return self.major().filter(at_once | Q(old_count_until__lt=on))


class Edition(models.Model):
    """A new edition of a course, published on a day. Append-only.

    A minor one carries over: older completions count as before. After a major one they count to
    `old_count_until` (the last day), or no longer than the day before it was published.
    """

    class Kind(models.TextChoices):
        MINOR = "minor", "Minor: what people have done counts as before"
        MAJOR = "major", "Major: people must do the course again"

    class HalfWay(models.TextChoices):
        KEEP = "keep", "They go on; what they have finished counts"
        AGAIN = "again", "They start again in the new edition"

    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind)
    published_on = models.DateField()
    old_count_until = models.DateField("older completions count until", null=True, blank=True)
    half_way = models.CharField(
        "people who are half-way", max_length=5, choices=HalfWay, default=HalfWay.KEEP
    )
    what_changed = models.CharField("what is new", max_length=300)
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # who may publish the course publishes its editions
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gt=FIRST_EDITION), name="edition_follows"),
            models.CheckConstraint(
                condition=Q(old_count_until=None)
                | Q(kind="major", old_count_until__gte=F("published_on")),
                name="edition_old_count_until_later",
            ),
            models.CheckConstraint(
                condition=Q(kind="major") | Q(half_way="keep"),
                name="edition_minor_keeps_rounds",
            ),
        ]
        ordering = ["course", "number"]

    def __str__(self) -> str:
        return f"{self.course}, edition {self.number}"

    @property
    def is_major(self) -> bool:
        return self.kind == self.Kind.MAJOR

    @property
    def in_words(self) -> str:
        """What it meant for those who had done the course before, in a few words."""
        if not self.is_major:
            return "minor: what people had done counts as before"
        day = date_format(self.last_day_of_old, "j F Y")
        again = "started again" if self.half_way == self.HalfWay.AGAIN else "went on"
        return f"major: what people had done counts until {day}; people half-way {again}"

    @property
    def last_day_of_old(self) -> date:
        """The last day on which what was done before a major edition counts."""
        return self.old_count_until or self.published_on - timedelta(days=1)
