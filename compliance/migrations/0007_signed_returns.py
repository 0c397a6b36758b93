"""Quarterly returns, signed: they only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from members.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0006_reminders'),
        ('members', '0005_tenure_history_triggers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField(help_text='The first day of the quarter.')),
                ('number', models.PositiveSmallIntegerField()),
                ('figures', models.JSONField()),
                ('statement', models.TextField()),
                ('post', models.CharField(help_text='By which post it was signed, in words.', max_length=200)),
                ('signed_at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='members.unit')),
            ],
            options={
                'ordering': ['-quarter', 'unit', '-number'],
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('unit', 'quarter', 'number'), name='return_number_once'), models.CheckConstraint(condition=models.Q(('quarter__day', 1), ('quarter__month__in', (1, 4, 7, 10))), name='return_is_of_a_quarter'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='return_numbers_begin_at_one')],
            },
        ),
        append_only("compliance_signedreturn"),
    ]
