"""What somebody looks for in the list of webinars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from members.models import Unit
from webinars.models import Topic

if TYPE_CHECKING:
    from typing import Any

    from webinars.models.session import SessionQuerySet


class FilterForm(forms.Form):
    """Region and topic. A plain GET form: the address can be kept and sent."""

    region = forms.ChoiceField(label="Run by", required=False)
    topic = forms.ModelChoiceField(
        label="Topic",
        queryset=Topic.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="All topics",
    )

    def __init__(self, *args: Any, sessions: SessionQuerySet, **kwargs: Any) -> None:
        """Offer the regions that run these sessions, if any, and the topics of all webinars."""
        super().__init__(*args, **kwargs)
        regions = Unit.objects.filter(pk__in=sessions.order_by().values("unit"))
        self.regions = {unit.code: unit.name for unit in regions}
        choices = [("", "The whole party or a region"), *self.regions.items()]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]
        taught = Topic.objects.filter(webinars__live=True).distinct()
        self.fields["topic"].queryset = taught  # type: ignore[attr-defined]
        if not self.regions:
            del self.fields["region"]

    def narrow(self, sessions: SessionQuerySet) -> SessionQuerySet:
        """Return the sessions that fit; what makes no sense narrows nothing."""
        self.is_valid()
        if region := self.cleaned_data.get("region"):
            sessions = sessions.filter(unit__code=region)
        if topic := self.cleaned_data.get("topic"):
            sessions = sessions.filter(webinar__topic=topic)
        return sessions

    @property
    def in_words(self) -> str:
        """Say what was asked for: North West, Speaking up. Empty: everything."""
        region = self.regions.get(self.cleaned_data.get("region", ""), "")
        return ", ".join(filter(None, [region, str(self.cleaned_data.get("topic") or "")]))
