"""The first page of the administration: what needs a decision today, for who may take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from compliance.decisions.views import SOON
from compliance.duty import terms
from compliance.duty.reach import tallies_of
from compliance.models import Decision
from courses.law import law_to_check
from courses.models import Evidence, ImportedRow
from members.dates import today
from members.models import Mail
from quizzes.models import Question, Quiz
from support.models import SupportOrganisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from django.db.models import Model

    from compliance.duty.tallies import Tally
    from compliance.models import Requirement
    from members.models import Member


class Task(NamedTuple):
    """How many of something wait, and the one place where to see to them."""

    waiting: int
    what: str
    whats: str
    where: str

    def __str__(self) -> str:
        return f"{intcomma(self.waiting)} {self.what if self.waiting == 1 else self.whats}"


class Row(NamedTuple):
    """A requirement in force and the people it obliges today."""

    requirement: Requirement
    tally: Tally

    @property
    def obliges_nobody(self) -> bool:
        return not self.tally.by_standing.total()


class ToDoPanel(Component):
    """What waits for a decision, what is not yet published, how people stand."""

    name = "to_do"
    template_name = "training/admin_to_do.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        viewer = parent_context["request"].user
        rows = requirements(viewer)
        return {
            "decisions": _waiting(decisions(viewer, rows)),
            "drafts": _waiting(drafts(viewer)),
            "requirements": rows,
        }


def decisions(viewer: Member, rows: Iterable[Row]) -> Iterator[Task]:
    """Yield what this person may decide about, the people who wait first."""
    for permission, counted in DECIDED_BY.items():
        if viewer.has_perm(permission):
            yield from counted()
    if viewer.has_perm("compliance.change_requirement"):
        yield from _nobody(rows)
    if viewer.has_perm("quizzes.change_question"):
        yield from _law()


def drafts(viewer: Member) -> Iterator[Task]:
    """Yield what somebody has changed and nobody has published yet."""
    pages = Page.objects.filter(has_unpublished_changes=True).count()
    yield Task(pages, "page", "pages", reverse("wagtailadmin_explore_root"))
    for model, what, whats in ((Question, "question", "questions"), (Quiz, "quiz", "quizzes")):
        if viewer.has_perm(f"quizzes.change_{model._meta.model_name}"):
            changed = model.objects.filter(has_unpublished_changes=True).count()
            yield Task(changed, what, whats, list_of(model))


def requirements(viewer: Member) -> list[Row]:
    """Return the requirements in force with the people they oblige today."""
    if not viewer.has_perm("compliance.view_requirement"):
        return []
    asked = terms.in_force(on=today())
    tallies = tallies_of(asked)
    return [Row(term.requirement, tallies[term.requirement.pk]) for term in asked]


def list_of(snippet: type[Model]) -> str:
    """Return the address of the list of these in the administration."""
    options = snippet._meta
    return reverse(f"wagtailsnippets_{options.app_label}_{options.model_name}:list")


def _elsewhere() -> Iterator[Task]:
    yield Task(
        Evidence.objects.waiting().count(),
        "proof of training elsewhere to approve or send back",
        "proofs of training elsewhere to approve or send back",
        reverse("elsewhere_queue"),
    )
    yield Task(
        ImportedRow.objects.unmatched().count(),
        "imported record whose person was not found",
        "imported records whose people were not found",
        reverse("import_unmatched"),
    )


def _ending() -> Iterator[Task]:
    ending = Decision.objects.standing().ending(first=today(), last=today() + SOON)
    yield Task(
        ending.count(),
        "decision about somebody's training ends within 30 days",
        "decisions about people's training end within 30 days",
        f"{reverse('decisions:index')}?ending=on",
    )


def _unreached() -> Iterator[Task]:
    yield Task(
        Mail.objects.unreached().values("member").distinct().count(),
        "person whose last mail came back",
        "people whose last mail came back",
        f"{reverse('people:index')}?unreached=true",
    )


def _support() -> Iterator[Task]:
    yield Task(
        SupportOrganisation.objects.to_check().count(),
        "support organisation to check",
        "support organisations to check",
        f"{list_of(SupportOrganisation)}?to_check=true",
    )


DECIDED_BY: dict[str, Callable[[], Iterator[Task]]] = {
    "courses.approve_evidence": _elsewhere,
    "compliance.decide": _ending,
    "members.view_member": _unreached,
    "support.change_supportorganisation": _support,
}


def _nobody(rows: Iterable[Row]) -> Iterator[Task]:
    empty = [row.requirement for row in rows if row.obliges_nobody]
    where = reverse("requirements:edit", args=[empty[0].pk]) if len(empty) == 1 else ""
    yield Task(
        len(empty),
        "requirement that nobody falls under",
        "requirements that nobody falls under",
        where or reverse("requirements:index"),
    )


def _law() -> Iterator[Task]:
    yield Task(
        len(law_to_check()),
        "statement of law to check again",
        "statements of law to check again",
        "#overdue-law",  # listed further down this page, for everybody who edits
    )


def _waiting(tasks: Iterable[Task]) -> list[Task]:
    return [task for task in tasks if task.waiting]
