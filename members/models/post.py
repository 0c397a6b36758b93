"""Posts and who holds them, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format

from members.dates import today
from members.models.unit import within

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from members.models.member import Member


class PostKind(models.Model):
    """A kind of post: councillor, CLP chair, staff, complaints-panel member."""

    class Group(models.TextChoices):
        ELECTED = "elected", "Elected to public office"
        VOLUNTEER = "volunteer", "Volunteer officer"
        STAFF = "staff", "Staff"
        PANEL = "panel", "Panel or committee"

    class Oversight(models.TextChoices):
        NOTHING = "nothing", "Nothing"
        UNIT_AND_BELOW = "unit", "Its unit and the units below"
        FIGURES = "figures", "Figures of its unit and the units below, without names"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    group = models.CharField(max_length=10, choices=Group)
    oversight = models.CharField(
        "may see the training status of",
        max_length=10,
        choices=Oversight,
        default=Oversight.NOTHING,
        help_text="Of post holders only, and only on days the post is held.",
    )

    class Meta:
        verbose_name = "kind of post"
        verbose_name_plural = "kinds of posts"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def oversees(self) -> bool:
        """Whether who holds it may see, by name, how people of its unit stand."""
        return self.oversight == self.Oversight.UNIT_AND_BELOW

    @property
    def shows_figures(self) -> bool:
        """Whether who holds it may see how many people of its unit stand how. It gives no name."""
        return self.oversight != self.Oversight.NOTHING


class TenureQuerySet(models.QuerySet["Tenure"]):
    """Words about who holds what."""

    def current(self, *, on: date | None = None) -> Self:
        """Return the tenures that run on that day (today). The day one ends is not in it."""
        day = on or today()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)

    def with_posts(self, *, on: date) -> Self:
        """Return the tenures that run on that day, each with its kind of post and its unit."""
        return self.current(on=on).select_related("post_kind", "unit").with_retaken()

    def with_retaken(self) -> Self:
        """Say of each, as `is_retaken`, whether the person held this post before and left it."""
        before = Tenure.objects.filter(
            member=OuterRef("member"),
            post_kind=OuterRef("post_kind"),
            unit=OuterRef("unit"),
            started_on__lt=OuterRef("started_on"),
            ended_on__isnull=False,
        )
        return self.annotate(is_retaken=Exists(before))

    def within(self, paths: list[str]) -> Self:
        """Return the tenures in units at or below these tree paths."""
        return self.filter(within("unit__path", paths))

    def overlapping(self, tenure: Tenure) -> Self:
        """Return the other tenures of the same post by the same person on one of its days."""
        same = self.filter(
            member_id=tenure.member_id, post_kind_id=tenure.post_kind_id, unit_id=tenure.unit_id
        ).exclude(pk=tenure.pk)
        if tenure.ended_on:
            same = same.filter(started_on__lt=tenure.ended_on)
        return same.filter(Q(ended_on=None) | Q(ended_on__gt=tenure.started_on))

    def visible_to(self, viewer: Member) -> Self:
        """Return the tenures of `viewer` and those in units `viewer` oversees today."""
        if viewer.has_perm("members.view_tenure"):
            return self
        return self.filter(Q(member=viewer) | within("unit__path", viewer.overseen_paths()))


class Tenure(models.Model):
    """One person holding one post in one unit, from a day, perhaps to a day.

    `ended_on` is the first day the post is no longer held: [started_on, ended_on).
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="tenures")
    post_kind = models.ForeignKey(PostKind, models.PROTECT, related_name="tenures")
    unit = models.ForeignKey("members.Unit", models.PROTECT, related_name="tenures")
    started_on = models.DateField("from")
    ended_on = models.DateField(
        "to", null=True, blank=True, help_text="The first day the post is no longer held."
    )
    # What stood here before a change is kept in TenureHistory, by triggers.
    recorded_at = models.DateTimeField(default=timezone.now, db_default=Now())

    is_retaken: bool  # of `with_retaken`

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = "post held"
        verbose_name_plural = "posts held"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("started_on")),
                name="tenure_ends_after_start",
                violation_error_message="A post must end after the day it began.",
            ),
            models.UniqueConstraint(
                fields=["member", "post_kind", "unit"],
                condition=Q(ended_on=None),
                name="tenure_open_once",
                violation_error_message="This person already holds this post in this unit.",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "post_kind", "member"], name="tenure_unit"),
            # Holds all that the compliance report reads of a tenure, so it reads the index alone.
            models.Index(
                fields=["post_kind", "member", "unit", "started_on", "ended_on"],
                name="tenure_kind",
            ),
        ]
        ordering = ["-started_on", "pk"]

    def __str__(self) -> str:
        return f"{self.post_kind}, {self.unit}"

    def clean(self) -> None:
        super().clean()
        if not (self.member_id and self.post_kind_id and self.unit_id and self.started_on):
            return
        other = Tenure.objects.overlapping(self).first()
        if other:
            raise ValidationError(
                f"This person already holds this post there, {other.period}. "
                "Correct those dates, or end that one first."
            )

    @property
    def period(self) -> str:
        """The days it is held, in words."""
        began = date_format(self.started_on, "j F Y")
        if self.ended_on is None:
            return f"since {began}"
        return f"from {began} to {date_format(self.ended_on, 'j F Y')}"
