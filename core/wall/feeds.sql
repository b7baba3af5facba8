-- An address of a calendar is its person's: somebody vouched for it, and one that was closed stays so.

create function prosecutions_feed_guard() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
      perform refuse('an address that was closed stays closed');
    end if;
  elsif is_serving() and not vouched(
          concat_ws('|', 'feed', new.user_id, encode(new.digest, 'hex')),
          current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this address');
  end if;
  return new;
end $$;
create trigger prosecutions_feed_guard before insert or update on prosecutions_calendarfeed
  for each row execute function prosecutions_feed_guard();
