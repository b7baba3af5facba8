-- Run by `manage.py generate_load` as the owner. %(cases)s cases; keys are hashes of their number,
-- so that the same scale always makes the same rows. Nobody in it exists.

insert into accounts_office (id, version, created_at, updated_at, code, prefix, name, is_global, jurisdiction_id)
select md5('office' || i)::uuid, 1, now(), now(), 'load-' || i,
       'Z' || chr(65 + i / 26) || chr(65 + i %% 26), 'Load ' || i, false, p.id
  from generate_series(0, 39) i
  join (select id, row_number() over (order by code) - 1 n, count(*) over () total
          from places_jurisdiction) p on p.n = (i * 7) %% p.total;

insert into accounts_user (id, version, created_at, updated_at, username, name, email, is_active, password)
select md5('user' || i)::uuid, 1, now(), now(), 'load-' || i, 'Load ' || i, '', true, '!'
  from generate_series(0, 1999) i;

insert into accounts_membership (id, version, created_at, updated_at, user_id, office_id, role)
select md5('membership' || i)::uuid, 1, now(), now(), md5('user' || i)::uuid,
       md5('office' || i %% 40)::uuid,
       (array['field_officer', 'aftercare_worker', 'legal_officer', 'case_manager'])[1 + i %% 4]
  from generate_series(0, 1999) i;

create temp table load_place on commit drop as
select id, row_number() over (order by code) - 1 n from places_jurisdiction;

insert into casework_case (id, version, created_at, updated_at, reference, programme, office_id,
                           level, jurisdiction_id, status, support_level, opened_on)
select md5('case' || i)::uuid, 1, now(), now(), 'L-' || i,
       (array['bonded_labour', 'osec', 'csec', 'sex_trafficking', 'trafficked_labour',
              'child_labour', 'domestic_servitude', 'other'])[1 + (i * 31) %% 8],
       md5('office' || i %% 40)::uuid, case when i %% 500 = 0 then 4 else 1 end, p.id,
       'prosecution', 'own', date '2010-01-01' + ((i * 7919::bigint) %% 6000)::int
  from generate_series(0, %(cases)s - 1) i
  join load_place p on p.n = (i * 104729::bigint) %% (select count(*) from load_place);

create temp table load_case on commit drop as
select c.id, c.office_id, c.level, c.jurisdiction_id, c.opened_on, substr(c.reference, 3)::int n
  from casework_case c where c.reference like 'L-%%';
create unique index on load_case (n);
analyze load_case;

insert into casework_assignment (id, version, created_at, updated_at, case_id, office_id, level, user_id, named)
select md5('assignment' || n || '-' || k)::uuid, 1, now(), now(), id, office_id, greatest(level, 1),
       md5('user' || (n %% 40 + 40 * ((n / 40 * 3 + k) %% 50)))::uuid, false
  from load_case, generate_series(0, 1) k;

insert into casework_rescue (id, version, created_at, updated_at, case_id, office_id, level,
                             occurred_at, occurred_on, jurisdiction_id, led_by_id)
select md5('rescue' || n)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       opened_on + interval '20 days', opened_on + 20, jurisdiction_id, md5('user' || n %% 2000)::uuid
  from load_case;

insert into victims_victim (id, version, created_at, updated_at, code, sex, age_min_months,
                            age_max_months, nationality, languages, safety_flag)
select md5('victim' || i)::uuid, 1, now(), now(), 'L' || i,
       case when i %% 3 = 0 then 'male' else 'female' end,
       120 + (i * 37) %% 300, 120 + (i * 37) %% 300, '', '', false
  from generate_series(0, 4 * %(cases)s - 1) i;

insert into victims_involvement (id, version, created_at, updated_at, case_id, office_id, level,
                                 victim_id, rescue_id, code, outcome)
select md5('involvement' || n || '-' || k)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       md5('victim' || (4 * n + k))::uuid, md5('rescue' || n)::uuid, 'S-' || (k + 1), 'rescued'
  from load_case, generate_series(0, 3) k;

