"""What a course file may hold: its fields, their kinds and their limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from courses.renewal import Method
from quizzes.models import Question

NATIONS = tuple(Question.Nation.values)
NUMBER = (int, float)
TITLE, SHORT, LONG = 120, 300, 400


@dataclass(frozen=True)
class Field:
    """One field of a file."""

    kind: type | tuple[type, ...]
    required: bool = True
    longest: int = 0
    fewest: int = 0
    markdown: bool = False
    choices: tuple[str, ...] = ()
    fields: dict[str, Field] | None = None
    blocks: dict[str, Field] | None = None


def text(longest: int = 0, *, required: bool = True) -> Field:
    return Field(str, longest=longest, required=required)


def prose(longest: int = 0, *, required: bool = True) -> Field:
    return Field(str, longest=longest, required=required, markdown=True)


def number(*, required: bool = True) -> Field:
    return Field(int, required=required)


def flag() -> Field:
    return Field(bool, required=False)


def day(*, required: bool = True) -> Field:
    return Field(date, required=required)


def choice(*choices: str, required: bool = True) -> Field:
    return Field(str, choices=choices, required=required)


def group(**fields: Field) -> Field:
    return Field(dict, fields=fields)


def many(fewest: int = 1, *, longest: int = 0, required: bool = True, **fields: Field) -> Field:
    return Field(list, fewest=fewest, longest=longest, required=required, fields=fields or None)


ADVICE = many(longest=SHORT)
BLOCKS = {
    "text": prose(),
    "do_dont": group(title=text(TITLE), do=ADVICE, dont=ADVICE),
    "scenario": group(title=text(TITLE), situation=prose(), response=prose()),
    "callout": group(title=text(TITLE), text=prose(), tone=choice("information", "important")),
    "law": group(
        nation=choice(*NATIONS),
        title=text(TITLE),
        text=prose(),
        source=text(SHORT),
        source_url=text(required=False),
        law_as_at=day(),
        review_by=day(),
    ),
    "content_note": group(text=text(LONG)),
    "self_check": group(
        question=text(SHORT),
        options=many(2, text=text(SHORT), correct=flag(), feedback=text(LONG)),
    ),
    "support": group(text=text(SHORT)),
}
MODULE = {
    "slug": text(80),
    "title": text(TITLE),
    "minutes": number(),
    "sensitive": flag(),
    "topic": text(80),
    "body": Field(list, fewest=1, blocks=BLOCKS),
}
OPTIONS = many(
    2, required=False, text=text(SHORT), correct=flag(), feedback=text(SHORT, required=False)
)
ASKED = {
    "key": text(40),
    "type": choice(*Question.Kind.values),
    "stem": text(),
    "options": OPTIONS,
    "partial": flag(),
    "pin_last": flag(),
    "pairs": many(2, required=False, left=text(SHORT), right=text(SHORT)),
    "extra": many(longest=SHORT, required=False),
    "items": many(2, longest=SHORT, required=False),
    "answers": many(
        required=False,
        value=Field(NUMBER),
        tolerance=Field(NUMBER, required=False),
        feedback=text(SHORT, required=False),
    ),
    "accepted": many(longest=SHORT, required=False),
    "guidance": text(required=False),
    "explanation": text(),
    "nation": choice(*NATIONS, required=False),
    "source": text(200, required=False),
    "law_as_at": day(required=False),
    "review_by": day(required=False),
}
QUESTION = {
    **ASKED,
    "topic": text(80),
    "critical": flag(),
    "parts": Field(
        list, required=False, fewest=2, fields={"lead_in": text(required=False), **ASKED}
    ),
}
QUIZ = {
    "slug": text(80),
    "title": text(TITLE),
    "pass_mark": number(),
    "description": text(required=False),
    "draw": number(required=False),
    "draws": many(required=False, topic=text(80), questions=number()),
    "attempts": number(required=False),
    "cooling_off_hours": number(required=False),
    "practice": flag(),
    "sensitive": flag(),
    "pass_text": prose(required=False),
    "fail_text": prose(required=False),
    "topics": many(slug=text(80), title=text(TITLE)),
    "questions": Field(list, fewest=1, fields=QUESTION),
}
COURSE = {
    "slug": text(80),
    "title": text(TITLE),
    "plain_title": text(80, required=False),
    "summary": text(SHORT),
    "audience": text(SHORT),
    "minutes": number(),
    "minimum_age": number(required=False),
    "sensitive": flag(),
    "content_note": text(LONG, required=False),
    "outcomes": many(longest=SHORT, required=False),
    "order": choice("any", "fixed"),
    "validity_years": number(required=False),
    "validity_months": number(required=False),
    "validity_days": number(required=False),
    "renewal_method": choice(*(method.value for method in Method), required=False),
    "renewal_fixed_day": number(required=False),
    "renewal_fixed_month": number(required=False),
    "minimum_validity_months": number(required=False),
    "renewal_window_days": number(required=False),
    "refresher": text(80, required=False),
    "accepts_evidence": flag(),
    "motif": choice("shield", "hands", "speech", "lamp", "path", "screen"),
    # At least one of the two. With a webinar the quiz is about that, and comes after it.
    "modules": Field(list, required=False, fewest=1, fields=MODULE),
    "webinar": text(80, required=False),
    "quiz": Field(dict, required=False, fields=QUIZ),
}
