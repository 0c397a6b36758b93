"""A question of every type, and how to answer it, rightly or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.actions import publish_question, save_answer
from quizzes.kinds import CHOICES, Kind
from quizzes.models import Option, Question, ScenarioStep
from tests.quizzes.factories import CategoryFactory, QuestionFactory

if TYPE_CHECKING:
    from typing import Any

    from quizzes.models import Answer

OPTIONS: dict[str, list[dict[str, Any]]] = {
    "single": [{"text": "Listen", "is_correct": True}, {"text": "Wait"}],
    "true_false": [{"text": "True", "is_correct": True}, {"text": "False"}],
    "multiple": [
        {"text": "Listen", "is_correct": True},
        {"text": "Write it down", "is_correct": True},
        {"text": "Wait"},
    ],
    "matching": [
        {"text": "A worry about a child", "match": "The safeguarding lead"},
        {"text": "A crime happening now", "match": "The police"},
        {"text": "", "match": "Nobody at all"},
    ],
    "ordering": [{"text": "Listen first"}, {"text": "Write it down"}, {"text": "Tell the lead"}],
    "numeric": [{"text": "18", "is_correct": True}, {"text": "16", "is_correct": False}],
    "short_text": [{"text": "safeguarding lead", "is_correct": True}, {"text": "nobody"}],
    "essay": [],
}
ASKED = tuple(OPTIONS)


def question_of(kind: str, **fields: Any) -> Question:
    """Publish a question of this type; every option has feedback."""
    if kind == Kind.SCENARIO:
        return scenario(**fields)
    options = fields.pop("options", OPTIONS.get(kind, []))
    question = Question(
        kind=kind,
        **{
            "reference": f"{kind}-{Question.objects.count()}".replace("_", "-"),
            "category": fields.pop("category", None) or CategoryFactory(),
            "stem": f"What about {kind}?",
            "explanation": f"Because of {kind}.",
            "guidance": "What to look for." if kind == Kind.ESSAY else "",
        }
        | fields,
    )
    question.options = [
        Option(sort_order=n, **{"feedback": f"Feedback {kind} {n}"} | option)
        for n, option in enumerate(options)
    ]
    return publish_question(question=question, by=None)


def scenario(**fields: Any) -> Question:
    """Publish a story in two steps."""
    question = Question(
        kind=Kind.SCENARIO,
        **{
            "reference": f"scenario-{Question.objects.count()}",
            "category": CategoryFactory(),
            "stem": "Sam comes to the meeting and looks afraid.",
            "explanation": "Because of the story.",
        }
        | fields,
    )
    question.steps = [
        ScenarioStep(question=QuestionFactory(), lead_in=lead_in, sort_order=n)
        for n, lead_in in enumerate(["", "The next day Sam calls you."])
    ]
    return publish_question(question=question, by=None)


def right_answer(answer: Answer) -> dict[str, Any]:
    """What to save as the right answer."""
    asked = answer.asked
    if asked.kind in CHOICES:
        return {"chosen": sorted(asked.right)}
    if asked.kind == Kind.MATCHING:
        return {"chosen": [f"{choice.key}:{choice.key}" for choice in asked.choices]}
    if asked.kind == Kind.ORDERING:
        return {"chosen": asked.in_order}
    if asked.kind == Kind.NUMERIC:
        return {"chosen": [asked.choices[0].text]}
    is_short = asked.kind == Kind.SHORT_TEXT
    return {"typed": asked.choices[0].text.capitalize() if is_short else "My own words."}


def wrong_answer(answer: Answer) -> dict[str, Any]:
    """What to save as a wrong answer, one the author foresaw."""
    asked = answer.asked
    if asked.kind in CHOICES:
        return {"chosen": [choice.key for choice in asked.choices if not choice.is_correct][:1]}
    if asked.kind == Kind.MATCHING:
        keys = [choice.key for choice in asked.choices]
        others = [*keys[1:], keys[0]]
        return {"chosen": [f"{one}:{other}" for one, other in zip(keys, others, strict=True)]}
    if asked.kind == Kind.ORDERING:
        first, *rest = asked.in_order
        return {"chosen": [*rest, first]}
    return {"chosen": ["16"]} if asked.kind == Kind.NUMERIC else {"typed": "Nobody"}


def answer_all(answers: Any, *, rightly: bool = True) -> None:
    """Answer each of these, all rightly or all wrongly."""
    for answer in answers:
        given = right_answer(answer) if rightly else wrong_answer(answer)
        save_answer(answer=answer, by=answer.sitting.member, **given)


def as_posted(answer: Answer, chosen: list[str] | tuple[()] = (), typed: str = "") -> dict:
    """The same, as the page's form sends it."""
    asked = answer.asked
    data: dict[str, Any] = {"question": answer.question_id}
    if asked.kind in CHOICES:
        return data | {"choice": asked.places(chosen)}
    if asked.kind == Kind.MATCHING:
        given = dict(pair.split(":") for pair in chosen)
        rights = [choice.key for choice in asked.matches]
        places = (given.get(choice.key) for choice in asked.choices)
        return data | {f"pair-{n}": rights.index(k) if k else "" for n, k in enumerate(places)}
    if asked.kind == Kind.ORDERING:
        keys = [choice.key for choice in asked.choices]
        return data | {f"place-{n}": chosen.index(key) for n, key in enumerate(keys) if chosen}
    if asked.kind == Kind.NUMERIC:
        return data | {"number": next(iter(chosen), "")}
    return data | {"text": typed}
