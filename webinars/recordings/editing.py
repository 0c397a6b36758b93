"""A recording in the editor: which session it is of, and files that are what they claim to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from members.dates import add_period, clock_words, end_of, in_london, today
from webinars.models import Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.core.files.base import File

    from webinars.models.session import SessionQuerySet

MONTHS = 12  # older sessions are hardly given a recording any more
MOST_CAPTIONS = 2_000_000  # bytes: some ten hours of speech
NOT_CAPTIONS = (
    "This is not a WebVTT file. Its first line must be WEBVTT, and lines with times such as "
    "00:00:05.000 --> 00:00:08.000 must follow. Meeting tools offer it as “.vtt”."
)
NOT_UTF8 = "This file is not written in UTF-8. Save it as UTF-8 and try again."
TOO_LONG = "This file has more than 2 MB, which is too much for captions."
NOT_A_VIDEO = "This is not a video of the kind its name says. Choose an MP4 or WebM file."
KEPT = "There is a file. Choose another one only to replace it."


class RecordingForm(WagtailAdminModelForm):
    """A recording of one session. Files are shown by our own pages only, so the boxes to choose
    one lead nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["session"]
        choice.queryset = to_choose_from(self.instance.session_id)
        choice.choices = [("", choice.empty_label), *by_webinar(choice.queryset)]
        for name in ("video", "captions"):
            if name in self.fields:
                self.fields[name].widget = forms.FileInput()
                if self.instance.pk:
                    self.fields[name].help_text += f" {KEPT}"

    def clean_video(self) -> File[bytes]:
        video: File[bytes] = self.cleaned_data["video"]
        if "video" in self.changed_data and not is_video(video.read(12)):
            raise forms.ValidationError(NOT_A_VIDEO)
        video.seek(0)
        return video

    def clean_captions(self) -> File[bytes]:
        captions: File[bytes] = self.cleaned_data["captions"]
        if "captions" in self.changed_data:
            if captions.size > MOST_CAPTIONS:
                raise forms.ValidationError(TOO_LONG)
            if wrong := what_is_wrong_with(captions.read()):
                raise forms.ValidationError(wrong)
            captions.seek(0)
        return captions


def to_choose_from(own: int | None) -> SessionQuerySet:
    """Return the sessions of the last 12 months that have begun and have no recording, and the
    one that was chosen (`own`); the newest first."""
    since = end_of(add_period(today(), months=-MONTHS))
    recent = Q(starts_at__gte=since, starts_at__lte=timezone.now())
    free = recent & Q(cancelled_at=None, recording=None)
    found: SessionQuerySet = Session.objects.filter(free | Q(pk=own)).select_related("webinar")
    return found.order_by("-starts_at", "-pk")


def by_webinar(sessions: Iterable[Session]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Group sessions for a select: under each webinar when they were, as they come."""
    groups: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for session in sessions:
        _, group = groups.setdefault(session.webinar_id, (session.webinar.title, []))
        starts = in_london(session.starts_at)
        group.append((session.pk, f"{starts:%-d %B %Y}, {clock_words(starts)}"))
    return list(groups.values())


def is_video(beginning: bytes) -> bool:
    """Whether a file begins as an MP4 or a WebM does."""
    return beginning[4:8] == b"ftyp" or beginning.startswith(b"\x1aE\xdf\xa3")


def what_is_wrong_with(captions: bytes) -> str:
    """Say why browsers could not show these captions; "" when they can (W3C WebVTT, section 4)."""
    try:
        text = captions.decode("utf-8-sig")
    except UnicodeDecodeError:
        return NOT_UTF8
    first = text.partition("\n")[0].rstrip("\r")
    is_named = first == "WEBVTT" or first.startswith(("WEBVTT ", "WEBVTT\t"))
    return "" if is_named and "-->" in text else NOT_CAPTIONS
