"""Recordings: a video with captions, a transcript and chapters, and who has watched it."""

from __future__ import annotations

from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

from webinars.storing import private_files, private_path


class Recording(ClusterableModel):
    """The recording of a session. Never without captions and a transcript; not a public file."""

    session = models.OneToOneField("webinars.Session", models.PROTECT, related_name="recording")
    video = models.FileField(
        storage=private_files,
        upload_to=private_path,
        validators=[FileExtensionValidator(["mp4", "webm"])],
        help_text="An MP4 or WebM file.",
    )
    captions = models.FileField(
        storage=private_files,
        upload_to=private_path,
        validators=[FileExtensionValidator(["vtt"])],
        help_text="A WebVTT file (.vtt).",
    )
    transcript = RichTextField(features=["h3", "bold", "italic", "ul", "ol"])
    minutes = models.PositiveSmallIntegerField(
        "length in minutes", validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    is_published = models.BooleanField(
        "people can watch it", default=False, help_text="Who may book the webinar may watch it."
    )

    def __str__(self) -> str:
        return f"Recording of {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("webinars:recording", args=[self.session_id])


class Chapter(models.Model):
    """Where something begins in a recording."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="chapters")
    second = models.PositiveIntegerField("begins at second", default=0)
    title = models.CharField(max_length=100)

    class Meta:
        ordering = ["second"]
        constraints = [models.UniqueConstraint(fields=["recording", "second"], name="chapter_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def begins(self) -> str:
        """The place in the video, as players show it: 1:05, 1:02:03."""
        minutes, seconds = divmod(self.second, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Watching(models.Model):
    """How much of a recording somebody has watched: as far as the site's policy notes it."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="watchings")
    member = models.ForeignKey("members.Member", models.CASCADE, related_name="watchings")
    # One bit for each twentieth of the video that was played.
    parts = models.PositiveIntegerField(default=0)
    said_so_at = models.DateTimeField(null=True, help_text="When they said they have watched it.")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "member"], name="watching_once"),
            models.CheckConstraint(condition=Q(parts__lt=2**20), name="watching_twenty_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.recording}"
