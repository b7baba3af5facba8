"""Writes are counted by a sequence (core/wall/figures.sql)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [
        migrations.RunSQL("create sequence reports_writes", "drop sequence reports_writes")
    ]
