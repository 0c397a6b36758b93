"""Training done elsewhere: hand a proof in, withdraw it, decide about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from courses.models import Completion, Evidence, EvidenceDecision
from courses.paper import wrong_days, wrong_paper
from courses.rounds import record_completion
from members import audit
from members.locking import hold_person

if TYPE_CHECKING:
    from datetime import date

    from courses.models import CoursePage
    from courses.paper import Paper
    from members.models import Member

NOT_HERE = "Training done elsewhere does not count as this course."
WAITING_ALREADY = (
    "A proof for this course is waiting already. It must be decided or withdrawn first."
)
FILE_NEEDED = "Add a photo or a PDF of the proof."
PROOF_NEEDED = "Add the file, or say where the proof is kept."
DECIDED = "This has been decided already."
OWN = "This is about your own training: another administrator must do it."
REASON_NEEDED = "Say why, so that the person knows what to do."
NAME_LENGTH = 120


class CannotCount(Exception):  # noqa: N818 (a refusal, not a fault)
    """A proof cannot be handed in or decided now; the message says why."""


@transaction.atomic
def hand_in(*, course: CoursePage, paper: Paper, by: Member) -> Evidence:
    """Write a member's own claim. It waits; until it is decided nothing else changes."""
    if not course.accepts_evidence or course.is_closed_to(by):
        raise CannotCount(NOT_HERE)
    if not paper.file:
        raise CannotCount(FILE_NEEDED)
    return _append(member=by, course=course, paper=paper, by=by)


@transaction.atomic
def withdraw(*, evidence: Evidence, by: Member) -> EvidenceDecision:
    """Take back one's own claim while nobody has decided."""
    if evidence.member_id != by.pk:
        raise PermissionDenied
    return _decide(evidence, EvidenceDecision.Outcome.WITHDRAWN, by=by)


@transaction.atomic
def approve(
    *, evidence: Evidence, completed_on: date, expires_on: date | None, by: Member
) -> EvidenceDecision:
    """Let a claim count, with these days; what the person had written stays in the claim."""
    _check_may_decide(evidence.member, by)
    for _, reason in wrong_days(completed_on, expires_on):
        raise CannotCount(reason)
    _lock_undecided(evidence)
    completion = record_completion(
        member=evidence.member,
        course=evidence.course,
        completed_on=completed_on,
        source=Completion.Source.EVIDENCE,
        ends_by=expires_on,
    )
    decision = _decide(
        evidence,
        EvidenceDecision.Outcome.APPROVED,
        by=by,
        completion=completion,
        completed_on=completed_on,
        expires_on=expires_on,
    )
    audit.record(
        "evidence.approved", by=by, about=[evidence.member_id], course=completion.course_title
    )
    return decision


@transaction.atomic
def send_back(*, evidence: Evidence, reason: str, by: Member) -> EvidenceDecision:
    """Ask the person for a better proof, or say why it cannot count."""
    _check_may_decide(evidence.member, by)
    if not reason.strip():
        raise CannotCount(REASON_NEEDED)
    decision = _decide(evidence, EvidenceDecision.Outcome.SENT_BACK, by=by, reason=reason.strip())
    audit.record(
        "evidence.sent-back", by=by, about=[evidence.member_id], course=evidence.course.title
    )
    return decision


@transaction.atomic
def enter(*, member: Member, course: CoursePage, paper: Paper, by: Member) -> Evidence:
    """Enter training for a person who showed the proof, and let it count at once."""
    _check_may_decide(member, by)
    if not (paper.file or paper.reference.strip()):
        raise CannotCount(PROOF_NEEDED)
    evidence = _append(member=member, course=course, paper=paper, by=by)
    approve(evidence=evidence, completed_on=paper.completed_on, expires_on=paper.expires_on, by=by)
    return evidence


def _append(*, member: Member, course: CoursePage, paper: Paper, by: Member) -> Evidence:
    """Add to the person's line of claims for this course, unless the last one waits."""
    if reason := wrong_paper(paper):
        raise CannotCount(reason)
    _one_claim_at_a_time(member)
    last = Evidence.objects.newest().filter(member=member, course=course).with_outcome().first()
    if last and last.is_waiting:
        raise CannotCount(WAITING_ALREADY)
    evidence = Evidence(
        member=member,
        course=course,
        provider=paper.provider,
        completed_on=paper.completed_on,
        expires_on=paper.expires_on,
        file=paper.file or "",
        file_name=_short(paper.file.name or "") if paper.file else "",
        reference=paper.reference.strip(),
        replaces=last,
        submitted_at=timezone.now(),
        submitted_by=by,
    )
    try:
        evidence.save(force_insert=True)
    except DatabaseError:
        evidence.file.delete(save=False)  # it was stored before the row was refused
        raise
    return evidence


def _short(name: str) -> str:
    """Return a file name that fits, with its ending."""
    return name if len(name) <= NAME_LENGTH else f"…{name[-(NAME_LENGTH - 1) :]}"


def _check_may_decide(member: Member, by: Member) -> None:
    if not by.has_perm("courses.approve_evidence"):
        raise PermissionDenied
    if member.pk == by.pk:
        raise CannotCount(OWN)


def _one_claim_at_a_time(member: Member) -> None:
    hold_person(member.pk)


def _lock_undecided(evidence: Evidence) -> None:
    """Let one decide after the other; the second finds it decided."""
    Evidence.objects.select_for_update(no_key=True, of=("self",)).get(pk=evidence.pk)
    if EvidenceDecision.objects.filter(evidence=evidence).exists():
        raise CannotCount(DECIDED)


def _decide(
    evidence: Evidence, outcome: EvidenceDecision.Outcome, *, by: Member, **facts: object
) -> EvidenceDecision:
    _lock_undecided(evidence)
    return EvidenceDecision.objects.create(
        evidence=evidence,
        outcome=outcome,
        recorded_at=timezone.now(),
        recorded_by=by,
        **facts,
    )
