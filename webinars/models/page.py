"""The pages: the list of webinars, and what a webinar is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from members.access import Rule
from members.pages import PlacedPage

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

NOTE_WORDS = 50
TOO_LONG = (
    f"The content note may have {NOTE_WORDS} words; it has {{words}}. Say what it is about, how "
    "much detail there is, and that people may leave."
)
TEXT = ["bold", "italic", "link", "ul", "ol"]


class Topic(models.Model):
    """What webinars are sorted by in the list."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=60)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class SpeakerBlock(blocks.StructBlock):
    """Somebody who speaks."""

    name = blocks.CharBlock(max_length=80)
    about = blocks.CharBlock(max_length=200, required=False, label="Who they are")

    class Meta:
        icon = "user"


class WebinarIndexPage(PlacedPage):
    """The list of all webinars."""

    page_description = "The list of webinars, next first. There is one."

    access_rule = Rule.PUBLIC
    introduction = RichTextField(blank=True, features=["bold", "italic", "link", "ul"])

    content_panels = [*PlacedPage.content_panels, FieldPanel("introduction")]
    subpage_types = ["webinars.WebinarPage"]
    max_count = 1

    class Meta:
        verbose_name = "list of webinars"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from webinars import showing  # noqa: PLC0415 (which reads these models)

        return showing.listing(request, self)


class WebinarPage(PlacedPage):
    """A webinar: what it is about, for whom, and how attendance counts. It is held in sessions."""

    page_description = (
        "A webinar: what it is about and for whom. Its sessions are added afterwards."
    )

    access_rule = Rule.PUBLIC

    class CountsBy(models.TextChoices):
        TIME = "time", "Being there for long enough"
        CODE = "code", "Checking in with the code on the screen"

    class Recorded(models.TextChoices):
        NO = "no", "Nothing is recorded"
        TALK = "talk", "The talk is recorded, questions are not"
        ALL = "all", "Everything is recorded, questions too"

    summary = models.CharField(max_length=300, help_text="One or two sentences for the list.")
    about = RichTextField("what it is about", features=TEXT)
    content_note = models.TextField(
        blank=True,
        max_length=400,
        help_text="At most 50 words: the topic, how much detail, and that people may leave.",
    )
    is_sensitive = models.BooleanField(
        "sensitive", default=False, help_text="The page carries the button Exit this page."
    )
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="webinars")
    speakers = StreamField([("speaker", SpeakerBlock())], blank=True)

    has_captions = models.BooleanField("live captions", default=True)
    has_sign_language = models.BooleanField("British Sign Language", default=False)
    has_dial_in = models.BooleanField("people can join by phone", default=False)

    counts_by = models.CharField(
        "attendance counts by", max_length=10, choices=CountsBy, default=CountsBy.TIME
    )
    share_needed = models.PositiveSmallIntegerField(
        "how much of it people must be there for (%)",
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    recorded = models.CharField("recording", max_length=10, choices=Recorded, default=Recorded.NO)

    post_kinds = ParentalManyToManyField(
        "members.PostKind",
        blank=True,
        related_name="+",
        verbose_name="only for people who hold",
        help_text="Leave empty for everyone.",
    )
    unit = models.ForeignKey(
        "members.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="only for people in",
        help_text="Leave empty for the whole party. A session may be for one region only.",
    )
    minimum_age = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(14), MaxValueValidator(18)]
    )

    content_panels = [
        *PlacedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("topic"),
        FieldPanel("about"),
        FieldPanel("content_note"),
        FieldPanel("is_sensitive"),
        FieldPanel("speakers"),
        MultiFieldPanel(
            [
                FieldPanel("has_captions"),
                FieldPanel("has_sign_language"),
                FieldPanel("has_dial_in"),
            ],
            heading="Access",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("counts_by"), FieldPanel("share_needed")])],
            heading="How attendance counts",
        ),
        FieldPanel("recorded"),
        MultiFieldPanel(
            [FieldPanel("post_kinds"), FieldPanel("unit"), FieldPanel("minimum_age")],
            heading="Who it is for",
        ),
    ]
    parent_page_types = ["webinars.WebinarIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "webinar"

    def clean(self) -> None:
        super().clean()
        if (words := len(self.content_note.split())) > NOTE_WORDS:
            raise ValidationError({"content_note": TOO_LONG.format(words=words)})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from webinars import showing  # noqa: PLC0415 (which reads these models)

        return showing.webinar(request, self)
