"""What the organisation decides about webinars."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="date")
class WebinarSettings(BaseGenericSetting):
    """How many sessions one person may book, and how watching a recording is noted."""

    class WatchingPolicy(models.TextChoices):
        SAID = "said", "People say that they have watched it; nothing else is noted"
        MEASURED = "measured", "Their browser tells which parts were played"

    most_bookings = models.PositiveSmallIntegerField(
        "sessions one person may have booked or wait for",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    watching = models.CharField(
        "what is noted of recordings",
        max_length=10,
        choices=WatchingPolicy,
        default=WatchingPolicy.SAID,
        help_text="Only of people who were at a part of the session and need the rest.",
    )
    share_of_recording = models.PositiveSmallIntegerField(
        "how much of the recording must be played, if that is measured (%)",
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    panels = [
        FieldPanel("most_bookings"),
        FieldPanel("watching"),
        FieldPanel("share_of_recording"),
    ]

    class Meta:
        verbose_name = "webinars"

    def __str__(self) -> str:
        return "Webinars"
