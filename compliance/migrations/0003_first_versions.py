"""What requirements asked so far becomes their first version; archived ones end in a second."""

from django.db import migrations
from django.utils import timezone


def make_versions(apps, schema_editor):
    version = apps.get_model("compliance", "RequirementVersion")
    now = timezone.now()
    for requirement in apps.get_model("compliance", "Requirement").objects.all():
        first = version.objects.create(
            requirement=requirement,
            number=1,
            effective_from=requirement.applies_from,
            unit_id=requirement.unit_id,
            grace_days=requirement.grace_days,
            recorded_at=now,
        )
        first.courses.set(requirement.courses.all())
        first.post_kinds.set(requirement.post_kinds.all())
        if requirement.archived_at:
            version.objects.create(
                requirement=requirement,
                number=2,
                effective_from=timezone.localdate(requirement.archived_at),
                is_withdrawn=True,
                recorded_at=requirement.archived_at,
            )


class Migration(migrations.Migration):
    dependencies = [("compliance", "0002_versions_and_decisions")]

    operations = [migrations.RunPython(make_versions, migrations.RunPython.noop)]
