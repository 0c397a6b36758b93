"""Drafts and decisions of the demonstration's administrator, so that their pages have life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.assigning.steps import begin_draft, carry_out, keep_step
from compliance.models import AssignmentDraft, Decision, Requirement
from members.models import Member, PostKind

if TYPE_CHECKING:
    from courses.models import CoursePage

START = {"anchor": "start", "grace_days": 30, "fixed_on": None}


def assignments(course: CoursePage, admin: Member) -> dict[str, object]:
    """Make a rule ready to check, people being named, and what was carried out."""
    more_time = Decision.objects.standing().get(kind=Decision.Kind.EXTENSION)
    return {
        "draft": _draft(course, admin, "Mayors and peers").pk,
        "naming": _naming(admin).pk,
        "batch": carry_out(
            draft=_draft(course, admin, "Panels", named=True), typed="", by=admin
        ).batch,
        "more_time": more_time.pk,
        "extended": more_time.member_id,
        "asked": more_time.requirement_id,
    }


def _draft(
    course: CoursePage, admin: Member, title: str, *, named: bool = False
) -> AssignmentDraft:
    kinds = PostKind.objects.filter(code__in=["clp-treasurer", "womens-officer"])
    who = {"audience": "posts", "kinds": [kind.pk for kind in kinds], "unit": None}
    if named:
        people = Member.objects.filter(tenures=None, decisions=None).exclude(pk=admin.pk)
        who = {"audience": "named", "kinds": [], "people": [one.pk for one in people[:3]]}
    what = {"course": course.pk, "title": title, "reason": "People come to you first."}
    return _filled(admin, what=what, who=who, when=START, messages=["assigned", "due-14"])


def _naming(admin: Member) -> AssignmentDraft:
    some = Member.objects.exclude(pk=admin.pk)[:3]
    who = {
        "audience": "named",
        "kinds": [],
        "people": [person.pk for person in some],
        "unknown": [["nobody@example.org", "Nobody has this e-mail address."]],
    }
    return _filled(admin, what={"requirement": Requirement.objects.kept()[0].pk}, who=who)


def _filled(admin: Member, **steps: object) -> AssignmentDraft:
    draft = begin_draft(by=admin)
    for step, said in steps.items():
        keep_step(draft=draft, step=step, said=said, by=admin)
    return draft
