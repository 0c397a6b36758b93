"""Preparing an assignment step by step, carrying it out once, and undoing it within a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from compliance.assigning.assignment import MOST_BY_NAME, Assignment
from compliance.decisions.batches import NOTHING_LEFT, TOO_LATE, assign_many, withdraw_batch
from compliance.decisions.refusals import CannotDecide
from compliance.decisions.verbs import ask_permission
from compliance.models import AssignmentDraft, Decision, Requirement
from compliance.requirements.actions import archive_requirement, save_requirement
from compliance.requirements.brake import wrong_number
from members.dates import today
from members.typed import is_number

if TYPE_CHECKING:
    from uuid import UUID

    from members.models import Member

GONE = "This assignment was carried out or deleted in the meantime."
UNFINISHED = "Something is still missing. Go through the steps again."
NOBODY = "This would be asked of nobody. Go back and choose other people."
NOBODY_NEW = "It is asked of all of these people already. Go back and choose other people."
TOO_MANY = "These are more than {most:,} people. Make a requirement for them instead."
OVER = "The last day is over. Go back and choose a later one."
SAME = "“{title}” asks the same course of all of these people already. Use that one, or choose "
SAME += "other people."
TAKEN = "There is already a requirement called “{title}”. Go back and choose another name."
CHANGED = "Somebody has changed “{title}” since. If nobody has to do it, archive it."


@transaction.atomic
def begin_draft(*, by: Member) -> AssignmentDraft:
    """Begin an assignment. Nobody but its owner sees it before it is carried out."""
    ask_permission(by)
    return AssignmentDraft.objects.create(owner=by, updated_at=timezone.now())


@transaction.atomic
def keep_step(*, draft: AssignmentDraft, step: str, said: dict[str, Any], by: Member) -> None:
    """Keep what was filled in on one step. Another answer to “what” lets the rest begin anew."""
    mine = _locked(draft, by)
    before = mine.data.get(step)
    mine.data[step] = said
    if step == "what" and before is not None and before != said:
        mine.data.pop("when", None)
    mine.updated_at = timezone.now()
    mine.save(update_fields=["data", "updated_at"])


@transaction.atomic
def discard_draft(*, draft: AssignmentDraft, by: Member) -> None:
    """Forget an assignment that was not carried out."""
    _locked(draft, by).delete()


@transaction.atomic
def carry_out(*, draft: AssignmentDraft, typed: str, by: Member) -> AssignmentDraft:
    """Make what the draft says, once. No mail about it leaves for 24 hours.

    Whom it was asked of is then told by the requirement or the decisions: the draft forgets.
    """
    mine = _locked(draft, by)
    plan = Assignment(mine)
    if wrong := what_is_wrong(plan):
        raise CannotDecide(wrong)
    if plan.asks_for_number and not is_number(typed, plan.counts.touched):
        raise CannotDecide(wrong_number(plan.counts.touched))
    requirement = _made(plan, by) if plan.is_new else plan.requirement
    assert requirement  # noqa: S101 (what_is_wrong has seen it)
    people = plan.counts.touched
    if plan.is_by_name:
        people = len(
            assign_many(
                requirement=requirement,
                member_ids=plan.member_ids,
                batch=mine.batch,
                due_on=None if plan.is_new else plan.fixed_on,
                for_officers=bool(plan.who.get("for_officers")),
                by=by,
            )
        )
    mine.requirement, mine.people = requirement, people
    mine.stamp = requirement.stamp if plan.is_new else ""
    mine.data, mine.done_at, mine.updated_at = {}, timezone.now(), timezone.now()
    mine.save()
    return mine


def what_is_wrong(plan: Assignment) -> str:
    """Say why this cannot be carried out, with the remedy; empty if it can."""
    if plan.missing:
        return UNFINISHED
    if plan.is_by_name and len(plan.member_ids) > MOST_BY_NAME:
        return TOO_MANY.format(most=MOST_BY_NAME)
    if plan.fixed_on and plan.fixed_on < today():
        return OVER
    return _wrong_title(plan) or _wrong_people(plan)


def _wrong_title(plan: Assignment) -> str:
    taken = Requirement.objects.kept().filter(title__iexact=plan.title)
    return TAKEN.format(title=plan.title) if plan.is_new and taken.exists() else ""


def _wrong_people(plan: Assignment) -> str:
    if not plan.counts.people:
        return NOBODY
    if not plan.counts.touched:
        return NOBODY_NEW
    other = plan.asked_by_another
    return SAME.format(title=other) if other else ""


@transaction.atomic
def undo(*, batch: UUID, by: Member) -> AssignmentDraft:
    """Take back, within 24 hours, what was carried out: the people named, the requirement made."""
    ask_permission(by)
    done = AssignmentDraft.objects.done().select_for_update(of=("self",)).get(batch=batch)
    if done.undone_at or not done.undo_until:
        raise CannotDecide(NOTHING_LEFT)
    if timezone.now() >= done.undo_until:
        raise CannotDecide(TOO_LATE)
    if done.makes_requirement and done.requirement:
        if done.requirement.stamp != done.stamp:
            raise CannotDecide(CHANGED.format(title=done.requirement))
        archive_requirement(requirement=done.requirement, by=by)
    if Decision.objects.filter(batch=batch).exists():
        withdraw_batch(batch=batch, by=by)
    done.undone_at = timezone.now()
    done.save(update_fields=["undone_at"])
    return done


def purge_drafts() -> int:
    """Forget what nobody has touched for thirty days; return how many. What was made stays."""
    deleted, _ = AssignmentDraft.objects.forgotten(now=timezone.now()).delete()
    return deleted


def _made(plan: Assignment, by: Member) -> Requirement:
    return save_requirement(
        requirement=Requirement(title=plan.what["title"], reason=plan.what["reason"]),
        version=plan.version(),
        courses=plan.courses,
        post_kinds=plan.kinds,
        by=by,
    )


def _locked(draft: AssignmentDraft, by: Member) -> AssignmentDraft:
    """Wait for the draft: of two that carry it out at once the second finds it done."""
    ask_permission(by)
    mine = AssignmentDraft.objects.open_to(by).select_for_update().filter(pk=draft.pk).first()
    if mine is None:
        raise CannotDecide(GONE)
    return mine
