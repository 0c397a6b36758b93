"""The reminder on the editor's first page: law that is to be checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin.ui.components import Component

from courses.law import overdue_law
from courses.models import ModulePage
from members.dates import today
from quizzes.models import Question

if TYPE_CHECKING:
    from typing import Any

SHOWN = 20


class OverdueLawPanel(Component):
    """Lessons and questions whose law should have been checked by today."""

    name = "overdue_law"
    template_name = "courses/admin/overdue_law.html"
    order = 150

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        questions = Question.objects.filter(live=True, review_by__lt=today()).order_by("review_by")
        lessons = overdue_law(ModulePage.objects.live())
        return {"laws": list(lessons)[:SHOWN], "questions": questions[:SHOWN]}
