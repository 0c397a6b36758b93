"""Who can help: organisations outside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from members.dates import today

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

NATIONS = (
    ("england", "England"),
    ("scotland", "Scotland"),
    ("wales", "Wales"),
    ("northern_ireland", "Northern Ireland"),
)


class Audience(models.Model):
    """People an organisation is particularly for: women, under 18, somebody at work."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class SupportOrganisationQuerySet(models.QuerySet["SupportOrganisation"]):
    """Words about who can help whom, where."""

    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def in_nation(self, nation: str) -> Self:
        """Return those that help people there; no nation means anywhere."""
        return self.filter(**{f"in_{nation}": True}) if nation else self

    def for_audience(self, slug: str) -> Self:
        """Return those for these people, and those for everybody."""
        if not slug:
            return self
        everybody = Q(audiences=None)
        return self.filter(everybody | Q(audiences__slug=slug)).distinct()

    def to_check(self, *, on: date | None = None) -> Self:
        """Return those whose details nobody has checked, or whose next check is due."""
        day = on or today()
        return self.filter(Q(last_checked=None) | Q(review_by=None) | Q(review_by__lte=day))


class SupportOrganisation(models.Model):
    """An organisation outside ours that helps. A wrong number does harm: see `last_checked`."""

    name = models.CharField(max_length=120, unique=True)
    who_for = models.CharField("who it is for", max_length=300)
    phone = models.CharField(max_length=30, blank=True)
    text_number = models.CharField("number for texts", max_length=30, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    web = models.URLField("website", blank=True)
    hours = models.CharField(
        "opening hours",
        max_length=200,
        blank=True,
        help_text="Leave empty if you are not sure: the page then points to the website.",
    )
    cost = models.CharField(max_length=100, blank=True, help_text="For example: free to call.")
    in_england = models.BooleanField("England", default=False)
    in_scotland = models.BooleanField("Scotland", default=False)
    in_wales = models.BooleanField("Wales", default=False)
    in_northern_ireland = models.BooleanField("Northern Ireland", default=False)
    audiences = models.ManyToManyField(
        Audience,
        blank=True,
        related_name="organisations",
        verbose_name="particularly for",
        help_text="Tick nothing if it helps everybody.",
    )
    is_listed = models.BooleanField(
        "shown on Get support", default=True, help_text="Untick to hide it at once."
    )
    is_confirmed = models.BooleanField(
        "number confirmed",
        default=False,
        help_text="Somebody called it, or read it on the organisation's own page. "
        "While unticked the page says that the number is not confirmed.",
    )
    last_checked = models.DateField("last checked on", null=True, blank=True)
    review_by = models.DateField("check again by", null=True, blank=True)
    note = models.TextField(
        "note for editors", blank=True, help_text="Where the details come from. Never shown."
    )
    position = models.PositiveSmallIntegerField(default=100, help_text="Small numbers come first.")

    objects = SupportOrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not (self.phone or self.text_number or self.email or self.web):
            raise ValidationError("Give at least one way to reach them: a number or a website.")
        if self.last_checked and self.last_checked > today():
            raise ValidationError({"last_checked": "This day has not come yet."})

    @property
    def must_be_checked(self) -> bool:
        """Whether nobody has checked the details, or the next check is due."""
        return not self.last_checked or not self.review_by or self.review_by <= today()

    @property
    def checking(self) -> str:
        """Say to editors where the details stand."""
        if not self.last_checked:
            return "Check before launch"
        return "Check again" if self.must_be_checked else "Checked"

    @property
    def nations(self) -> list[str]:
        """Name the nations in which it helps; empty when it is all of them."""
        names = [name for slug, name in NATIONS if getattr(self, f"in_{slug}")]
        return [] if len(names) == len(NATIONS) else names
