"""The house's floors, where import-linter cannot look: relations between models."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

FLOORS = {
    "members": 0,
    "feedback": 1,
    "quizzes": 2,
    "support": 2,
    "webinars": 2,
    "courses": 3,
    "certificates": 4,
    "compliance": 4,
    "training": 5,
}


def stands_on(lower: str, upper: str) -> bool:
    """Return whether a model of `upper` may point at one of `lower`."""
    if lower == upper:
        return True
    return FLOORS[lower] < FLOORS[upper]


def relations() -> list[tuple[str, str, str]]:
    """Return (app that points, app pointed at, field) for all relations between our apps."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.auto_created or not isinstance(field, models.Field):
                continue
            if not field.related_model:
                continue
            source, target = model._meta.app_label, field.related_model._meta.app_label
            if source in FLOORS and target in FLOORS:
                found.append((source, target, f"{model._meta.label}.{field.name}"))
    return found


def test_relations_point_down_only() -> None:
    wrong = [name for source, target, name in relations() if not stands_on(target, source)]
    assert not wrong


def test_the_walk_sees_relations() -> None:
    names = {name for _, _, name in relations()}
    assert {"courses.Completion.member", "quizzes.Answer.sitting"} <= names


@pytest.mark.parametrize(
    ("lower", "upper", "allowed"),
    [
        ("members", "quizzes", True),
        ("quizzes", "members", False),
        ("certificates", "compliance", False),
        ("quizzes", "support", False),
        ("courses", "courses", True),
    ],
)
def test_floors_rule(lower: str, upper: str, allowed: bool) -> None:
    assert stands_on(lower, upper) is allowed


def test_nobody_else_points_at_our_models_but_the_user() -> None:
    """Third-party apps know the user model and nothing else of ours."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in FLOORS:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            if field.related_model._meta.app_label in FLOORS:
                assert field.related_model._meta.label == "members.Member", (model, field)
