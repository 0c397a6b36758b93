"""A round of a course, from its beginning to its completion."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils import timezone

from courses.editions import current_number, edition_of
from courses.models.attended import Attended
from courses.models.records import Completion, Enrolment, StepProgress
from courses.proofs import best_completion, refreshed_by
from courses.revoking import ATTENDANCE_TAKEN_BACK
from courses.signals import course_completed
from members.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from courses.models import CoursePage
    from courses.parts import Part
    from courses.progress import CourseProgress
    from courses.renewal import Cover
    from members.models import Member

TAUGHT = (Completion.Source.COURSE, Completion.Source.WEBINAR)


def begin_round(*, course: CoursePage, member: Member, progress: CourseProgress) -> Enrolment:
    """Return the round that follows the latest one, begun now if nobody was faster."""
    return begin_rounds(course, {member.pk: progress})[member.pk]


def begin_rounds(
    course: CoursePage, standings: Mapping[int, CourseProgress]
) -> dict[int, Enrolment]:
    """Return, by member, the rounds that follow their latest ones: so many queries for them all."""
    if not standings:
        return {}
    latest, now = {pk: one.enrolment for pk, one in standings.items()}, timezone.now()
    cycles = {pk: last.cycle + 1 if last else 1 for pk, last in sorted(latest.items())}
    facts = {
        "course": course,
        "revision_id": course.live_revision_id,
        "edition_number": current_number(course),
        "started_at": now,
    }
    # In one order, so that of two who begin the same rounds at once the second waits.
    begun = [Enrolment(member_id=pk, cycle=cycle, **facts) for pk, cycle in cycles.items()]
    Enrolment.objects.bulk_create(begun, ignore_conflicts=True)
    theirs = Enrolment.objects.filter(member__in=cycles, course=course)
    rounds = {each.member_id: each for each in theirs if each.cycle == cycles[each.member_id]}
    for each in rounds.values():
        each.course = course
    old = {last.pk: rounds[pk] for pk, last in latest.items() if last and was_taken_back(last)}
    _carry_over({pk: new for pk, new in old.items() if new.started_at == now})
    return rounds


def was_taken_back(enrolment: Enrolment) -> bool:
    """Whether this round was complete until attendance in it was taken back."""
    done = getattr(enrolment, "completion", None)
    return bool(done and done.is_revoked and done.revocation.reason == ATTENDANCE_TAKEN_BACK)


def taken_up_by(enrolment: Enrolment) -> list[Enrolment]:
    """Return this round and those it takes up: the ones just before that were taken back."""
    before = Enrolment.objects.filter(
        member=enrolment.member_id, course=enrolment.course_id, cycle__lt=enrolment.cycle
    ).select_related("completion__revocation")
    return [enrolment, *takewhile(was_taken_back, before.order_by("-cycle"))]


def _carry_over(rounds: Mapping[int, Enrolment]) -> None:
    """Let what people read and passed in an old round (its id) count in the new one.

    Only attendance went wrong: a webinar's part comes along where attendance for it stands.
    """
    if not rounds:
        return
    attended = list(Attended.objects.filter(enrolment__in=rounds))
    stands = {(noted.enrolment_id, noted.step_id) for noted in attended}
    for noted in attended:
        noted.enrolment = rounds[noted.enrolment_id]
    Attended.objects.bulk_update(attended, ["enrolment"])
    done = StepProgress.objects.filter(enrolment__in=rounds)
    StepProgress.objects.bulk_create(
        StepProgress(
            enrolment=rounds[each.enrolment_id],
            step_id=each.step_id,
            revision_id=each.revision_id,
            finished_at=each.finished_at,
        )
        for each in done.annotate(webinar=F("step__webinarsteppage"))
        if each.webinar is None or (each.enrolment_id, each.step_id) in stands
    )


def finish(enrolment: Enrolment, step: Part, *, at: datetime | None = None) -> StepProgress:
    """Remember that a part is finished, since `at` (else now), and with the last one the course."""
    progress, _ = StepProgress.objects.get_or_create(
        enrolment=enrolment,
        step_id=step.pk,
        defaults={"revision_id": step.live_revision_id, "finished_at": at or timezone.now()},
    )
    complete_when_done(enrolment, step.course, late=at is not None)
    return progress


def hold(enrolment: Enrolment) -> None:
    """Let what else happens in this round wait until this transaction is over."""
    Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)


def hold_all(enrolments: Iterable[Enrolment]) -> None:
    """Hold many rounds: always in the same order, so that two who do it never wait in a ring."""
    ids = [enrolment.pk for enrolment in enrolments]
    held = Enrolment.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    list(held.values_list("pk"))


def complete_when_done(enrolment: Enrolment, course: CoursePage, *, late: bool = False) -> None:
    """Write the completion once everything published is finished; never a second one.

    It is of today; if a part is confirmed late, as attendance is, of the day of the latest part.
    """
    hold(enrolment)  # two parts finished at the same moment: the second then sees the first
    asked = dict(course.steps().values_list("pk", "webinarsteppage"))
    finished = enrolment.progress.filter(step__in=asked).aggregate(
        number=Count("pk"), last=Max("finished_at")
    )
    if not asked or finished["number"] < len(asked):
        return
    if Completion.objects.filter(enrolment=enrolment).exists():
        return
    only_webinars = all(asked.values())
    record_completion(
        member=enrolment.member,
        course=course,
        completed_on=min(timezone.localdate(finished["last"]), today()) if late else today(),
        source=Completion.Source.WEBINAR if only_webinars else Completion.Source.COURSE,
        enrolment=enrolment,
    )


@transaction.atomic
def record_completion(  # noqa: PLR0913 (the facts of one row, by name)
    *,
    member: Member,
    course: CoursePage,
    completed_on: date,
    source: Completion.Source,
    enrolment: Enrolment | None = None,
    ends_by: date | None = None,
) -> Completion:
    """Write a completion with its cover, stamped by the course's rule, and tell who listens.

    `ends_by` is the last day its own paper says it is valid: it never counts longer. It may have
    ended before it was recorded. Done a refresher, the course it refreshes is renewed with it.
    """
    cover = course.renewal.cover(completed_on, before=_renewed(member, course, completed_on))
    completion = Completion.objects.create(
        member=member,
        course=course,
        enrolment=enrolment,
        revision_id=course.live_revision_id,
        course_title=course.title,
        edition=edition_of(course),
        edition_number=_edition_number(course, enrolment),
        source=source,
        completed_on=completed_on,
        recorded_at=timezone.now(),
        **stamped(cover, completed_on, ends_by),
    )
    course_completed.send(sender=Completion, completion=completion)
    _renew_refreshed(completion)
    return completion


def stamped(cover: Cover, completed_on: date, ends_by: date | None = None) -> dict[str, Any]:
    """Return the fields of a completion that say how long it counts."""
    ends, opens = cover.valid_to, cover.renews_from
    if ends_by and (ends is None or ends_by < ends):
        ends = ends_by
        opens = max(completed_on, min(opens or ends_by, ends_by))
    return {
        "valid_to": ends,
        "renews_from": opens,
        "anchor_on": cover.anchor,
        "periods": cover.periods,
    }


def _renewed(member: Member, course: CoursePage, completed_on: date) -> Completion | None:
    """Return the completion that one of this day renews: the best, if it was there by then."""
    best = best_completion(member, course)
    return best if best and best.completed_on <= completed_on else None


def _edition_number(course: CoursePage, enrolment: Enrolment | None) -> int:
    # A round that a later edition overtook ends in the edition it was begun in.
    if enrolment and Enrolment.objects.with_overtaken().get(pk=enrolment.pk).is_overtaken:
        return enrolment.edition_number
    return current_number(course)


def _renew_refreshed(completion: Completion) -> None:
    """Renew the courses of which this one is the refresher, where renewal is open."""
    if completion.source not in TAUGHT:
        return
    member, day = completion.member, completion.completed_on
    for course in refreshed_by(completion.course, member, on=day):
        record_completion(
            member=member, course=course, completed_on=day, source=Completion.Source.REFRESHER
        )
