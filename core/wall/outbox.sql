-- What is written in a row is told to subscribers: statement by statement and in the same transaction,
-- so that neither is ever without the other. For a subscriber it makes one delivery of a row in a
-- transaction, however often the row was written. Nothing is told of practice. The triggers are made for each table of
-- exchange/outbox.py.

create function exchange_outbox() returns trigger
language plpgsql as $$
begin
  insert into exchange_delivery (id, version, created_at, updated_at, webhook_id, event, noun,
                                 "row", written_in, state, attempts, due_at)
  select gen_random_uuid(), 1, clock_timestamp(), clock_timestamp(), w.id, c.event, tg_argv[0],
         c.id, pg_current_xact_id()::text::bigint, 'waiting', 0, clock_timestamp()
    from (select w.id, gen_random_uuid() as event from changed w
           where not exists (select from accounts_office o
                              where o.id = w.office_id and o.is_practice)) c
    cross join exchange_webhook w
   where w.paused_at is null and tg_argv[0] = any (w.nouns)
  on conflict do nothing;
  return null;
end $$;
