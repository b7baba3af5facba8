"""A set that stands behind several counts of a snapshot is kept once, and pointed to."""

import django.db.models.deletion
from django.db import migrations, models

ONCE = """
alter table reports_keptids disable trigger user;
update reports_keptids one set same_id = each.first, ids = ''
  from (select id, first_value(id) over (partition by snapshot_id, sha256(ids) order by id) as first
          from reports_keptids where length(ids) > 100) each
 where one.id = each.id and each.first <> each.id;
set constraints all immediate;
alter table reports_keptids enable trigger user;
"""
AGAIN = """
alter table reports_keptids disable trigger user;
update reports_keptids one set same_id = null, ids = other.ids
  from reports_keptids other where other.id = one.same_id;
set constraints all immediate;
alter table reports_keptids enable trigger user;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_numbers")]
    operations = [
        migrations.AddField(
            model_name="keptids",
            name="same",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.keptids",
            ),
        ),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RunSQL(ONCE, AGAIN),
    ]
