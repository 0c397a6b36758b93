"""The organisation that runs this site: its name, look and contacts are data, not code."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from members.contrast import AA_TEXT, contrast

WHITE = "#ffffff"


def validate_brand_colour(value: str) -> None:
    """Refuse a colour on which white text could not be read (WCAG 1.4.3, 4.5:1)."""
    ratio = contrast(value, WHITE)
    if ratio < AA_TEXT:
        raise ValidationError(
            f"White text on this colour has a contrast of {ratio:.1f} to 1. "
            f"Choose a darker colour: at least {AA_TEXT} to 1."
        )


@register_setting(icon="site")
class Organisation(BaseGenericSetting):
    """The organisation's name, look and contacts."""

    name = models.CharField(max_length=80, default="The Party")
    service_name = models.CharField(max_length=80, default="Duty of Care")
    logo = models.ImageField(upload_to="brand", blank=True)
    brand_colour = models.CharField(
        max_length=7,
        default="#4b1d3f",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write the colour as # and six digits."),
            validate_brand_colour,
        ],
        help_text="The header and links, as # and six hexadecimal digits.",
    )
    contact_email = models.EmailField(default="training@example.org")
    safeguarding_contact = models.CharField(
        max_length=200,
        default="the safeguarding team, safeguarding@example.org",
        help_text="Who to tell inside the organisation.",
    )
    accessibility_url = models.URLField(blank=True)
    privacy_url = models.URLField(blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("service_name")], "Name"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("brand_colour")], "Look"),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("safeguarding_contact")], "Contacts"
        ),
        MultiFieldPanel([FieldPanel("accessibility_url"), FieldPanel("privacy_url")], "Law"),
    ]

    class Meta:
        verbose_name = "organisation"

    def __str__(self) -> str:
        return self.name
