"""Importing past completions, and settling the rows whose person was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from courses.elsewhere import DECIDED, OWN, CannotCount
from courses.import_plan import Row, plan_of
from courses.import_writing import BATCH, on_record, write_completions
from courses.models import CoursePage, ImportedRow, WaitingFile
from members import audit

if TYPE_CHECKING:
    from courses.import_files import Table
    from courses.import_plan import Plan
    from courses.models import Completion
    from members.models import Member

NAME_LENGTH = 120
GONE = "This file was imported or cancelled already."


class HasProblems(Exception):  # noqa: N818 (a refusal, not a fault)
    """A file with problems imports nothing unless somebody asks for its good rows."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.problems)} problems; nothing was imported.")
        self.plan = plan


@transaction.atomic
def import_table(*, table: Table, file_name: str, good_rows: bool, by: Member | None) -> Plan:
    """Import what a table holds, whole or not at all, and return what that changed.

    `good_rows` leaves out the rows with problems; without it they stop everything. `by` is None
    for the command line, which belongs to who runs the server.
    """
    _check_may(by)
    _one_import_at_a_time()
    plan = plan_of(table, by=by)
    if plan.problems and not good_rows:
        raise HasProblems(plan)
    made = write_completions(plan.new, timezone.now())
    name = file_name[-NAME_LENGTH:]
    rows = [_trace(row, made.get(row.key), name, by) for row in [*plan.new, *plan.unmatched]]
    # The rows of people not found may be there from the last time.
    ImportedRow.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if about := [row.member_id for row in plan.new if row.member_id]:
        audit.record("completions.imported", by=by, about=about, file=name)
    return plan


@transaction.atomic
def keep_for_preview(*, table: Table, file_name: str, by: Member) -> WaitingFile:
    """Keep a table between its preview and the yes or no."""
    _check_may(by)
    return WaitingFile.objects.create(
        file_name=file_name[-NAME_LENGTH:],
        head=table.head,
        rows=table.rows,
        uploaded_at=timezone.now(),
        uploaded_by=by,
    )


@transaction.atomic
def confirm(*, file: WaitingFile, by: Member) -> Plan:
    """Import the good rows of a file that was previewed, once."""
    waiting = WaitingFile.objects.select_for_update().filter(pk=file.pk, uploaded_by=by).first()
    if waiting is None:
        raise CannotCount(GONE)
    plan = import_table(table=waiting.table, file_name=waiting.file_name, good_rows=True, by=by)
    waiting.delete()
    return plan


@transaction.atomic
def cancel(*, file: WaitingFile, by: Member) -> None:
    """Forget a file that was previewed."""
    WaitingFile.objects.filter(pk=file.pk, uploaded_by=by).delete()


@transaction.atomic
def match(*, row: ImportedRow, member: Member, by: Member) -> list[ImportedRow]:
    """Say whom a row is about. All waiting rows that name the person in these words follow."""
    _check_may(by)
    if member.pk == by.pk:
        raise CannotCount(OWN)
    _one_import_at_a_time()
    rows = _still_unmatched(row)
    facts = [_row(one, member) for one in rows]
    there = on_record(facts)
    there |= write_completions([it for it in facts if it.key not in there], timezone.now())
    for one, fact in zip(rows, facts, strict=True):
        one.completion = there[fact.key]
        _settle(one, by)
    audit.record("completion.matched", by=by, about=[member], rows=len(rows))
    return rows


@transaction.atomic
def dismiss(*, row: ImportedRow, by: Member) -> list[ImportedRow]:
    """Say that this is nobody of ours. The same rows in another file are known from then on."""
    _check_may(by)
    _one_import_at_a_time()
    rows = _still_unmatched(row)
    for one in rows:
        _settle(one, by)
    audit.record("completion.dismissed", by=by, rows=[one.pk for one in rows])
    return rows


def _check_may(by: Member | None) -> None:
    if by is not None and not by.has_perm("courses.approve_evidence"):
        raise PermissionDenied


def _one_import_at_a_time() -> None:
    """Let the second of two see what the first one wrote. Learners are not held up."""
    courses = CoursePage.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    list(courses.values_list("pk", flat=True))


def _still_unmatched(row: ImportedRow) -> list[ImportedRow]:
    rows = list(ImportedRow.objects.unmatched().of_the_same_person(row).select_related("course"))
    if row.pk not in {one.pk for one in rows}:
        raise CannotCount(DECIDED)
    return rows


def _settle(row: ImportedRow, by: Member) -> None:
    row.settled_at, row.settled_by = timezone.now(), by
    row.save(update_fields=["completion", "settled_at", "settled_by"])


def _row(imported: ImportedRow, member: Member) -> Row:
    """Return the facts of an imported row as they are about this person."""
    return Row(
        number=imported.pk,
        email=imported.email,
        membership_number=imported.membership_number,
        course_id=imported.course_id,
        course=imported.course.slug,
        completed_on=imported.completed_on,
        valid_to=imported.valid_to,
        provider=imported.provider,
        member_id=member.pk,
    )


def _trace(row: Row, done: Completion | None, file_name: str, by: Member | None) -> ImportedRow:
    """Return what says where a completion came from, or that its person was not found."""
    return ImportedRow(
        email="" if done else row.email,
        membership_number="" if done else row.membership_number,
        course_id=row.course_id,
        completed_on=row.completed_on,
        valid_to=row.valid_to,
        provider=row.provider,
        file_name=file_name,
        recorded_at=timezone.now(),
        recorded_by=by,
        completion=done,
    )
