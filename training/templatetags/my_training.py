"""What the home page asks about the reader's training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from training import learning

if TYPE_CHECKING:
    from django.template.context import Context

    from courses.models import CoursePage
    from members.models import AuditEvent
    from training.learning import Learning

register = template.Library()

# What was done to a record, as the person it is about reads it.
DEEDS = {
    "compliance.viewed": "looked at your training status",
    "compliance.exported": "exported a list with your training status",
    "compliance.reminded": "sent you a reminder",
    "reminder.listed": "looked at the list of reminders that did not arrive, which names you",
    "certificate.revoked": "revoked a certificate of yours",
    "completion.revoked": "recorded that a completion of yours does not count",
    "evidence.listed": "looked at the list of training done elsewhere, which names you",
    "evidence.viewed": "looked at the proof of training you sent",
    "evidence.file-viewed": "looked at the file you sent as a proof of training",
    "evidence.approved": "approved training you did elsewhere",
    "evidence.sent-back": "sent a proof of training back to you",
    "completions.imported": "imported a record of training you have done",
    "completion.matched": "matched an imported record of training with you",
    "decision.assignment": "asked training of you by name",
    "decision.exemption": "recorded that you are exempt from training",
    "decision.extension": "gave you more time for training",
    "decision.leave": "recorded leave, which stops the clock of your training",
    "decision.corrected": "corrected a decision about your training",
    "decision.withdrawn": "withdrew a decision about your training",
    "decision.batch": "asked training of you by name",
    "decision.batch-withdrawn": "withdrew training asked of you by name",
    "decision.listed": "looked at the list of decisions, which names you",
    "essay.listed": "looked at the list of essays to mark, which names you",
    "essay.taken": "took what you wrote in a quiz, to mark it",
    "essay.opened": "read what you wrote in a quiz",
    "essay.marked": "marked what you wrote in a quiz",
    "essay.given-back": "gave what you wrote in a quiz back for somebody else to mark",
    "adjustment.given": "gave you extra attempts or extra time at a quiz",
    "adjustment.taken-back": "took back extra attempts or extra time at a quiz",
    "attendance.uploaded": "uploaded a report of a webinar that names you",
    "attendance.viewed": "looked at who attended a webinar, with your name",
    "attendance.settled": "said who you are in a report of a webinar",
    "attendance.confirmed": "recorded your attendance at a webinar",
    "attendance.undone": "took back a report that showed you at a webinar",
    "attendance.closed": "recorded that you did not come to a webinar",
    "attendance.by_hand": "entered your attendance at a webinar by hand",
    "attendance.checked_in": "counted your check-in at a webinar",
    "webinars.opened": "opened a session with you as its host",
    "webinars.changed": "changed whether you host a session",
    "webinars.cancelled": "cancelled a session you had booked",
    "webinars.people-viewed": "looked at who has booked a session, which names you",
    "webinars.needs-viewed": "read what you need to take part in a session",
    "webinars.exported": "exported the list of who has booked a session, which names you",
    "member.added": "added you to the membership list",
    "member.changed": "changed your details",
    "tenure.added": "recorded a post of yours",
    "tenure.changed": "changed a post of yours",
    "tenure.ended": "ended a post of yours",
}


@register.simple_tag(takes_context=True)
def my_learning(context: Context) -> Learning | None:
    """Return the reader's training; None for somebody who is not signed in."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return None
    return learning.learning_of(request.user)


@register.simple_tag
def more_courses(mine: Learning | None) -> list[CoursePage]:
    """Return the published courses the reader is not obliged to take."""
    return learning.other_courses(mine.duties if mine else [])


@register.filter
def deed(event: AuditEvent) -> str:
    """Say what was done, in words."""
    return DEEDS.get(event.action, event.action.replace(".", ": "))
