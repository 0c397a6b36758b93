"""The forms of a question and a quiz.

What only some types of questions use says so in `data-kinds`; a style sheet hides it from others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html_join
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput

from quizzes.admin_forms import QuestionForm, QuizForm
from quizzes.authoring.advice import AdvicePanel
from quizzes.kinds import CHOICES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

ANSWERS_HELP = format_html_join(
    "",
    "<p data-kinds='{}'><strong>{}:</strong> {}</p>",
    [
        ("single multiple true_false", "Choices", "write every answer and tick what is right."),
        (
            "matching",
            "Matching",
            "each row is a pair; without an answer, what is on the right fits nothing.",
        ),
        ("ordering", "Putting in order", "write what is to be ordered, from first to last."),
        ("numeric", "A number", "write every number that is accepted, in digits, and tick it."),
        ("short_text", "Short text", "write every way to answer that is accepted, and tick it."),
    ],
)
STEPS_HELP = "Only for a scenario: each step asks a question of its own from the bank."
ACCEPTED = frozenset({Kind.NUMERIC, Kind.SHORT_TEXT})
LISTED = CHOICES | ACCEPTED | {Kind.MATCHING, Kind.ORDERING}
PARTIAL = frozenset({Kind.MULTIPLE, Kind.MATCHING, Kind.ORDERING})


def used_by(kinds: Iterable[Kind]) -> dict[str, str]:
    """Return the attribute that says which types of questions use a panel."""
    return {"data-kinds": " ".join(sorted(kinds))}


ANSWERS = InlinePanel(
    "options",
    [
        FieldRowPanel(
            [
                FieldPanel("text"),
                FieldPanel("match", heading="Goes with", attrs=used_by({Kind.MATCHING})),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("is_correct", attrs=used_by(CHOICES | ACCEPTED)),
                FieldPanel("is_pinned", attrs=used_by(CHOICES)),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("weight", attrs=used_by(CHOICES | ACCEPTED)),
                FieldPanel("tolerance", attrs=used_by({Kind.NUMERIC})),
            ]
        ),
        FieldPanel("feedback", attrs=used_by(CHOICES | ACCEPTED)),
    ],
    heading="Answers",
    label="Answer",
    help_text=ANSWERS_HELP,
    attrs=used_by(LISTED),
)
STEPS = InlinePanel(
    "steps",
    [FieldPanel("lead_in"), FieldPanel("question")],
    heading="Steps of the scenario",
    label="Step",
    help_text=STEPS_HELP,
    attrs=used_by({Kind.SCENARIO}),
)
MARKING = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("points")]),
        FieldRowPanel(
            [
                FieldPanel("option_order", attrs=used_by(CHOICES)),
                FieldPanel("is_partial", attrs=used_by(PARTIAL)),
                FieldPanel("is_case_sensitive", attrs=used_by({Kind.SHORT_TEXT})),
            ]
        ),
        FieldPanel("guidance", attrs=used_by({Kind.ESSAY})),
    ],
    "How it is asked and marked",
)
LAW = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("nation"), FieldPanel("source")]),
        FieldRowPanel([FieldPanel("law_as_at"), FieldPanel("review_by")]),
    ],
    "Law",
    help_text="Only for a question about law. Say whose it is, where it stands and when to check "
    "it again.",
)
QUESTION = ObjectList(
    [
        AdvicePanel(heading="Worth a look"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("category")]),
                FieldPanel("reference"),
            ],
            "What kind of question",
        ),
        FieldPanel("stem"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt")], "Image", classname="collapsed"
        ),
        ANSWERS,
        STEPS,
        FieldPanel("explanation"),
        MARKING,
        LAW,
    ],
    base_form_class=QuestionForm,
)

QUIZ = ObjectList(
    [
        FieldRowPanel([TitleFieldPanel("title"), FieldPanel("slug", widget=SlugInput)]),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("is_sensitive")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("draw")]),
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("cooling_off_hours")]),
            ],
            "What it takes to pass",
        ),
        MultipleChooserPanel(
            "pool",
            chooser_field_name="question",
            panels=[FieldPanel("question"), FieldPanel("is_critical")],
            heading="Questions",
            label="Question",
            help_text="The pool. Choose several at once; the list can be narrowed by topic and "
            "type.",
        ),
        InlinePanel(
            "draws",
            [FieldRowPanel([FieldPanel("category"), FieldPanel("questions")])],
            heading="So many of each topic",
            label="Topic",
            help_text="So that every paper covers it. Leave it empty to draw from all of them.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("order"), FieldPanel("allows_practice")]),
                FieldRowPanel([FieldPanel("feedback_when"), FieldPanel("shows")]),
                FieldPanel("time_limit_minutes"),
            ],
            "How it is sat",
        ),
        MultiFieldPanel([FieldPanel("pass_text"), FieldPanel("fail_text")], "After it"),
    ],
    base_form_class=QuizForm,
)
