"""The table of the cache, written on a connection of its own: counts of failed tries and codes
that were spent must outlive a request that is rolled back. Unlogged rows would not survive a crash.
"""

from django.db import migrations

FORWARDS = """
create table core_cache (
  cache_key varchar(255) primary key,
  value text not null,
  expires timestamptz not null
);
create index core_cache_expires on core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_heartbeat")]
    operations = [migrations.RunSQL(FORWARDS, "drop table core_cache")]
