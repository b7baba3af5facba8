"""The clock of custody looks rows up, however small a table was when it was counted last.

In one long transaction (an import, a world of tests) tables grow from nothing, and a plan for what
they were reads them whole for every row that is written.
"""

from __future__ import annotations

from django.db import migrations

FOLLOW = "alter function prosecutions_follow_custody() {} enable_seqscan {}"


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0071_feeds_end")]
    operations = [migrations.RunSQL(FOLLOW.format("set", "= off"), FOLLOW.format("reset", ""))]
