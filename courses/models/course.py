"""The home page, the catalogue, and the course page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from courses import catalogue, reading
from courses.forms import NO_STEPS, CoursePageForm
from courses.models.renewing import RenewedCourse
from members.access import Rule
from members.pages import PlacedPage

if TYPE_CHECKING:
    from typing import Any

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision

    from members.models import Member

ADULT = 18


class HomePage(PlacedPage):
    """The front door. What a member must do is put together above this floor."""

    page_description = "The first page of the site. There is one."

    access_rule = Rule.PUBLIC
    introduction = RichTextField(blank=True, features=["bold", "italic", "link", "ul"])

    content_panels = [*PlacedPage.content_panels, FieldPanel("introduction")]
    max_count = 1

    class Meta:
        verbose_name = "home page"


class CatalogueIndexPage(PlacedPage):
    """The list of all courses."""

    page_description = "The list of all courses, with its search. There is one."

    access_rule = Rule.PUBLIC
    introduction = RichTextField(blank=True, features=["bold", "italic", "link", "ul"])

    content_panels = [*PlacedPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1

    class Meta:
        verbose_name = "catalogue"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return catalogue.listing(request, self)

    def courses(self) -> models.QuerySet[CoursePage]:
        """Return the published courses in the editors' order."""
        courses: models.QuerySet[CoursePage] = CoursePage.objects.child_of(self).live()
        return courses


class CoursePage(RenewedCourse, PlacedPage):
    """A course: what it is, for whom, how long, and how long it stays valid."""

    page_description = (
        "A course. Save it as a draft, add its modules and its quiz below it, publish those, "
        "and then publish the course."
    )

    access_rule = Rule.PUBLIC

    class Order(models.TextChoices):
        ANY = "any", "In any order"
        FIXED = "fixed", "One after the other"

    class Motif(models.TextChoices):
        SHIELD = "shield", "Shield"
        HANDS = "hands", "Hands"
        SPEECH = "speech", "Speech"
        LAMP = "lamp", "Lamp"
        PATH = "path", "Path"
        SCREEN = "screen", "Screen"

    summary = models.CharField(max_length=300, help_text="One or two sentences for the catalogue.")
    audience = models.CharField("who it is for", max_length=300)
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(600)], help_text="Of an average reader."
    )
    minimum_age = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(14), MaxValueValidator(18)]
    )
    content_note = models.TextField(
        blank=True,
        max_length=400,
        help_text="At most 50 words: the topic, how much detail, how long, and other ways.",
    )
    outcomes = RichTextField(
        "what people will be able to do", blank=True, features=["ul", "bold", "italic"]
    )
    is_sensitive = models.BooleanField(
        "sensitive", default=False, help_text="Its pages carry the button Exit this page."
    )
    plain_title = models.CharField(
        max_length=80,
        blank=True,
        help_text="Shown in place of the title in browser tabs and e-mails, if it is sensitive.",
    )
    step_order = models.CharField(max_length=5, choices=Order, default=Order.ANY)
    gives_certificate = models.BooleanField("gives a certificate", default=True)
    accepts_evidence = models.BooleanField(
        "training elsewhere may count as this course",
        default=False,
        help_text="Members can hand in a proof; an administrator decides.",
    )
    motif = models.CharField(max_length=10, choices=Motif, default=Motif.SHIELD)

    content_panels = [
        *PlacedPage.content_panels,
        HelpPanel(template="courses/admin/parts.html", heading="Parts of this course"),
        HelpPanel(template="courses/admin/editions.html", heading="Editions"),
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("outcomes"),
        MultiFieldPanel(
            [
                FieldPanel("minutes"),
                FieldPanel("minimum_age"),
                FieldPanel("step_order"),
                FieldPanel("motif"),
            ],
            "About the course",
        ),
        MultiFieldPanel(
            [
                FieldPanel("content_note"),
                FieldPanel("is_sensitive"),
                FieldPanel("plain_title"),
            ],
            "Care for the reader",
        ),
        MultiFieldPanel(
            [
                FieldPanel("gives_certificate"),
                FieldRowPanel(
                    [
                        FieldPanel("validity_years"),
                        FieldPanel("validity_months"),
                        FieldPanel("validity_days"),
                    ]
                ),
                FieldPanel("renewal_method"),
                FieldRowPanel(
                    [
                        FieldPanel("renewal_fixed_day"),
                        FieldPanel("renewal_fixed_month"),
                        FieldPanel("minimum_validity_months"),
                    ]
                ),
                FieldPanel("renewal_window_days"),
                FieldPanel("refresher"),
                FieldPanel("accepts_evidence"),
            ],
            "Certificate and renewal",
        ),
    ]
    base_form_class = CoursePageForm
    parent_page_types = ["courses.CatalogueIndexPage"]
    subpage_types = [
        "courses.ModulePage",
        "courses.QuizStepPage",
        "courses.WebinarStepPage",
    ]

    class Meta(RenewedCourse.Meta):
        abstract = False
        verbose_name = "course"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a version. Forms, bulk actions and schedules all come through here."""
        if not self.steps().exists():
            raise ValidationError(NO_STEPS)
        super().publish(revision, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return reading.course(request, self)

    def is_closed_to(self, person: Member | AnonymousUser) -> bool:
        """Whether the person is too young for it."""
        return self.minimum_age >= ADULT and getattr(person, "is_under_18", False)

    @property
    def public_title(self) -> str:
        """The title for browser tabs, history and mail: neutral for sensitive courses."""
        return (self.is_sensitive and self.plain_title) or self.title

    @property
    def facts(self) -> list[str]:
        """What people ask first, in a few words."""
        certificate = ["Certificate"] if self.gives_certificate else []
        age = [f"For people aged {ADULT} and over"] if self.minimum_age >= ADULT else []
        return [f"About {self.minutes} minutes", *certificate, *age]

    def steps(self) -> models.QuerySet[Page]:
        """Return the published parts in order."""
        # Not get_children(): it believes the number of children this object was loaded with.
        steps: models.QuerySet[Page] = Page.objects.child_of(self).live()
        return steps
