"""What the organisation decides about quizzes."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="help")
class AssessmentSettings(BaseGenericSetting):
    """Whether people may be asked to write, and how long marking takes."""

    essays_allowed = models.BooleanField(
        "essays are asked",
        default=False,
        help_text="What people write may be a disclosure of abuse. Allow essays only when trained "
        "markers read them within days.",
    )
    marking_days = models.PositiveSmallIntegerField(
        "days to mark an essay", default=14, validators=[MinValueValidator(1)]
    )

    panels = [FieldPanel("essays_allowed"), FieldPanel("marking_days")]

    class Meta:
        verbose_name = "quizzes and essays"

    def __str__(self) -> str:
        return "Quizzes and essays"
