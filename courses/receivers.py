"""What courses does when another floor says that something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from courses.actions import finish_passed_quiz
from quizzes.signals import sitting_marked

if TYPE_CHECKING:
    from typing import Any

    from quizzes.models import Sitting


@receiver(sitting_marked, dispatch_uid="courses_quiz_step")
def finish_quiz_step(sitting: Sitting, **kwargs: Any) -> None:
    """Finish the quiz's part of the course when the quiz was passed."""
    if sitting.passed:
        finish_passed_quiz(sitting=sitting)
