"""What is required: its name and why. What it asks of whom stands in its versions."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from typing import Self

    from compliance.models.version import RequirementVersion


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Words about requirements."""

    def kept(self) -> Self:
        """Return those that nobody archived."""
        return self.filter(archived_at=None)


class Requirement(models.Model):
    """Something people must have completed. What it asks is versioned: see RequirementVersion."""

    title = models.CharField(
        "name", max_length=120, help_text="For example: Safeguarding for people in post."
    )
    reason = models.TextField(
        "why",
        max_length=600,
        help_text="People who must do it read this. One or two sentences.",
    )
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                condition=Q(archived_at=None),
                name="requirement_title_once",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="requirement_has_a_title"),
        ]
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def latest(self) -> RequirementVersion | None:
        """The version that was recorded last: what the administrator edits."""
        return self.versions.order_by("-number").first()

    @property
    def stamp(self) -> str:
        """A mark of how it reads now. Whoever saves it leaves another one."""
        number = self.versions.aggregate(last=models.Max("number"))["last"]
        said = "\0".join([str(number), self.title, self.reason, str(self.archived_at)])
        return sha256(said.encode()).hexdigest()[:16]
