-- One person, of however many records, sleeps in one place and has one certificate and one title.
--
-- The record that stands for the person is kept by the database alone: whoever merges need not see the
-- placements, and nobody can forget it. The triggers run with the owner's rights; the function they
-- call does not, so that nobody else learns who is merged.

create function aftercare_person_of(record uuid) returns uuid
stable language sql as $$
  select coalesce((select v.merged_into_id from victims_victim v where v.id = record), record) $$;

create function aftercare_place_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.person_id := aftercare_person_of(new.victim_id);
  return new;
end $$;
create trigger aftercare_placement_person before insert or update of victim_id
  on aftercare_placement for each row execute function aftercare_place_person();

create function aftercare_title_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.person_id := aftercare_person_of(
    (select i.victim_id from victims_involvement i where i.id = new.involvement_id));
  return new;
end $$;
create trigger aftercare_certificate_person before insert or update of involvement_id
  on aftercare_releasecertificate for each row execute function aftercare_title_person();
create trigger aftercare_entitlement_person before insert or update of involvement_id
  on aftercare_entitlement for each row execute function aftercare_title_person();

create function aftercare_follow_merge() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  person uuid := coalesce(new.merged_into_id, new.id);
begin
  update aftercare_placement set person_id = person where victim_id = new.id;
  update aftercare_releasecertificate t set person_id = person
    from victims_involvement i where i.id = t.involvement_id and i.victim_id = new.id;
  update aftercare_entitlement t set person_id = person
    from victims_involvement i where i.id = t.involvement_id and i.victim_id = new.id;
  return null;
end $$;
create trigger aftercare_placement_follow_merge after update of merged_into_id on victims_victim
  for each row when (old.merged_into_id is distinct from new.merged_into_id)
  execute function aftercare_follow_merge();
