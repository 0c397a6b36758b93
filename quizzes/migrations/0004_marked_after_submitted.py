from django.db import migrations, models

from members.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_hundredths_of_a_point")]

    operations = [
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('mark', None), ('mark__lte', 100), _connector='OR'), name='answer_mark_in_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('marked_at', None), ('max_score', None), ('passed', None), ('score', None)), models.Q(('marked_at__isnull', False), ('max_score__isnull', False), ('passed__isnull', False), ('score__isnull', False), ('score__lte', models.F('max_score')), ('submitted_at__isnull', False)), _connector='OR'), name='sitting_marked_after_submitted'),
        ),
        append_only("quizzes_essaymark"),
    ]
