-- Offenders whose names sound like what was asked for, found by index.
--
-- Behind policies an index on names could not be used, so the function runs with the owner's rights
-- and says the sentence of the policies itself (prosecutions/similar_names.py).

create function prosecutions_sounding_like(spelt text[], heard text[], part integer[], most integer)
returns table (person uuid, likeness real)
stable language plpgsql security definer set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = 0.45 as $$
declare
  fits text := 'false';
  likes text := '0';
  one record;
begin
  -- Every word of one of the parts must fit: by letters, or as it sounds.
  for one in
    select string_agg(format('(latin %%> %L or (sound %%> %L and word_similarity(%L, sound) >= 0.6))',
                             s, h, h), ' and ') fits,
           string_agg(format('greatest(word_similarity(%L, latin), word_similarity(%L, sound))',
                             s, h), ' + ') likes,
           count(*) words
      from unnest(spelt, heard, part) as t (s, h, p) group by p
  loop
    fits := fits || format(' or (%s)', one.fits);
    likes := format('greatest(%s, (%s) / %s)', likes, one.likes, one.words);
  end loop;
  return query execute
    'select t.person, max(t.likeness)::real from ('
    || ' select id person, ' || likes || ' likeness from prosecutions_perpetrator where ' || fits
    || ' union all select perpetrator_id, ' || likes || ' from prosecutions_alias where ' || fits
    || ') t where exists (select from prosecutions_suspect link where link.perpetrator_id = t.person
        and not (link.case_id = any ((select nullif(current_setting(''app.conflicts'', true), '''')::uuid[])::uuid[]))
        and (link.case_id = any ((select nullif(current_setting(''app.cases_l2'', true), '''')::uuid[])::uuid[])
             or (link.level < 4 and link.office_id
                 = any ((select nullif(current_setting(''app.offices_l2'', true), '''')::uuid[])::uuid[]))
             or link.case_id
                = any ((select nullif(current_setting(''app.shown_suspect'', true), '''')::uuid[])::uuid[])))'
    || ' group by t.person order by 2 desc, 1 limit ' || most;
end $$;
revoke all on function prosecutions_sounding_like(text[], text[], integer[], integer) from public;
grant execute on function prosecutions_sounding_like(text[], text[], integer[], integer)
  to casework_app, casework_worker;
