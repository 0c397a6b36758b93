"""Training elsewhere: one line of claims, files forgotten, past completions from files.

SQLite makes the two append-only tables anew: they need their triggers again.
"""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from members.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0005_records_only_grow'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ForgottenFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('membership_number', models.CharField(blank=True, max_length=40)),
                ('completed_on', models.DateField(verbose_name='finished')),
                ('valid_to', models.DateField(null=True, verbose_name='last valid day')),
                ('provider', models.CharField(blank=True, max_length=120, verbose_name='who gave the training')),
                ('file_name', models.CharField(blank=True, max_length=120, verbose_name='file')),
                ('recorded_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['recorded_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='WaitingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=120)),
                ('head', models.JSONField()),
                ('rows', models.JSONField()),
                ('uploaded_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='evidencedecision',
            name='evidence_approved_counts',
        ),
        migrations.AddField(
            model_name='coursepage',
            name='accepts_evidence',
            field=models.BooleanField(default=False, help_text='Members can hand in a proof; an administrator decides.', verbose_name='training elsewhere may count as this course'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='reference',
            field=models.CharField(blank=True, help_text='If there is no file: for example a folder in the office, or an e-mail of a day.', max_length=200, verbose_name='where the proof is kept'),
        ),
        migrations.AddField(
            model_name='evidencedecision',
            name='completed_on',
            field=models.DateField(null=True, verbose_name='the day that counts as finished'),
        ),
        migrations.AddField(
            model_name='evidencedecision',
            name='expires_on',
            field=models.DateField(null=True, verbose_name='the last day the proof gives'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('member', 'course'), name='evidence_first_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('completed_on__gte', datetime.date(2000, 1, 1))), name='evidence_not_before_2000'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on', None), ('expires_on__gte', models.F('completed_on')), _connector='OR'), name='evidence_ends_after_completed'),
        ),
        migrations.AddConstraint(
            model_name='evidencedecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_on__isnull', False), ('completion__isnull', False), ('outcome', 'approved')), models.Q(models.Q(('outcome', 'approved'), _negated=True), ('completed_on', None), ('completion', None)), _connector='OR'), name='evidence_approved_counts'),
        ),
        migrations.AddField(
            model_name='forgottenfile',
            name='evidence',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='forgotten', to='courses.evidence'),
        ),
        migrations.AddField(
            model_name='importedrow',
            name='completion',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imported_rows', to='courses.completion'),
        ),
        migrations.AddField(
            model_name='importedrow',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.coursepage'),
        ),
        migrations.AddField(
            model_name='importedrow',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importedrow',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='waitingfile',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), ('membership_number', ''), _negated=True), fields=('email', 'membership_number', 'course', 'completed_on'), name='imported_row_once'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('completed_on')), _connector='OR'), name='imported_row_ends_after_completed'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('membership_number', ''), _negated=True), ('completion__isnull', False), _connector='OR'), name='imported_row_is_of_somebody'),
        ),
        append_only("courses_evidence"),
        append_only("courses_evidencedecision"),
        append_only("courses_forgottenfile"),
    ]
