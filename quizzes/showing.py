"""An answer as the person who gave it may see it now: what they may not know is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from quizzes.kinds import CHOICES, Kind
from quizzes.marking import mark, met
from quizzes.models import Quiz
from quizzes.scores import FULL, POINT, earned, shown

if TYPE_CHECKING:
    from quizzes.asked import Choice
    from quizzes.models import Answer, Sitting

ASKED_NOW = (
    "You are being asked this question again at the moment. You can read here how you did once you "
    "have handed that in."
)
FORGOTTEN = "What you wrote has been deleted, as promised."


@dataclass(frozen=True, slots=True)
class Verdict:
    """How right an answer was, in words and in the tone of its tag. Wrong is no error."""

    words: str
    tone: str = ""


RIGHT = Verdict("✓ Right", "done")
PARTLY_RIGHT = Verdict("½ Partly right", "doing")
NOT_RIGHT = Verdict("✗ Not right")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer, with what the author says to whoever answers so."""

    text: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer for its person to read. `verdict` is None while they may not know it."""

    label: str
    stem: str
    given: list[Line]
    nothing: str = "Not answered"  # instead of lines
    verdict: Verdict | None = None
    points: str = ""
    right: tuple[str, ...] = ()
    why: str = ""
    comment: str = ""
    is_essay: bool = False
    withheld: str = ""  # why nothing is told
    story: tuple[str, ...] = ()  # of a scenario, what is new at this step


def is_told_at_once(answer: Answer) -> bool:
    """Whether the person learns how right it was before they submit."""
    sitting = answer.sitting
    says_something = sitting.shows != Quiz.Shows.SCORE
    at_once = sitting.feedback_when == Quiz.FeedbackWhen.EACH
    return at_once and says_something and answer.asked.kind != Kind.ESSAY


def seen(answer: Answer, *, is_asked_now: bool = False) -> Seen:
    """Return the answer as its person may see it now; little while they are asked it again."""
    asked, sitting = answer.asked, answer.sitting
    got = None if is_asked_now else _mark(answer)
    knows_right = got is not None and _may_know_right(sitting, answer)
    return Seen(
        label=label(answer),
        stem=asked.stem,
        given=_given(answer, with_feedback=knows_right),
        nothing=FORGOTTEN if answer.is_forgotten else "Not answered",
        verdict=None if got is None else _verdict(got),
        points="" if got is None else _points(answer, got),
        right=tuple(asked.right_words) if knows_right and got != FULL else (),
        why=asked.explanation if knows_right else "",
        comment=_comment(answer) if got is not None else "",
        is_essay=asked.kind == Kind.ESSAY,
        withheld=ASKED_NOW if is_asked_now else "",
        story=tuple(answer.told_here),
    )


def all_seen(sitting: Sitting) -> list[Seen]:
    """Return all answers of a sitting as its person may see them now."""
    answers = list(sitting.answers.with_words().with_secrecy())
    essays = [answer for answer in answers if answer.asked.kind == Kind.ESSAY]
    prefetch_related_objects(essays, "essay_marks")
    for answer in answers:
        answer.sitting = sitting
    return [seen(answer, is_asked_now=answer.is_asked_now) for answer in answers]  # type: ignore[attr-defined]


def label(answer: Answer) -> str:
    """Return a question's number on the paper: "4", or "4.2" for a scenario's second step."""
    return f"{answer.number}.{answer.part}" if answer.part else str(answer.number)


def _mark(answer: Answer) -> int | None:
    """The mark, if the person may know it."""
    if answer.sitting.shows_marks:
        return answer.mark
    if answer.is_settled and is_told_at_once(answer):
        return mark(answer.asked, chosen=answer.chosen, typed=answer.typed)
    return None


def _may_know_right(sitting: Sitting, answer: Answer) -> bool:
    return sitting.shows_right_answers or (answer.is_settled and sitting.shows == Quiz.Shows.ALL)


def _verdict(got: int) -> Verdict:
    return RIGHT if got == FULL else PARTLY_RIGHT if got else NOT_RIGHT


def _points(answer: Answer, got: int) -> str:
    """Say the points where they are not simply one or none."""
    if got in {0, FULL} and answer.worth <= POINT:
        return ""
    unit = "point" if answer.worth == POINT else "points"
    return f"{shown(earned(mark=got, worth=answer.worth))} of {shown(answer.worth)} {unit}"


def _given(answer: Answer, *, with_feedback: bool) -> list[Line]:
    if not with_feedback:
        return [Line(text) for text in answer.given]
    said = [choice.feedback for choice in _spoken_to(answer)]
    if answer.asked.kind in {Kind.NUMERIC, Kind.SHORT_TEXT}:
        said = said[:1]
    texts = answer.given
    said += [""] * (len(texts) - len(said))
    return [Line(text, feedback) for text, feedback in zip(texts, said, strict=False)]


def _spoken_to(answer: Answer) -> list[Choice]:
    """The options whose feedback this answer meets, in the order of its lines."""
    asked = answer.asked
    if asked.kind in CHOICES:
        return answer.picked
    by_key = {choice.key: choice for choice in asked.choices}
    if asked.kind == Kind.MATCHING:
        return [by_key[pair.split(":")[0]] for pair in answer.chosen]
    if asked.kind == Kind.ORDERING:
        return [by_key[key] for key in answer.chosen]
    fitting = met(asked, chosen=answer.chosen, typed=answer.typed)
    return sorted(fitting, key=lambda choice: not choice.is_correct)


def _comment(answer: Answer) -> str:
    """What the marker said last."""
    if answer.asked.kind != Kind.ESSAY:
        return ""
    said = [each.comment for each in answer.essay_marks.all()]
    return said[-1] if said else ""
