-- The chain of the history (core/chain/): each event's digest is kept in a link, each link holds the
-- hash of the one before. Nothing of it is in the path of a write; a task asks for the next link.
--
-- An event is linked once no transaction that is older than it can still commit, so what was written
-- by a long transaction comes late and is not lost. Which transaction wrote an event says `xmin` of
-- its row, that of the copy where a database was restored: so links name the database they were made
-- in, and numbers of transactions are compared within one only.

-- Verified without this function (core/chain/verifying.py says the same apart from it).
create function chain_digest(e core_auditevent) returns bytea
stable language sql as $$
  select sha256(convert_to(jsonb_build_array(
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.kind, e.action, e.actor_id,
    e.target_type, e.target_id, e.case_id, e.subjects, e.request_id, e.detail)::text, 'UTF8'))
$$;

create function chain_place() returns text
stable language sql as $$
  select format('%s/%s', (select system_identifier from pg_control_system()),
                (select oid from pg_database where datname = current_database()))
$$;

-- The whole number of a transaction; a row has its last 32 bits.
create function chain_written_in(x xid, newest bigint) returns bigint
immutable language sql as $$
  select case when whole > newest then whole - 4294967296 else whole end
    from (select (newest >> 32 << 32) + x::text::bigint as whole) w
$$;

-- The oldest transaction of this database that has not ended. Those of other databases of the server
-- write no event here; one of which nothing is known yet counts.
create function chain_under_way(seen pg_snapshot) returns bigint
stable language sql as $$
  select coalesce(min(open::text::bigint), pg_snapshot_xmax(seen)::text::bigint)
    from pg_snapshot_xip(seen) open
   where not exists (
     select from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock'
        and l.transactionid = open::xid and a.datname <> current_database())
$$;

-- Up to this number every event is linked: it was given out before a link was made, and each
-- transaction that was then under way has ended.
create function chain_settled() returns bigint
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return coalesce((select l.given_out from core_chainlink l
                    where l.place = chain_place() and l.given_out is not null
                      and l.begun_before <= chain_under_way(pg_current_snapshot())
                    order by l.number desc limit 1), 0);
end $$;

-- Makes the next link, of at most so many events; how many it holds, and the last of them. Looked
-- through are numbers above what is settled, or above `beyond`: where a full link ended, to go on; or 0,
-- below what is settled, too, where an event can only stand by other hands.
--
-- What the planner believes of tables that grow fast is old: it is told which ways not to go.
create function chain_events(most integer, beyond bigint)
  returns table (events integer, last bigint)
language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_nestloop = off as $$
declare
  settled bigint;
  newest core_chainlink;
  made core_chainlink;
  now_in pg_snapshot;
  under_way bigint;
  members bigint[];
  inside bytea;
begin
  lock table core_chainlink in share row exclusive mode;  -- one at a time; whoever reads goes on
  select * into newest from core_chainlink order by number desc limit 1;
  settled := coalesce(beyond, chain_settled());
  select last_value into made.given_out from core_auditevent_id_seq;
  now_in := pg_current_snapshot();
  made.begun_before := pg_snapshot_xmax(now_in)::text::bigint;
  under_way := chain_under_way(now_in);
  made.place := chain_place();

  select array_agg(id order by id) into members from (
    select e.id from core_auditevent e
     where e.id > settled
       and not exists (select from core_chainedevent c
                        where c.event_id = e.id and c.event_id > settled)
       and chain_written_in(e.xmin, made.begun_before) < under_way
     order by e.id limit most) waiting;
  made.events := coalesce(cardinality(members), 0);
  if made.events = 0 then
    return query select 0, null::bigint;
    return;
  end if;
  if made.events = most or beyond > 0 then
    made.given_out := null;  -- more may wait
  end if;
  made.number := coalesce(newest.number, 0) + 1;
  made.total := coalesce(newest.total, 0) + made.events;
  made.made_at := clock_timestamp();
  made.former := coalesce(newest.hash, sha256(''));

  -- Says that it happened before a link was made, and was written by a transaction that began after.
  select coalesce(array_agg(e.id order by e.id), '{}') into made.late
    from core_auditevent e
   where e.id = any (members) and e.at < newest.made_at - interval '15 minutes'
     and e.at < (select l.made_at from core_chainlink l
                  where l.place = made.place
                    and l.begun_before <= chain_written_in(e.xmin, made.begun_before)
                  order by l.begun_before desc, l.number desc limit 1) - interval '15 minutes';

  insert into core_chainedevent (event_id, link, digest)
  select e.id, made.number, chain_digest(e) from core_auditevent e where e.id = any (members);
  select string_agg(int8send(c.event_id) || c.digest, '' order by c.event_id) into inside
    from core_chainedevent c where c.link = made.number;
  made.hash := sha256(convert_to(jsonb_build_array(
    made.number, made.events, made.total, made.late, made.given_out, made.begun_before, made.place,
    to_char(made.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    encode(made.former, 'hex'))::text, 'UTF8') || inside);
  insert into core_chainlink (number, events, total, late, given_out, begun_before, place, made_at,
                              former, hash)
  values (made.number, made.events, made.total, made.late, made.given_out, made.begun_before,
          made.place, made.made_at, made.former, made.hash);
  return query select made.events, members[made.events];
end $$;
revoke all on function chain_events(integer, bigint) from public;
grant execute on function chain_events(integer, bigint) to casework_worker;

-- Since when an event waits to be linked; nothing where none does.
create function chain_waits_since() returns timestamptz
stable language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_nestloop = off set enable_hashjoin = off as $$
declare
  settled bigint := chain_settled();
begin
  return (select e.at from core_auditevent e
           where e.id > settled
             and not exists (select from core_chainedevent c
                              where c.event_id = e.id and c.event_id > settled)
           order by e.id limit 1);
end $$;

-- The head of the chain left this machine.
create function chain_left(head bigint, letters integer, kept integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into core_chainanchor (number, total, hash, left_at, letters, kept)
  select l.number, l.total, l.hash, clock_timestamp(), letters, kept
    from core_chainlink l where l.number = head;
end $$;
revoke all on function chain_left(bigint, integer, integer) from public;
grant execute on function chain_left(bigint, integer, integer) to casework_worker;

create trigger core_chainlink_append_only before update or delete on core_chainlink
  for each row execute function core_refuse_change();
create trigger core_chainedevent_append_only before update or delete on core_chainedevent
  for each row execute function core_refuse_change();
create trigger core_chainanchor_append_only before update or delete on core_chainanchor
  for each row execute function core_refuse_change();
