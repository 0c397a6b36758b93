"""The author's forms: a draft may be incomplete; publishing says what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.completeness import Draft, question_problems
from quizzes.models.pool import paper_problems

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
    """A question with its options, or its steps."""

    class Media:
        css = {"all": ["question-form.css"]}

    def problems(self) -> list[str]:
        steps = [row["question"] for row in self.rows("steps")]
        facts = self.cleaned_data | {"told_in": self.instance.told_in}
        draft = Draft.read(facts, parts=self.rows("options"), steps=steps)
        return question_problems(draft)


class QuizForm(VersionedForm):
    """A quiz with its pool."""

    def problems(self) -> list[str]:
        pool = self.rows("pool")
        return paper_problems(
            pool=[row["question"].pk for row in pool],
            critical={row["question"].pk for row in pool if row["is_critical"]},
            lines={row["category"].pk: row["questions"] for row in self.rows("draws")},
            draw=self.cleaned_data["draw"],
        )
