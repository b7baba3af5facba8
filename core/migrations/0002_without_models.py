"""Two tables that no model is for.

The cache is written on a connection of its own: counts of failed tries and codes that were spent
must outlive a request that is rolled back. Unlogged rows would not survive a crash. The key of
`core.vouching` is the owner's alone.
"""

from django.db import migrations

FORWARDS = """
create table core_cache (
  cache_key varchar(255) primary key,
  value text not null,
  expires timestamptz not null
);
create index core_cache_expires on core_cache (expires);
create table core_vouchingkey (key bytea not null);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARDS, "drop table core_vouchingkey; drop table core_cache;")
    ]
