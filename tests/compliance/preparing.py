"""Assignments in preparation, for tests."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from compliance.assigning.steps import begin_draft, carry_out, keep_step
from tests.compliance.factories import RequirementFactory
from tests.courses.factories import CourseFactory
from tests.members.factories import PostKindFactory, TenureFactory

if TYPE_CHECKING:
    from compliance.models import AssignmentDraft
    from members.models import Member

START = {"anchor": "start", "grace_days": 30, "fixed_on": None}
OWN = {"anchor": "own", "fixed_on": None}


def prepared(by: Member, **data: Any) -> AssignmentDraft:
    """Make a draft with these steps filled in."""
    draft = begin_draft(by=by)
    for step, said in data.items():
        keep_step(draft=draft, step=step, said=said, by=by)
    draft.refresh_from_db()
    return draft


def new_rule(by: Member, **who: Any) -> AssignmentDraft:
    """Make a draft that makes a requirement for chairs, of whom there are three."""
    course = CourseFactory(title="Panels")
    for _ in range(3):
        TenureFactory(chair=True)
    what = {"course": course.pk, "title": "Panels", "reason": "You decide."}
    said = {"audience": "posts", "kinds": [PostKindFactory(chair=True).pk], "unit": None} | who
    return prepared(by, what=what, who=said, when=START, messages=["due-14"])


def by_name(by: Member, people: list[Member], **when: Any) -> AssignmentDraft:
    asked = RequirementFactory(title="Panels", audience="named", effective_from=dt.date(2026, 1, 1))
    who = {"audience": "named", "kinds": [], "people": [person.pk for person in people]}
    return prepared(by, what={"requirement": asked.pk}, who=who, when=OWN | when)


def carried(draft: AssignmentDraft, typed: str = "") -> AssignmentDraft:
    return carry_out(draft=draft, typed=typed, by=draft.owner)
