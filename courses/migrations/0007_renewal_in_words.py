"""Renewal in plainer words; a minor edition leaves rounds alone; who may revoke completions.

SQLite makes the editions' table anew for its new rule: it needs its triggers again.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from members.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0006_elsewhere_and_imports'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='edition',
            options={'default_permissions': (), 'ordering': ['course', 'number']},
        ),
        migrations.AlterModelOptions(
            name='revocation',
            options={'default_permissions': ('view',), 'permissions': [('revoke_completion', 'Can revoke completions')]},
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='minimum_validity_months',
            field=models.PositiveSmallIntegerField(default=0, help_text='Who finishes shortly before that day is covered to the one after it.', validators=[django.core.validators.MaxValueValidator(120)], verbose_name='at least, in months'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='refresher',
            field=models.ForeignKey(blank=True, help_text='A shorter course that is enough to renew this one in time. Who is late, and everybody after a major new edition, takes the whole course.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='refreshes', to='courses.coursepage'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='renewal_fixed_day',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Only for the third way above, for example 31 March.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='the same day for everybody: day'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='renewal_fixed_month',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, 'January'), (2, 'February'), (3, 'March'), (4, 'April'), (5, 'May'), (6, 'June'), (7, 'July'), (8, 'August'), (9, 'September'), (10, 'October'), (11, 'November'), (12, 'December')], null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='renewal_method',
            field=models.CharField(choices=[('expiry', 'From the old last day: renewing early loses nothing'), ('completion', 'From the day they finish it again'), ('fixed', 'To the same day of the year for everybody')], default='expiry', max_length=10, verbose_name='how a renewal counts'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='renewal_window_days',
            field=models.PositiveSmallIntegerField(default=90, help_text="From then on people may take the course again, or its refresher. A change holds for those who finish after it; nobody's dates move.", validators=[django.core.validators.MaxValueValidator(730)], verbose_name='renewal opens, in days before the last day'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='validity_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='months'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='validity_years',
            field=models.PositiveSmallIntegerField(default=0, help_text='From the day somebody finishes the course. All three empty: it counts for good.', validators=[django.core.validators.MaxValueValidator(20)], verbose_name='counts for: years'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'major'), ('half_way', 'keep'), _connector='OR'), name='edition_minor_keeps_rounds'),
        ),
        migrations.AlterConstraint(
            model_name='coursepage',
            name='course_fixed_date_is_a_day',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('renewal_method', 'fixed'), _negated=True), models.Q(('renewal_fixed_day__range', (1, 31)), ('renewal_fixed_month__range', (1, 12))), _connector='OR'), name='course_fixed_date_is_a_day', violation_error_message='Give the day and the month of the fixed date, for example 31 and March.'),
        ),
        append_only("courses_edition"),
    ]
