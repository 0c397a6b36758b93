"""What people decided about somebody's duty: rows that are appended, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Self


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Words about decisions."""

    def standing(self, *, known_before: datetime | None = None) -> Self:
        """Return those that nothing recorded later corrects, as known at that moment (now)."""
        known, later = self, Decision.objects.all()
        if known_before is not None:
            known = known.filter(recorded_at__lt=known_before)
            later = later.filter(recorded_at__lt=known_before)
        corrected = later.filter(corrects=models.OuterRef("pk"))
        return known.filter(~models.Exists(corrected), is_withdrawn=False)

    def assigned(self, *, on: date) -> Self:
        """Return the assignments by hand that hold on that day."""
        still = Q(until_on=None) | Q(until_on__gte=on)
        return self.filter(still, kind=Decision.Kind.ASSIGNMENT, from_on__lte=on)

    def beside(self, said: Decision) -> Self:
        """Return the others of this kind about this person that share a day with this one."""
        others = self.filter(member=said.member_id, kind=said.kind).exclude(pk=said.corrects_id)
        if said.until_on:
            others = others.filter(from_on__lte=said.until_on)
        return others.filter(Q(until_on=None) | Q(until_on__gte=said.from_on))

    def ending(self, *, first: date, last: date) -> Self:
        """Return those whose last day is one of these days, both included."""
        moved = Q(kind=Decision.Kind.EXTENSION, due_on__range=(first, last))
        others = ~Q(kind=Decision.Kind.EXTENSION) & Q(until_on__range=(first, last))
        return self.filter(moved | others)

    def on_requirement(self, requirement_id: int | None) -> Self:
        """Return those that touch this requirement; an empty one means all of a person's."""
        if requirement_id is None:
            return self
        return self.filter(Q(requirement=None) | Q(requirement=requirement_id))


class Decision(models.Model):
    """One human decision about one person's training. A correction is a new row that says which.

    Days are inclusive. An empty requirement means all of the person's requirements.
    """

    class Kind(models.TextChoices):
        ASSIGNMENT = "assignment", "Assigned by hand"
        EXEMPTION = "exemption", "Exempt"
        EXTENSION = "extension", "More time"
        LEAVE = "leave", "Long leave"

    class Reason(models.TextChoices):
        PROFESSIONAL = "professional", "Does this work as a profession"
        ACCESS = "access", "The course cannot be made accessible to them yet"
        WELLBEING = "wellbeing", "The subject would harm them"
        EQUIVALENT = "equivalent", "Trained by a public body"
        ILLNESS = "illness", "Illness"
        FAMILY = "family", "Parental or carer's leave"
        TECHNICAL = "technical", "Something on our side did not work"
        CASE = "case", "Agreed after a complaint or an incident"
        OTHER = "other", "Another reason, see the reference"

    kind = models.CharField(max_length=10, choices=Kind)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="decisions")
    requirement = models.ForeignKey(
        "compliance.Requirement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    unit = models.ForeignKey(
        "members.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="for which unit",
        help_text="Its officers see how the person stands. Empty: only administrators do.",
    )
    from_on = models.DateField("from")
    until_on = models.DateField("until, with this day", null=True, blank=True)
    due_on = models.DateField("new last day", null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    reference = models.CharField(
        max_length=60, blank=True, help_text="Where the evidence is kept. No details here."
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    is_withdrawn = models.BooleanField(default=False)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="decision_ends_after_start",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="assignment", requirement=None),
                name="decision_assigns_a_requirement",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extension") | Q(due_on__isnull=False),
                name="decision_extends_to_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="exemption", reason=""), name="decision_exempts_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="leave") | Q(requirement=None), name="decision_leave_is_from_all"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(corrects__isnull=False),
                name="decision_withdraws_another",
            ),
        ]
        indexes = [models.Index(fields=["member", "kind", "requirement"], name="decision_member")]
        default_permissions = ()
        permissions = [("decide", "Can assign, exempt, give more time and record leave")]
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member}"

    @property
    def about(self) -> str:
        """What it is about: one requirement, or all of the person's."""
        return self.requirement.title if self.requirement else "Everything asked of them"

    @property
    def days(self) -> str:
        """Its days in words."""
        if self.kind == self.Kind.EXTENSION:
            return f"last day {_day(self.due_on)}"
        until = f"until {_day(self.until_on)}" if self.until_on else ""
        by = f"last day {_day(self.due_on)}" if self.due_on else ""
        return ", ".join(filter(None, [f"from {_day(self.from_on)}", until or OPEN[self.kind], by]))


OPEN: dict[str, str] = {
    Decision.Kind.ASSIGNMENT: "",
    Decision.Kind.EXEMPTION: "for good",
    Decision.Kind.LEAVE: "not back yet",
}


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
