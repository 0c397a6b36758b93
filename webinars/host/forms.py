"""The forms of the host's desk, but for that of the session itself."""

from __future__ import annotations

import uuid

from django import forms
from django.db import models

from webinars.models import SentMessage

NO_KEY = "This page is out of date. Go back and write your message again."
WHY = "Choose why you need this file."


class MessageForm(forms.Form):
    """What a host writes to all who have booked."""

    subject = forms.CharField(
        label="Subject",
        max_length=SentMessage._meta.get_field("subject").max_length,
        help_text="Others may see it on somebody's screen: say nothing private here.",
        error_messages={"required": "Give your message a subject."},
    )
    text = forms.CharField(
        label="Message",
        max_length=SentMessage._meta.get_field("text").max_length,
        widget=forms.Textarea,
        help_text="Everybody with a place gets it in a mail of their own.",
        error_messages={"required": "Write your message."},
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": NO_KEY, "invalid": NO_KEY}
    )

    @classmethod
    def empty(cls) -> MessageForm:
        """Return the form to begin with: its key makes the message one message."""
        return cls(initial={"key": uuid.uuid4()})


class ExportForm(forms.Form):
    """Why a host needs a file with names."""

    class Reason(models.TextChoices):
        DOOR = "door", "To let people in"
        GROUPS = "groups", "To prepare groups or materials"
        RECORDS = "records", "To check attendance"

    reason = forms.ChoiceField(
        label="Why do you need this file?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": WHY, "invalid_choice": WHY},
    )
