"""The morning: each person is told once, by a real worker, whatever is killed meanwhile."""

from __future__ import annotations

import signal
from contextlib import closing
from datetime import UTC, datetime

import psycopg2
import pytest
from django.utils import timezone

from tests.jobs.conftest import House, eventually, needs_redis, send

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, needs_redis]

# A case with the field officer of this database on its team.
WORK = """
with person as (select m.user_id, m.office_id from accounts_membership m
                join accounts_user u on u.id = m.user_id where u.username = 'field'),
place as (select id from places_jurisdiction where code = 'IN-WB-KOL'),
opened as (insert into casework_case (id, version, created_at, updated_at, reference, programme,
    office_id, level, jurisdiction_id, status, support_level, opened_on)
  select gen_random_uuid(), 1, now(), now(), 'KOL-2026-0801', 'csec', office_id, 1, place.id,
    'rescued', 'own', '2026-03-01' from person, place returning id, office_id, jurisdiction_id),
team as (insert into casework_assignment (id, version, created_at, updated_at, case_id, office_id,
    level, user_id, named)
  select gen_random_uuid(), 1, now(), now(), opened.id, opened.office_id, 1, person.user_id, false
  from opened, person returning case_id)
select opened.id::text, opened.office_id::text, opened.jurisdiction_id::text from opened, team
"""
# A survivor who is accused: the team is asked at once.
ACCUSED = """
insert into prosecutions_accusation (id, version, created_at, updated_at, case_id, office_id, level,
    involvement_id, offence, accused_on, ended)
values (gen_random_uuid(), 1, now(), now(), %s, %s, 2, %s, 'immigration', '2026-03-15', '')
"""
VICTIM = """
with victim as (insert into victims_victim (id, version, created_at, updated_at, code,
    sex, nationality, languages, safety_flag)
  values (gen_random_uuid(), 1, now(), now(), 'V-MORNING', 'female', '', '', false)
  returning id)
insert into victims_involvement (id, version, created_at, updated_at, case_id, office_id, level,
    victim_id, code, outcome)
select gen_random_uuid(), 1, now(), now(), %s, %s, 2, victim.id, 'S-1', '' from victim
returning id::text
"""
# Other tests leave people in this database: they have had their morning today.
TOLD = """
insert into core_job (id, version, created_at, updated_at, kind, parameters, state, done, attempts,
    requested_by_id, failure)
select gen_random_uuid(), 1, now(), now(), 'morning-of', jsonb_build_object('day', %s::text),
    'done', 0, 1, id, '' from accounts_user where username <> 'field'
"""


def work(house: House) -> None:
    house.rows("delete from accounts_notice")
    house.rows("delete from core_job where kind like 'morning%%'")
    for day in {datetime.now(UTC).date(), timezone.localdate()}:  # whatever their office
        house.rows(TOLD, day.isoformat())
    if house.rows("select 1 from casework_case where reference = 'KOL-2026-0801'"):
        return
    ((case, office, _place),) = house.rows(WORK)
    ((person,),) = house.rows(VICTIM, case, office)
    house.rows(ACCUSED, case, office, person)


def call(house: House) -> None:
    asked = house.celery("call", "core.request_job", "--args", '["morning"]')
    assert asked.wait() == 0, house.said()


def told(house: House) -> int:
    ((number,),) = house.rows("select count(*) from accounts_notice where kind = 'morning'")
    return int(number)


def of_the_officer(house: House, column: str) -> list[str]:
    """Of the officer's morning."""
    statement = f"""select {column} from core_job j join accounts_user u on u.id = j.requested_by_id
                    where j.kind = 'morning-of' and u.username = 'field'"""
    return [str(value) for (value,) in house.rows(statement)]


def ended(house: House) -> list[str]:
    return [state for state in of_the_officer(house, "j.state") if state != "queued"]


@pytest.mark.nightly
def test_a_morning_asked_for_twice_tells_once(with_broker: House) -> None:
    house = with_broker
    work(house)
    house.beat()
    house.worker()
    call(house)
    call(house)
    assert eventually(lambda: told(house) == 1), house.said()
    done = "select count(*) from core_job where kind = 'morning' and state = 'done'"
    assert eventually(lambda: house.rows(done) == [(1,)]), house.said()
    assert ended(house) == ["done"]
    assert of_the_officer(house, "j.result->>'things'") == ["1"]
    assert told(house) == 1


@pytest.mark.nightly
def test_a_worker_killed_while_it_tells_has_told_nobody_twice(with_broker: House) -> None:
    house = with_broker
    work(house)
    with closing(psycopg2.connect(house.urls["owner"])) as held:
        with held.cursor() as cursor:
            cursor.execute("lock table accounts_notice in share mode")  # nobody can be told now
        house.beat()
        worker = house.worker()
        call(house)
        assert eventually(lambda: ended(house) == ["running"]), house.said()
        send(worker, signal.SIGKILL)
        worker.wait()
        held.rollback()
    assert told(house) == 0
    house.worker()
    assert eventually(lambda: ended(house) == ["done"]), house.said()
    assert of_the_officer(house, "j.attempts") == ["2"]
    assert told(house) == 1
