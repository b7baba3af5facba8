-- The closure of the tree of places is kept by the database, whoever writes the tree.
--
-- The functions run with the owner's rights, so that no other role needs rights on the closure.
-- One writer at a time: otherwise a place added below another that is being moved would be linked to
-- where its parent was. A row's links are made anew from the finished statement, so the order of rows
-- within it does not matter, nor whether a child comes before its parent.

create function places_jurisdiction_link() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
DECLARE
    ranks CONSTANT text[] := ARRAY['country', 'state', 'district', 'city'];
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.code) IS DISTINCT FROM (OLD.id, OLD.code) THEN
        RAISE EXCEPTION 'places_jurisdiction_code_fixed: the code of a place cannot change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'places_jurisdiction_code_fixed';
    END IF;

    PERFORM pg_advisory_xact_lock(1886151011, 1);  -- 'plac'

    IF EXISTS (
        WITH RECURSIVE up(id) AS (
            SELECT NEW.id
            UNION ALL
            SELECT j.parent_id FROM up JOIN places_jurisdiction j ON j.id = up.id
            WHERE j.parent_id IS NOT NULL
        ) CYCLE id SET looped USING path
        SELECT FROM up WHERE looped
    ) THEN
        RAISE EXCEPTION 'places_jurisdiction_no_cycle: a place cannot lie inside itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'places_jurisdiction_no_cycle';
    END IF;

    IF EXISTS (
        SELECT FROM places_jurisdiction child
        JOIN places_jurisdiction parent ON parent.id = child.parent_id
        WHERE NEW.id IN (child.id, parent.id)
          AND array_position(ranks, child.level::text) <= array_position(ranks, parent.level::text)
    ) THEN
        RAISE EXCEPTION
            'places_jurisdiction_level_below_parent: a place must be narrower than its parent'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'places_jurisdiction_level_below_parent';
    END IF;

    WITH RECURSIVE inside(id) AS (
        SELECT NEW.id
        UNION
        SELECT j.id FROM inside JOIN places_jurisdiction j ON j.parent_id = inside.id
    )
    DELETE FROM places_jurisdictionclosure link USING inside WHERE link.descendant_id = inside.id;

    WITH RECURSIVE inside(id) AS (
        SELECT NEW.id
        UNION
        SELECT j.id FROM inside JOIN places_jurisdiction j ON j.parent_id = inside.id
    ), link(ancestor_id, descendant_id, depth) AS (
        SELECT id, id, 0 FROM inside
        UNION ALL
        SELECT j.parent_id, link.descendant_id, link.depth + 1
        FROM link JOIN places_jurisdiction j ON j.id = link.ancestor_id
        WHERE j.parent_id IS NOT NULL
    )
    INSERT INTO places_jurisdictionclosure (ancestor_id, descendant_id, depth)
    SELECT ancestor_id, descendant_id, depth FROM link;
    RETURN NULL;
END $$;
create trigger places_jurisdiction_link_moved
after update of id, code, level, parent_id on places_jurisdiction
for each row when (
    (old.id, old.code, old.level, old.parent_id)
    is distinct from (new.id, new.code, new.level, new.parent_id)
) execute function places_jurisdiction_link();
create trigger places_jurisdiction_link_new after insert on places_jurisdiction
for each row execute function places_jurisdiction_link();

create function places_jurisdiction_unlink() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
BEGIN
    DELETE FROM places_jurisdictionclosure WHERE OLD.id IN (ancestor_id, descendant_id);
    RETURN NULL;
END $$;
create trigger places_jurisdiction_unlink_gone after delete on places_jurisdiction
for each row execute function places_jurisdiction_unlink();
