"""What somebody's attendance at a webinar counts for, in one round of one course."""

from __future__ import annotations

from django.db import models


class Attended(models.Model):
    """The attendance that counts for a part of a course. The part is finished when that was
    enough, or made up for, and the part's quiz (if it has one) is passed."""

    enrolment = models.ForeignKey("courses.Enrolment", models.CASCADE, related_name="attended")
    step = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="+")
    attendance = models.ForeignKey("webinars.Attendance", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step"], name="attended_for_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.attendance} for {self.step}"
