"""Two years of learning: who finished what, when, and who is half-way."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from random import Random
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from courses.models import Completion, Enrolment, StepProgress
from courses.rounds import stamped
from members.dates import today
from members.models import Member, Tenure
from training.demo.people import BATCH, PREFIX, SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.duty.terms import Terms
    from courses.models import CoursePage

FINISHES, RENEWS, IS_HALF_WAY, LEARNS_FREELY = 0.8, 0.75, 0.35, 0.04


def make_history(requirements: list[Terms], tell: Callable[[int], object]) -> None:
    """Write enrolments and completions of the invented people, once."""
    if Completion.objects.filter(member__membership_number__startswith=PREFIX).exists():
        return
    for requirement in requirements:
        course = min(requirement.courses, key=attrgetter("pk"))  # the first; others are as good
        rounds = list(_rounds(requirement, course))
        for start in range(0, len(rounds), BATCH):
            _write(course, rounds[start : start + BATCH])
            tell(len(rounds[start : start + BATCH]))
    _let_learners_have_signed_in()


def _let_learners_have_signed_in() -> None:
    first = Completion.objects.filter(member=OuterRef("pk")).order_by("completed_on")
    learners = Member.objects.filter(
        Exists(first), membership_number__startswith=PREFIX, first_signed_in_on=None
    )
    learners.update(first_signed_in_on=Subquery(first.values("completed_on")[:1]))


# A round: member, cycle, started on, completed on (None: half-way).
Round = tuple[int, int, dt.date, dt.date | None]


def _rounds(requirement: Terms, course: CoursePage) -> Iterator[Round]:
    random = Random(SEED + requirement.requirement.pk)
    obliged = Tenure.objects.filter(
        post_kind__in=requirement.kind_ids, member__membership_number__startswith=PREFIX
    )
    first: dict[int, dt.date] = {}
    for member, started in obliged.order_by("started_on").values_list("member_id", "started_on"):
        first.setdefault(member, max(started, requirement.version.effective_from))
    for member, anchor in first.items():
        yield from _member_rounds(random, member, anchor, course)
    everybody = Member.objects.filter(membership_number__startswith=PREFIX).exclude(pk__in=first)
    for member in everybody.order_by("pk").values_list("pk", flat=True):
        if random.random() < LEARNS_FREELY:
            done = today() - dt.timedelta(days=random.randint(5, 600))
            yield member, 1, done - dt.timedelta(days=random.randint(0, 9)), done


def _member_rounds(
    random: Random, member: int, anchor: dt.date, course: CoursePage
) -> Iterator[Round]:
    if random.random() > FINISHES:
        if random.random() < IS_HALF_WAY:
            yield member, 1, max(anchor, today() - dt.timedelta(days=40)), None
        return
    done = anchor + dt.timedelta(days=int(random.triangular(2, 75, 20)))
    if done > today():
        return
    yield member, 1, done - dt.timedelta(days=random.randint(0, 6)), done
    ends = course.valid_to(done)
    if ends and random.random() < RENEWS:
        again = ends - dt.timedelta(days=random.randint(-15, 60))
        if done < again <= today():
            yield member, 2, again, again


def _write(course: CoursePage, rounds: list[Round]) -> None:
    revision = course.live_revision
    steps = list(course.steps().values_list("pk", "live_revision_id"))
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            member_id=member,
            course=course,
            cycle=cycle,
            revision=revision,
            started_at=_evening(started),
        )
        for member, cycle, started, _ in rounds
    )
    progress, completions = [], []
    for enrolment, (member, _, started, done) in zip(enrolments, rounds, strict=True):
        finished = steps if done else steps[: 1 + member % max(len(steps) - 1, 1)]
        progress += [
            StepProgress(
                enrolment=enrolment,
                step_id=step,
                revision_id=edition,
                finished_at=_evening(done or started),
            )
            for step, edition in finished
        ]
        if done:
            completions.append(
                Completion(
                    member_id=member,
                    course=course,
                    enrolment=enrolment,
                    revision=revision,
                    course_title=course.title,
                    completed_on=done,
                    recorded_at=_evening(done),
                    **stamped(course.renewal.cover(done), done),
                )
            )
    StepProgress.objects.bulk_create(progress, batch_size=BATCH)
    Completion.objects.bulk_create(completions)


def _evening(day: dt.date) -> dt.datetime:
    """Return half past seven of that day: when volunteers learn."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(19, 30)))
