"""Records that only grow; the completions' table was made anew and needs its triggers again."""

from django.db import migrations, models


from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_stamp_renewal")]

    operations = [
        migrations.AddConstraint(
            model_name='completion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('renews_from', None), ('valid_to', None)), models.Q(('renews_from__gte', models.F('completed_on')), ('renews_from__isnull', False), ('renews_from__lte', models.F('valid_to'))), _connector='OR'), name='completion_renews_before_end'),
        ),
        append_only("courses_completion"),
        append_only("courses_revocation"),
        append_only("courses_edition"),
        append_only("courses_evidence"),
        append_only("courses_evidencedecision"),
    ]
