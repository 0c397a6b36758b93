"""What mails about sessions say. Subjects name the time and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from members.mail import Rendered, render_mail
from members.models import Organisation
from webinars.calendar.ics import event_text, shown_title, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from webinars.calendar.ics import State
    from webinars.models import Booking, Session

# With these goes the entry for the calendar, or what takes it out again.
WITH_CALENDAR = frozenset({"booked", "promoted", "moved", "cancelled", "called_off"})


def host_letters(session: Session, *, by: Member) -> Callable[[Member], Rendered]:
    """Return what writes the mail to somebody whom `by` has named as a host."""
    shared = {
        "by": by,
        "session": session,
        "title": shown_title(session),
        "by_code": session.by_code,
        "link": reverse("webinars:hosting", args=[session.pk]),
        "organisation": Organisation.load(),
    }
    return lambda host: render_mail("webinar_host", shared | {"member": host})


@dataclass
class Letters:
    """The mails `what` (templates/mail/webinar_`what`) about bookings of one session.

    Their link is the session's page unless `facts` have another.
    """

    what: str
    facts: dict[str, Any]
    organisation: Organisation = field(default_factory=Organisation.load)
    # Thousands of bookings have the same entry: it is written once.
    calendars: dict[State, str] = field(default_factory=dict)

    def about(self, booking: Booking, **facts: Any) -> Rendered:
        """Return the mail about this booking."""
        session = booking.session
        context = {
            "member": booking.member,
            "booking": booking,
            "session": session,
            "title": shown_title(session),
            "link": session.get_absolute_url(),
            "organisation": self.organisation,
        }
        said = render_mail(f"webinar_{self.what}", context | self.facts | facts)
        if self.what not in WITH_CALENDAR or booking.is_waiting:
            return said
        return said._replace(calendar=self._calendar(session, booking))

    def _calendar(self, session: Session, booking: Booking) -> str:
        key = state(session, booking)
        if key not in self.calendars:
            text = event_text(session, booking=booking, organisation=self.organisation)
            self.calendars[key] = text
        return self.calendars[key]
