-- What a reader's figures are made of: whole offices without sealed cases, and sealed cases that
-- name the reader, if the reader works on cases: nobody else sees why they
-- are in a figure. Nobody (null) is the built-in reporter: every office.
create or replace function open_count_context(who uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  offices uuid[];
  named uuid[] := '{}';
begin
  if who is null then
    select coalesce(array_agg(id), '{}') into offices from accounts_office;
  else
    select coalesce(array_agg(distinct reach.id), '{}') into offices
      from accounts_membership m
      join accounts_user u on u.id = m.user_id and u.is_active
      join accounts_office own on own.id = m.office_id
      join accounts_office reach on reach.id = own.id or own.is_global
     where m.user_id = who and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()) and role_counts(m.role);
    select coalesce(array_agg(a.case_id), '{}') into named
      from casework_assignment a
     where a.user_id = who and a.level = 4 and a.named and cardinality(offices) > 0
       and exists (select 1 from accounts_membership m
                    where m.user_id = who and team_depth(m.role) > 0
                      and m.started_at <= statement_timestamp()
                      and (m.ended_at is null or m.ended_at > statement_timestamp()))
       and (a.ended_at is null or a.ended_at > statement_timestamp());
  end if;
  perform set_config('app.counted', offices::text, true);
  perform set_config('app.counted_cases', named::text, true);
end $$;
