"""Sets behind figures are bitmaps of numbers, a row for each count of a cell.

What snapshots keep already is written again so, with a digest of it; a digest that did not hold
before is left as it was.
"""

import hashlib

import django.db.models.deletion
import orjson
from django.db import migrations, models
from pyroaring import BitMap

NUMBERED = """
-- Said by every table whose rows figures count, once for each statement (reports/numbers.py).
create function number_rows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into reports_rownumber (row_id) select id from written on conflict do nothing;
  return null;
end $$;
"""
# Rows that are there get their numbers after every migration; of rows that are gone, too, figures
# may be kept.
KNOWN = """
insert into reports_rownumber (row_id)
select distinct one.key::uuid from reports_snapshot, jsonb_each(behind) cell (name, counts),
       jsonb_each(counts) count (of, ids), jsonb_array_elements_text(ids) one (key)
on conflict do nothing
"""
SORTED = orjson.OPT_SORT_KEYS


def pack_what_is_kept(apps, schema_editor):
    snapshots = apps.get_model("reports", "Snapshot").objects
    kept = apps.get_model("reports", "KeptIds").objects
    numbers = apps.get_model("reports", "RowNumber").objects
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(KNOWN)
    for pk in list(snapshots.values_list("pk", flat=True)):
        snapshot = snapshots.get(pk=pk)
        before = orjson.dumps([snapshot.rows, snapshot.behind], option=SORTED)
        stood = hashlib.sha256(before).hexdigest() == snapshot.digest
        digest = hashlib.sha256(orjson.dumps(snapshot.rows, option=SORTED))
        for cell, counts in sorted(snapshot.behind.items()):
            for of, rows in sorted(counts.items()):
                ids = BitMap(numbers.filter(row_id__in=rows).values_list("number", flat=True))
                if len(ids) != len(rows):
                    raise ValueError(f"Not all who stand behind {cell} {of} of {pk} have a number.")
                ids.run_optimize()
                packed = ids.serialize()
                kept.create(snapshot=snapshot, cell=cell, of=of, count=len(ids), ids=packed)
                digest.update(orjson.dumps([cell, of, len(ids)]) + packed)
        if stood:  # else the new one would hide that something was changed
            snapshots.filter(pk=pk).update(digest=digest.hexdigest())


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_updated_since")]
    operations = [
        migrations.CreateModel(
            name="RowNumber",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("row_id", models.UUIDField(unique=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="KeptIds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cell", models.TextField()),
                ("of", models.CharField(max_length=60)),
                ("count", models.PositiveIntegerField()),
                ("ids", models.BinaryField()),
                ("snapshot", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.snapshot")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("snapshot", "cell", "of"), name="reports_keptids_once")],
            },
        ),
        migrations.RunSQL(NUMBERED, "drop function number_rows() cascade"),
        migrations.RunSQL("alter table reports_snapshot disable trigger user", migrations.RunSQL.noop),
        migrations.RunPython(pack_what_is_kept, migrations.RunPython.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RunSQL("alter table reports_snapshot enable trigger user", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="snapshot", name="behind"),
    ]
