"""The five rules of the large party and the courses they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.models import Requirement, RequirementVersion
from compliance.reminders.plan import CODES
from compliance.requirements.actions import save_requirement
from courses.models import CatalogueIndexPage, CoursePage
from members.dates import add_period
from members.models import Member, PostKind, Unit
from training.demo.accounts import REGION

if TYPE_CHECKING:
    import datetime as dt

LEADING = ("clp-chair", "clp-secretary", "clp-vice-chair", "clp-treasurer")
BRANCH = ("branch-chair", "branch-secretary")
OFFICERS = (*LEADING, *BRANCH, "safeguarding-officer", "womens-officer", "youth-officer")
EVERYONE = (*OFFICERS, "councillor", "staff", "complaints-panel-member")


class Rule(NamedTuple):
    """A course, for whom, from how many months ago, days to do it, where."""

    slug: str
    kinds: tuple[str, ...]
    months_ago: int
    grace: int
    unit: str = ""


class Asked(NamedTuple):
    """What history needs to know of a rule."""

    course: CoursePage
    kind_ids: frozenset[int]
    applies_from: dt.date


RULES = (
    Rule("safeguarding-essentials", EVERYONE, 30, 30),
    Rule("preventing-sexual-harassment", (*LEADING, "councillor", "staff"), 26, 60),
    Rule("bench-online-safety", ("branch-chair",), 20, 45),
    Rule("bench-hearing-complaints", ("complaints-panel-member",), 14, 30),
    Rule("bench-county-hall", ("councillor",), 11, 90, REGION),
)


def make(anchor: dt.date) -> list[Asked]:
    """Make the courses that are missing and the rules, and return what they ask."""
    by = Member.objects.get(email="admin@example.org")
    return [_make(number, rule, anchor, by) for number, rule in enumerate(RULES, start=1)]


def _make(number: int, rule: Rule, anchor: dt.date, by: Member) -> Asked:
    course = CoursePage.objects.filter(slug=rule.slug).first() or _course(rule.slug)
    kinds = list(PostKind.objects.filter(code__in=rule.kinds))
    applies_from = add_period(anchor, months=-rule.months_ago)
    requirement = Requirement(
        title=f"Rule {number}: {course.title}",
        reason="People who come to us must find somebody who knows what to do.",
    )
    version = RequirementVersion(
        unit=Unit.objects.filter(code=rule.unit).first(),
        effective_from=applies_from,
        grace_days=rule.grace,
        reminders=list(CODES),
    )
    save_requirement(
        requirement=requirement, version=version, courses=[course], post_kinds=kinds, by=by
    )
    return Asked(course, frozenset(kind.pk for kind in kinds), applies_from)


def _course(slug: str) -> CoursePage:
    title = slug.removeprefix("bench-").replace("-", " ").capitalize()
    course = CoursePage(
        title=title,
        slug=slug,
        summary=title,
        audience="Everyone",
        minutes=20,
        validity_months=24,
    )
    made: CoursePage = CatalogueIndexPage.objects.get().add_child(instance=course)
    return made
