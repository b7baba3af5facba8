-- The day on which a person was identified is that of the place: of the office or the case, whichever
-- day is the earlier.

create function identified_today() returns trigger
language plpgsql as $$
begin
  if new.identified_on is null then
    select min(timezone(coalesce(place.time_zone, 'UTC'), now()))::date into new.identified_on
      from places_jurisdiction place
      right join (
        select jurisdiction_id from accounts_office where id = new.office_id
        union all
        select jurisdiction_id from casework_case where id = new.case_id
      ) asked on place.id = asked.jurisdiction_id;
  end if;
  return new;
end $$;
create trigger prosecutions_suspect_since before insert on prosecutions_suspect
  for each row execute function identified_today();
create trigger victims_involvement_since before insert on victims_involvement
  for each row execute function identified_today();
