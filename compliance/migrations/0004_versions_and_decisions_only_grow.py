"""Versions and decisions only grow; the requirement keeps its name and why."""

from django.db import migrations

from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("compliance", "0003_first_versions")]

    operations = [
        migrations.RemoveConstraint(
            model_name='requirement',
            name='requirement_grace_days',
        ),
        migrations.RemoveField(
            model_name='requirement',
            name='applies_from',
        ),
        migrations.RemoveField(
            model_name='requirement',
            name='courses',
        ),
        migrations.RemoveField(
            model_name='requirement',
            name='grace_days',
        ),
        migrations.RemoveField(
            model_name='requirement',
            name='post_kinds',
        ),
        migrations.RemoveField(
            model_name='requirement',
            name='unit',
        ),
        append_only("compliance_requirementversion"),
        append_only("compliance_decision"),
    ]
