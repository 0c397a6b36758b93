"""The author's forms: a draft may be incomplete; publishing says what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.completeness import question_problems, quiz_problems
from quizzes.models import Question

if TYPE_CHECKING:
    from typing import Any


class VersionedForm(WagtailAdminModelForm):
    """Asks what is missing, of what is about to be published, next to the form's own checks."""

    def problems(self) -> list[str]:
        """Return what is missing in what was filled in."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_deferred_validation:  # a draft is being saved
            return True
        for problem in self.problems():
            self.add_error(None, problem)
        return not self.errors

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the filled-in rows of an inline panel that are not being removed."""
        rows = [form.cleaned_data for form in self.formsets[name].forms]
        return [row for row in rows if row and not row.get("DELETE")]


class QuestionForm(VersionedForm):
    """A question with its options."""

    def problems(self) -> list[str]:
        right = [row["is_correct"] for row in self.rows("options")]
        return question_problems(kind=self.cleaned_data["kind"], right=right)


class QuizForm(VersionedForm):
    """A quiz with its pool."""

    def problems(self) -> list[str]:
        pool = [row["question"].pk for row in self.rows("pool")]
        published = Question.objects.published().filter(pk__in=pool).count()
        draw = self.cleaned_data["draw"]
        return quiz_problems(pool=len(pool), published=published, draw=draw)
