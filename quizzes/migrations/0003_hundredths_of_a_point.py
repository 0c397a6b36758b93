"""Scores become whole hundredths of a point, and marks per cent; nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations
from django.db.models import F

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps


def multiply(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sittings, answers = _tables(apps)
    sittings.exclude(submitted_at=None).update(
        marked_at=F("submitted_at"), score=F("score") * 100, max_score=F("max_score") * 100
    )
    answers.update(number=F("position"))
    answers.filter(mark=1).update(mark=100)


def divide(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sittings, answers = _tables(apps)
    sittings.exclude(submitted_at=None).update(
        score=F("score") / 100, max_score=F("max_score") / 100
    )
    answers.filter(mark__gt=0).update(mark=1)


def _tables(apps: StateApps) -> tuple[object, object]:
    return apps.get_model("quizzes", "Sitting").objects, apps.get_model("quizzes", "Answer").objects


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_every_type_of_question")]

    operations = [migrations.RunPython(multiply, divide)]
