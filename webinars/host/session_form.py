"""The form of a session: when it is, who has room in it, how people come in, who hosts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict

from members.dates import clock_words, in_london
from webinars.host.naming import Named, UnknownAddress, by_address
from webinars.host.times import HOW, NoSuchTime, london_moment, read_clock
from webinars.meetings import bigbluebutton
from webinars.models import Session
from webinars.opening import may_open_for, units_to_open_for

if TYPE_CHECKING:
    import datetime as dt
    from typing import Any

    from members.models import Member

NOT_A_DAY = "Give the date as numbers, for example 27 3 2027."
NOT_SAFE = "Give the whole link. It begins with https://."
# What is about a session that is still to come.
AHEAD = frozenset({"day", "clock", "minutes", "capacity", "tool", "join_url", "dial_in"})
THE_PARTY = ""  # the choice that stands for no unit


class ClockField(forms.Field):
    """A time of day, in any way people write it."""

    def to_python(self, value: str | None) -> dt.time | None:
        if not (value or "").strip():
            return None
        try:
            return read_clock(value or "")
        except NoSuchTime as reason:
            raise forms.ValidationError(str(reason)) from None


class SessionForm(forms.Form):
    """When a session is, who has room in it, how people come in and who hosts it."""

    unit = forms.ChoiceField(
        label="Who is it for, and who runs it?",
        required=False,
        help_text="A session of a region is for the people of that region. This cannot be changed "
        "afterwards.",
    )
    day = forms.DateField(
        label="Date",
        widget=forms.SelectDateWidget,
        help_text="For example, 27 3 2027",
        error_messages={"required": "Give the date.", "invalid": NOT_A_DAY},
    )
    clock = ClockField(
        label="Time it starts",
        help_text="By the clock in London, for example 6:30pm or 18:30.",
        error_messages={"required": HOW},
    )
    minutes = forms.IntegerField(
        label="How long it lasts",
        min_value=10,
        max_value=600,
        error_messages={"required": "Say how long it lasts, in minutes."},
    )
    capacity = forms.IntegerField(
        label="Places (optional)",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="Leave empty if everybody can come. Who finds no place can wait for one.",
    )
    speakers = forms.CharField(
        label="Speakers (optional)",
        required=False,
        max_length=Session._meta.get_field("speakers").max_length,
        help_text="Only if they differ from those of the webinar.",
    )
    tool = forms.ChoiceField(
        label="How do people join?", choices=Session.Tool.choices, widget=forms.RadioSelect
    )
    join_url = forms.URLField(
        label="Joining link (optional)",
        required=False,
        max_length=Session._meta.get_field("join_url").max_length,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message=NOT_SAFE)],
        help_text="From Zoom, Teams, Meet or another tool. People with a place see it 30 minutes "
        "before the start. You can add it later.",
        error_messages={"invalid": NOT_SAFE},
    )
    dial_in = forms.CharField(
        label="Joining by phone (optional)",
        required=False,
        max_length=Session._meta.get_field("dial_in").max_length,
        help_text="The number and the code.",
    )
    hosts = forms.MultipleChoiceField(
        label="Hosts", required=False, widget=forms.CheckboxSelectMultiple
    )
    more_hosts = forms.CharField(
        label="Add hosts by e-mail address (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One on each line. They see who has booked and what people need.",
    )
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, by: Member, session: Session | None = None, **options: Any
    ) -> None:
        options["initial"] = _as_it_is(session) if session else {"minutes": 60, "tool": "link"}
        super().__init__(data, **options)
        self.by, self.session = by, session
        self.named: list[Named] = []
        self.overtaken = False
        self._offer_units()
        self._offer_hosts()
        self._offer_tool()
        if session and session.has_ended:
            for name in AHEAD & self.fields.keys():
                del self.fields[name]

    def _offer_units(self) -> None:
        if self.session:
            del self.fields["unit"]
            return
        choices = [(str(unit.pk), unit.name) for unit in units_to_open_for(self.by)]
        if may_open_for(self.by, None):
            choices.insert(0, (THE_PARTY, "Everybody"))
        else:
            self.fields["unit"].required = True
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def _offer_tool(self) -> None:
        is_meeting = self.session and self.session.tool != Session.Tool.LINK
        if bigbluebutton.is_set_up() or is_meeting:
            self.fields["join_url"].help_text += " Not needed with BigBlueButton."
        else:
            del self.fields["tool"]

    def _offer_hosts(self) -> None:
        """Offer who hosts it now, or who opens it; who was only named names nobody else."""
        if self.session and not may_open_for(self.by, self.session.unit):
            del self.fields["hosts"], self.fields["more_hosts"]
            return
        self.known = list(self.session.hosts.all()) if self.session else [self.by]
        field = self.fields["hosts"]
        field.choices = [(str(one.pk), one.name_for_others) for one in self.known]  # type: ignore[attr-defined]
        field.initial = [str(one.pk) for one in self.known]
        if not self.known:
            del self.fields["hosts"]

    def clean_more_hosts(self) -> str:
        lines: str = self.cleaned_data["more_hosts"]
        try:
            self.named = by_address(lines.split(), asked_by=self.by)
        except UnknownAddress as reason:
            raise forms.ValidationError(str(reason)) from None
        return lines

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = facts.get("day"), facts.get("clock")
        if day and clock is not None:
            try:
                facts["starts_at"] = london_moment(day, clock)
            except NoSuchTime as reason:
                self.add_error("clock", str(reason))
        return facts

    def catch_up(self) -> None:
        """Go by the session as it is now. What was typed stays, and counts if it is sent again."""
        if self.session and isinstance(self.data, QueryDict):
            self.session.refresh_from_db()
            self.overtaken = True
            self.data = self.data.copy()
            self.data["seen"] = self.session.changed_at.isoformat()

    @property
    def facts(self) -> dict[str, Any]:
        """What the filled-in form says, as the verbs take it. An empty box of numbers is None."""
        names = ("starts_at", "minutes", "capacity", "speakers", "tool", "join_url", "dial_in")
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if "more_hosts" in self.fields:
            kept = set(self.cleaned_data.get("hosts", []))
            said["hosts"] = [one for one in self.known if str(one.pk) in kept]
            said["hosts"] += [one.member for one in self.named]
        return said

    @property
    def chosen_unit(self) -> Any:
        """The unit that was chosen; None is the whole party."""
        chosen = self.cleaned_data["unit"]
        return units_to_open_for(self.by).get(pk=chosen) if chosen else None


def _as_it_is(session: Session) -> dict[str, Any]:
    starts = in_london(session.starts_at)
    names = ("minutes", "capacity", "speakers", "tool", "join_url", "dial_in")
    return {name: getattr(session, name) for name in names} | {
        "day": starts.date(),
        "clock": clock_words(starts),
        "seen": session.changed_at.isoformat(),
    }