insert into aftercare_referral (id, version, created_at, updated_at, case_id, office_id, level,
                                involvement_id, need, urgency, status, shown, decline_reason)
select md5('referral' || n || '-' || k)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       md5('involvement' || n || '-' || k)::uuid, 'medical', 'now', 'draft', '{}', ''
  from load_case, generate_series(0, 3) k;

insert into aftercare_servicerecord (id, version, created_at, updated_at, case_id, office_id, level,
                                     involvement_id, kind, provided_on)
select md5('service' || n || '-' || k)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       md5('involvement' || n || '-' || k)::uuid, 'shelter', opened_on + 30
  from load_case, generate_series(0, 1) k;

-- One offender in twenty-five is known in two cases.
insert into prosecutions_perpetrator (id, version, created_at, updated_at, kind, sex, nationality,
                                      name, latin, sound)
select md5('perpetrator' || i)::uuid, 1, now(), now(),
       case when i %% 50 = 0 then 'organisation' else 'individual' end, 'unknown', '',
       'Load ' || i, 'load ' || i, 'ld ' || i
  from generate_series(0, 8 * %(cases)s / 5) i;

insert into prosecutions_suspect (id, version, created_at, updated_at, case_id, office_id, level,
                                  perpetrator_id, code, role)
select md5('suspect' || n || '-' || k)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       md5('perpetrator' || (case when n %% 25 = 0 then (n * 8 / 5 + 11) %% (8 * %(cases)s / 5)
                             else n * 8 / 5 + k end))::uuid,
       'A-' || (k + 1), 'owner'
  from load_case, generate_series(0, 1) k where k = 0 or n %% 5 < 3;

insert into prosecutions_prosecution (id, version, created_at, updated_at, case_id, office_id,
                                      level, jurisdiction_id, docket, filed_on)
select md5('prosecution' || n)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       jurisdiction_id, n::text, opened_on + 60
  from load_case where n %% 10 < 8;

insert into prosecutions_charge (id, version, created_at, updated_at, case_id, office_id, level,
                                 prosecution_id, suspect_id, provision_id, offence_on, filed_on,
                                 plea)
select md5('charge' || c.n || '-' || k || '-' || j)::uuid, 1, now(), now(), c.id, c.office_id,
       greatest(c.level, 2), md5('prosecution' || c.n)::uuid, s.id, v.id, c.opened_on,
       c.opened_on + 60, ''
  from load_case c
  cross join generate_series(0, 1) k
  cross join generate_series(0, 1) j
  join prosecutions_suspect s on s.id = md5('suspect' || c.n || '-' || k)::uuid
  join (select id, row_number() over (order by id) - 1 n from prosecutions_provision) v on v.n = j
 where c.n %% 10 < 8;

insert into prosecutions_judgment (id, version, created_at, updated_at, case_id, office_id, level,
                                   prosecution_id, instance, decided_on, attribution)
select md5('judgment' || n)::uuid, 1, now(), now(), id, office_id, greatest(level, 2),
       md5('prosecution' || n)::uuid, 'first', opened_on + 400, 'supported'
  from load_case where n %% 10 < 6;

insert into prosecutions_chargedecision (id, version, created_at, updated_at, case_id, office_id,
                                         level, judgment_id, charge_id, disposition, local_term)
select md5('decision' || ch.id)::uuid, 1, now(), now(), ch.case_id, ch.office_id, ch.level,
       md5('judgment' || c.n)::uuid, ch.id,
       (array['convicted_trial', 'convicted_trial', 'convicted_plea', 'acquitted', 'acquitted',
              'discharged', 'dismissed', 'withdrawn'])
       [1 + (('x' || substr(md5(ch.id::text), 1, 4))::bit(16)::int) %% 8], ''
  from prosecutions_charge ch join load_case c on c.id = ch.case_id
 where c.n %% 10 < 6;
