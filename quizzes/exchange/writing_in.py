"""Putting what a file holds into the bank: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction

from members import audit
from quizzes.exchange.building import build, lacks, words
from quizzes.exchange.items import Remark
from quizzes.exchange.pictures import shelf
from quizzes.exchange.plan import BATCH, plan_of
from quizzes.exchange.quizzes_in import write_quizzes
from quizzes.exchange.versions import save_drafts, save_published
from quizzes.models import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from members.models import Member
    from quizzes.exchange.items import Found
    from quizzes.exchange.pictures import Shelf
    from quizzes.exchange.plan import Entry, Plan

LONGEST_NAME = 120  # of a file, in the audit trail


class HasErrors(Exception):  # noqa: N818 (a refusal, not a fault)
    """The file has errors: nothing was imported."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The file has errors: nothing was imported.")
        self.plan = plan


@dataclass(slots=True)
class Imported:
    """What an import did."""

    plan: Plan
    new: list[Entry] = field(default_factory=list)
    updated: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    published: int = 0
    drafts: list[Remark] = field(default_factory=list)  # what was to be published, and lacks what
    event: int = 0  # of the audit trail


def import_questions(  # noqa: PLR0913 (one import, seven things to know about it)
    *,
    found: Found,
    by: Member | None,
    file_name: str = "",
    update: bool = False,
    publish: bool = False,
    usual: str = "",
    tick: Callable[[int, int], None] = lambda done, total: None,
) -> Imported:
    """Write the questions of a file into the bank. Raise HasErrors, and write nothing, if it has.

    What is in the bank already is left alone, or gets a new version (`update`). Questions become
    drafts; with `publish` those that are complete are published. `usual` is the slug of the
    category for questions without one; `tick` hears how many of how many are done.
    """
    with shelf(by) as images, transaction.atomic():
        _one_import_at_a_time()
        plan = plan_of(found, usual=usual)
        if plan.errors:
            raise HasErrors(plan)
        _check_authority(by, plan, update=update, publish=publish)
        plan.topics.save()
        done = Imported(plan)
        writer = _Writer(done, images, by, publish=publish)
        wanted = plan.wanted(update=update)
        for start in range(0, len(wanted), BATCH):
            writer.write(wanted[start : start + BATCH], update=update)
            tick(min(start + BATCH, len(wanted)), len(wanted))
        done.drafts += write_quizzes(plan, by=by, publish=publish)
        done.event = _record(done, file_name, by)
    return done


class _Writer:
    """Writes some questions after the others, and keeps the count."""

    def __init__(self, done: Imported, images: Shelf, by: Member | None, *, publish: bool) -> None:
        self.done, self.images, self.by, self.publish = done, images, by, publish

    def write(self, entries: Sequence[Entry], *, update: bool) -> None:
        """Write some questions, those that are steps before the scenarios they belong to."""
        steps = [step for entry in entries for step in entry.steps]
        for level in (steps, [e for e in entries if not e.steps], [e for e in entries if e.steps]):
            self._write_level([e for e in level if update or not e.is_there])
        self.done.new += [entry for entry in entries if not entry.is_there]

    def _write_level(self, entries: Iterable[Entry]) -> None:
        waiting = {entry.reference: entry for entry in entries if not entry.is_written}
        whole: list[tuple[Entry, Question]] = []
        drafts: list[tuple[Entry, Question]] = []
        for entry, question in self._news(list(waiting.values())):
            lacking = lacks(question)
            if self.publish:
                self.done.drafts += [_about(entry, lack) for lack in lacking]
            (whole if self.publish and not lacking else drafts).append((entry, question))
        save_published([question for _, question in whole], by=self.by)
        save_drafts([question for _, question in drafts], by=self.by)
        self.done.published += len(whole)
        for entry, question in (*whole, *drafts):
            entry.pk, entry.is_written = question.pk, True

    def _news(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Question]]:
        """Build the questions and return those that change anything."""
        present = _questions(entry.pk for entry in entries if entry.pk)
        steps = _questions(step.pk for entry in entries for step in entry.steps if step.pk)
        for entry in entries:
            known = present.get(entry.pk or 0)
            before = words(known) if known else None
            question = self._built(entry, known, steps)
            if known and before == words(question) and not self._waits(question):
                self.done.unchanged.append(entry)
                continue
            if known:
                self.done.updated.append(entry)
            yield entry, question

    def _waits(self, question: Question) -> bool:
        """Whether a draft that has not changed may be published now."""
        return self.publish and not question.live and not lacks(question)

    def _built(self, entry: Entry, known: Question | None, steps: dict[int, Question]) -> Question:
        item = entry.item
        question = build(item, question=known, steps=[step.pk or 0 for step in entry.steps])
        question.reference = entry.reference
        if item.category or known is None:
            question.category = entry.category
        for step in question.steps.all():
            step.question = steps[step.question_id]
        if item.picture:
            question.image = self.images.put(item.picture)
            question.image_alt = item.picture.alt
        return question


def _about(entry: Entry, lack: str) -> Remark:
    return Remark(entry.item.line, f"{entry.reference}: {lack}")


def _questions(keys: Iterable[int]) -> dict[int, Question]:
    questions = Question.objects.prefetch_related("options", "steps__question")
    return dict(questions.in_bulk(set(keys)))


def _one_import_at_a_time() -> None:
    # Two imports of one file would both find it missing. The row of the content type is the lock:
    # others may still refer to it.
    kind = Question.get_content_type()
    ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)


def _check_authority(by: Member | None, plan: Plan, *, update: bool, publish: bool) -> None:
    """An operator (nobody signed in) may do everything; a person, what their group may."""
    needed = {
        "quizzes.add_question": True,
        "quizzes.change_question": update,
        "quizzes.publish_question": publish,
        "quizzes.add_category": bool(plan.topics.new),
        "quizzes.add_quiz": bool(plan.found.quizzes),
        "quizzes.publish_quiz": bool(plan.found.quizzes) and publish,
    }
    if by and not by.has_perms([name for name, is_needed in needed.items() if is_needed]):
        raise PermissionDenied


def _record(done: Imported, file_name: str, by: Member | None) -> int:
    event = audit.record(
        "questions.imported",
        by=by,
        file=file_name[:LONGEST_NAME],
        new=len(done.new),
        updated=len(done.updated),
        published=done.published,
        left_alone=sum(not entry.is_written for entry in done.plan.there),
        skipped=len(done.plan.skipped),
        topics=sorted({entry.category.slug for entry in (*done.new, *done.updated)}),
    )
    return event.pk
