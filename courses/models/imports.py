"""Past completions from files: a file that waits for a yes, and where each row came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from courses.import_files import Table

if TYPE_CHECKING:
    from typing import Self


class WaitingFile(models.Model):
    """The cells of a file between its preview and the yes or no. Deleted by either."""

    file_name = models.CharField(max_length=120)
    head = models.JSONField()
    rows = models.JSONField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("members.Member", models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name

    @property
    def table(self) -> Table:
        return Table(self.head, self.rows)


class ImportedRowQuerySet(models.QuerySet["ImportedRow"]):
    """Words about imported rows."""

    def unmatched(self) -> Self:
        """Return the rows whose person was not found and about which nobody has decided."""
        return self.filter(completion=None, settled_at=None)

    def of_the_same_person(self, row: ImportedRow) -> Self:
        """Return the rows that name the person with the same words."""
        return self.filter(email=row.email, membership_number=row.membership_number)


class ImportedRow(models.Model):
    """A row of a file: where a completion came from, or one whose person was not found.

    How the person was written is kept only where nobody was found.
    """

    email = models.CharField("e-mail address", max_length=254, blank=True)
    membership_number = models.CharField(max_length=40, blank=True)
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="+")
    completed_on = models.DateField("finished")
    valid_to = models.DateField("last valid day", null=True)
    provider = models.CharField("who gave the training", max_length=120, blank=True)
    file_name = models.CharField("file", max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")
    completion = models.ForeignKey(
        "courses.Completion", models.PROTECT, null=True, related_name="imported_rows"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")

    objects = ImportedRowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "membership_number", "course", "completed_on"],
                condition=~Q(email="", membership_number=""),
                name="imported_row_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("completed_on")),
                name="imported_row_ends_after_completed",
            ),
            models.CheckConstraint(
                condition=~Q(email="", membership_number="") | Q(completion__isnull=False),
                name="imported_row_is_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.completed_on}"

    @property
    def person(self) -> str:
        """The person as the file names them."""
        return " / ".join(filter(None, [self.email, self.membership_number]))
