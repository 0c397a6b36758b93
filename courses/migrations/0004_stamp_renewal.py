"""Completions of before get the day from which they may be renewed, by their course's rule."""

from datetime import timedelta

from django.db import migrations

from members.append_only import erasure_window


def stamp(apps, schema_editor):
    completion = apps.get_model("courses", "Completion")
    course = apps.get_model("courses", "CoursePage")
    windows = dict(course.objects.values_list("pk", "renewal_window_days"))
    with erasure_window():
        for row in completion.objects.exclude(valid_to=None).iterator():
            opens = row.valid_to - timedelta(days=windows[row.course_id])
            completion.objects.filter(pk=row.pk).update(
                renews_from=max(row.completed_on, opens), anchor_on=row.completed_on
            )


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_renewal_editions_evidence")]

    operations = [migrations.RunPython(stamp, migrations.RunPython.noop)]
