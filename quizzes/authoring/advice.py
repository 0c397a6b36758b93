"""Advice about a question, above its form. It stops nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin.panels import Panel

from quizzes.lint import double_remarks, remarks
from quizzes.models import Question

if TYPE_CHECKING:
    from typing import Any

    from quizzes.lint import Remark


def advice(question: Question) -> list[Remark]:
    """Return what there is to say of a question, also beside the others in the bank."""
    same: Any = Question.objects.filter(stem__iexact=question.stem.strip()).exclude(pk=question.pk)
    return [*remarks(question), *double_remarks(question, same.prefetch_related("options"))]


class AdvicePanel(Panel):
    """What an author would want to know about the question as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/advice.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            saved = self.instance is not None and self.instance.pk and self.form is not None
            self.remarks = advice(self.instance) if saved and not self.form.is_bound else []

        def is_shown(self) -> bool:
            return bool(self.remarks)
