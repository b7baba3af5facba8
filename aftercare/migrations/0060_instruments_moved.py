"""An assessment names a set of questions of `instruments`: the same rows, the same keys."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0059_extra_assessments"),
        ("instruments", "0001_moved_from_aftercare"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="assessment",
                    name="instrument",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instruments.instrument",
                    ),
                ),
                migrations.AlterField(
                    model_name="assessmentevent",
                    name="instrument",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="instruments.instrument",
                    ),
                ),
                migrations.DeleteModel(name="Instrument"),
            ]
        ),
    ]
