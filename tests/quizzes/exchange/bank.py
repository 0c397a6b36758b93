"""Items and files for tests of the exchange, and the bank told as items."""

from __future__ import annotations

import base64
import dataclasses
from decimal import Decimal

from quizzes.exchange.items import Found, Item, OptionItem, Picture, StepItem
from quizzes.exchange.reading_out import items_of
from quizzes.exchange.writing_in import Imported, import_questions
from quizzes.models import Question

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJg"
    "gg=="
)


def single(number: int = 1, **more: object) -> Item:
    """A complete question; it has a reference unless told otherwise."""
    facts = {
        "kind": "single",
        "stem": f"What helps in case {number}?",
        "options": (
            OptionItem("Listening", feedback="Yes."),
            OptionItem("Promising to tell nobody", is_correct=False, feedback="No."),
            OptionItem("All of these", is_correct=False, is_pinned=True),
        ),
        "reference": f"q-{number}",
        "category": ("Safeguarding", "Listening"),
        "explanation": "People decide what happens next.",
        "line": number,
    }
    return Item(**facts | more)


def of_every_type() -> list[Item]:
    """One question of each type, with everything an item can say."""
    about = {"category": ("Safeguarding", "Law"), "explanation": "Because."}
    step = single(20, reference="story-1", category=about["category"])
    other = dataclasses.replace(step, reference="story-2", stem="And then?")
    return [
        single(
            1,
            nation="Wales",
            source="Social Services Act 2014",
            law_as_at="2026-01-02",
            review_by="2027-01-02",
            points=2,
            option_order="written",
            picture=Picture("dot.png", PNG, "A dot"),
        ),
        Item(
            "multiple",
            "Which two?",
            (
                OptionItem("One", weight=Decimal(50)),
                OptionItem("Two", weight=Decimal(50)),
                OptionItem("Three", is_correct=False, weight=Decimal(-50)),
            ),
            reference="many",
            is_partial=True,
            **about,
        ),
        Item(
            "true_false",
            "True?",
            (OptionItem("True"), OptionItem("False", is_correct=False)),
            reference="tf",
            **about,
        ),
        Item(
            "matching",
            "What goes with what?",
            (
                OptionItem("Here", match="There"),
                OptionItem("Now", match="Then"),
                OptionItem("", match="Never"),
            ),
            reference="pairs",
            is_partial=True,
            **about,
        ),
        Item(
            "ordering",
            "In which order?",
            (OptionItem("First"), OptionItem("Second"), OptionItem("Third")),
            reference="row",
            **about,
        ),
        Item(
            "numeric",
            "How old?",
            (OptionItem("18", tolerance=Decimal("0.5")), OptionItem("16", weight=Decimal(50))),
            reference="number",
            **about,
        ),
        Item(
            "short_text",
            "Whom do you tell?",
            (OptionItem("The lead"), OptionItem("the officer")),
            reference="text",
            is_case_sensitive=True,
            **about,
        ),
        Item(
            "scenario",
            "Sam comes to you.",
            steps=(StepItem(step, "Sam begins."), StepItem(other, "Sam goes on.")),
            reference="story",
            **about,
        ),
        Item("essay", "What would you do?", reference="essay", guidance="Listens.", **about),
    ]


def bring_in(*items: Item, by: object = None, **wishes: object) -> Imported:
    """Import items as they are."""
    return import_questions(found=Found(items=list(items)), by=by, **wishes)


def told(item: Item) -> Item:
    """An item without what depends on the file: lines, and the name an image got."""
    picture = item.picture and dataclasses.replace(item.picture, name="")
    steps = tuple(StepItem(told(step.question), step.lead_in) for step in item.steps)
    return dataclasses.replace(item, line=0, picture=picture, steps=steps)


def in_the_bank() -> dict[str, Item]:
    """Everything in the bank by its reference."""
    return {item.reference: told(item) for item in items_of(Question.objects.all())}
