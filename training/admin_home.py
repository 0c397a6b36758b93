"""The first page of the administration: what needs doing, for whom it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from compliance import terms
from compliance.reach import tallies_of
from courses.models import Evidence, ImportedRow
from members.dates import today
from quizzes.models import Question, Quiz
from support.models import SupportOrganisation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.db.models import Model

    from members.models import Member


class ToDoPanel(Component):
    """Things that wait for somebody: numbers to check, drafts to publish, people overdue."""

    name = "to_do"
    template_name = "training/admin_to_do.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        viewer = parent_context["request"].user
        return {"tasks": list(tasks(viewer)), "requirements": requirements(viewer)}


def tasks(viewer: Member) -> Iterator[tuple[str, str]]:
    """Yield (what waits, where to do it) for what this person may do."""
    if viewer.has_perm("support.change_supportorganisation"):
        waiting = SupportOrganisation.objects.to_check().count()
        address = list_of(SupportOrganisation)
        if waiting:
            yield f"{number(waiting, 'support organisation')} to check", f"{address}?to_check=true"
    if viewer.has_perm("courses.approve_evidence"):
        yield from elsewhere()
    if drafts := Page.objects.filter(has_unpublished_changes=True).count():
        yield (
            f"{number(drafts, 'page')} with changes not yet published",
            reverse("wagtailadmin_explore_root"),
        )
    for model, words in ((Question, "question"), (Quiz, "quiz")):
        if viewer.has_perm(f"quizzes.change_{model._meta.model_name}"):
            changed = model.objects.filter(has_unpublished_changes=True).count()
            if changed:
                yield f"{number(changed, words)} with changes not yet published", list_of(model)


def elsewhere() -> Iterator[tuple[str, str]]:
    """Yield what waits of training done elsewhere: proofs to decide, records without a person."""
    if waiting := Evidence.objects.waiting().count():
        yield (
            f"{number(waiting, 'proof')} of training elsewhere to decide",
            reverse("elsewhere_queue"),
        )
    if unmatched := ImportedRow.objects.unmatched().count():
        words = f"{number(unmatched, 'imported record')} of people not found"
        yield words, reverse("import_unmatched")


def list_of(snippet: type[Model]) -> str:
    """Return the address of the list of these in the administration."""
    options = snippet._meta
    return reverse(f"wagtailsnippets_{options.app_label}_{options.model_name}:list")


def number(count: int, word: str) -> str:
    """Return a count with its word in the right number."""
    plural = {"quiz": "quizzes"}.get(word, f"{word}s")
    return f"{count} {word if count == 1 else plural}"


def requirements(viewer: Member) -> list[dict[str, Any]]:
    """Return the requirements in force with the people they oblige today."""
    if not viewer.has_perm("compliance.view_requirement"):
        return []
    asked = terms.in_force(on=today())
    tallies = tallies_of(asked)
    return [
        {"requirement": term.requirement, "tally": tallies[term.requirement.pk]} for term in asked
    ]
