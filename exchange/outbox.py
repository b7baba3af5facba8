"""The outbox as SQL, for migrations: whatever writes a row also writes what is to be told of it.

Statement by statement and in the same transaction, so that neither is ever without the other. For
a subscriber it makes one delivery of a row in a transaction, however often the row was written.
"""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
create function exchange_outbox() returns trigger language plpgsql as $$
begin
  insert into exchange_delivery (id, version, created_at, updated_at, webhook_id, event, noun,
                                 "row", written_in, state, attempts, due_at)
  select gen_random_uuid(), 1, clock_timestamp(), clock_timestamp(), w.id, c.event, tg_argv[0],
         c.id, pg_current_xact_id()::text::bigint, 'waiting', 0, clock_timestamp()
    from (select id, gen_random_uuid() as event from changed) c
    cross join exchange_webhook w
   where w.paused_at is null and tg_argv[0] = any (w.nouns)
  on conflict do nothing;
  return null;
end $$
"""


def function() -> migrations.RunSQL:
    return migrations.RunSQL(FUNCTION, "drop function exchange_outbox()")


def watch(table: str, noun: str) -> migrations.RunSQL:
    """Put into the outbox what is inserted into this table and what is changed in it."""
    make, drop = "", ""
    for deed in ("insert", "update"):
        name = f"{table}_outbox_{deed}"
        make += (
            f"create trigger {name} after {deed} on {table} referencing new table as changed"
            f" for each statement execute function exchange_outbox('{noun}');"
        )
        drop += f"drop trigger {name} on {table};"
    return migrations.RunSQL(make, drop)
