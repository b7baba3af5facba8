-- Run by `manage.py generate_load` after world.sql, or later in a database that holds its cases:
-- what police, courts and carers did with them. Keys are hashes of the number of the case, so that
-- the same cases always get the same rows. Nobody in it exists.
-- Without signs of percent, so that it needs no parameters.

create temp table load_known on commit drop as
select id, office_id, greatest(level, 2) as level, jurisdiction_id as place, opened_on,
       substr(reference, 3)::int as n
  from casework_case where starts_with(reference, 'L-');
create unique index on load_known (n);
analyze load_known;

create temp table load_court on commit drop as
select p.id, p.case_id, p.office_id, p.level, p.filed_on, c.n
  from prosecutions_prosecution p join load_known c on c.id = p.case_id;

create temp table load_suspect on commit drop as
select s.id, s.case_id, s.office_id, s.level, c.opened_on, c.n, substr(s.code, 3)::int - 1 as k
  from prosecutions_suspect s join load_known c on c.id = s.case_id;

create temp table load_part on commit drop as
select i.id, i.case_id, i.office_id, i.level, i.victim_id, c.opened_on, c.place, c.n,
       substr(i.code, 3)::int - 1 as k
  from victims_involvement i join load_known c on c.id = i.case_id;
analyze load_court, load_suspect, load_part;

-- Police: a complaint in every second case, against all its suspects; what came of it.

insert into prosecutions_complaint (id, version, created_at, updated_at, case_id, office_id, level,
                                    number, filed_on, jurisdiction_id)
select md5('complaint' || n)::uuid, 1, now(), now(), id, office_id, level, 'L-' || n,
       opened_on + 5, place
  from load_known where mod(n, 2) = 0;

insert into prosecutions_complaintsuspect (id, version, created_at, updated_at, case_id, office_id,
                                           level, complaint_id, suspect_id)
select md5('accused' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level,
       md5('complaint' || n)::uuid, id
  from load_suspect where mod(n, 2) = 0;

insert into prosecutions_policereport (id, version, created_at, updated_at, case_id, office_id,
                                       level, complaint_id, kind, reported_on)
select md5('report' || n || kind)::uuid, 1, now(), now(), id, office_id, level,
       md5('complaint' || n)::uuid, kind, opened_on + days
  from load_known
  join (values (0, 'charge_sheet', 55), (1, 'charge_sheet', 50), (2, 'charge_sheet', 90),
               (3, 'charge_sheet', 58), (4, 'no_evidence', 200), (5, 'false', 80),
               (5, 'reopened', 300), (6, 'mistake', 150)) report (turn, kind, days)
    on turn = mod(n / 2, 8)
 where mod(n, 2) = 0;

update prosecutions_prosecution p set complaint_id = md5('complaint' || c.n)::uuid
  from load_court c where c.id = p.id and mod(c.n, 4) = 0;

insert into prosecutions_arrest (id, version, created_at, updated_at, case_id, office_id, level,
                                 suspect_id, rescue_id, arrested_on, attribution)
select md5('arrest' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level, id,
       case when k = 0 then md5('rescue' || n)::uuid end, opened_on + 20 + 15 * k,
       (array['supported', 'own', 'state_only', 'supported'])[1 + mod(n, 4)]
  from load_suspect where mod(n + 2 * k, 5) < 4;

-- Courts: two hearings of a proceeding, of every third a last one; what lies ahead has no result.

insert into prosecutions_hearing (id, version, created_at, updated_at, case_id, office_id, level,
                                  prosecution_id, follows_id, listed_on, purpose, result,
                                  adjourned_for, no_next_date)
select md5('hearing' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level, id,
       case when k > 0 then md5('hearing' || n || '-' || (k - 1))::uuid end, listed_on,
       (array['charge', 'evidence', 'judgment'])[k + 1], result,
       case when result = 'adjourned' then (array['witness_absent', 'judge_absent',
            'lawyer_absent', 'not_produced', 'witness_hostile', 'no_interpreter', 'other', ''])
            [1 + mod(n / 10, 8)] else '' end,
       case when result <> '' and k = 2 then (array['disposed', 'reserved', ''])[1 + mod(n / 3, 3)]
            else '' end
  from (select court.*, k, filed_on + 30 + k * (60 + mod(n, 90)) as listed_on,
               case when filed_on + 30 + k * (60 + mod(n, 90)) >= date '2026-07-01' then ''
                    when k = 1 and mod(n, 5) < 2 then 'adjourned' else 'held' end as result
          from load_court court, generate_series(0, 2) k where k < 2 or mod(n, 3) = 0) listed;

insert into prosecutions_stagereached (id, version, created_at, updated_at, case_id, office_id,
                                       level, prosecution_id, stage, reached_on)
select md5('stage' || n)::uuid, 1, now(), now(), case_id, office_id, level, id, 'trial',
       filed_on + 90
  from load_court where mod(n, 10) < 7;

insert into prosecutions_sentence (id, version, created_at, updated_at, case_id, office_id, level,
                                   judgment_id, suspect_id, months, life, suspended, fine,
                                   compensation, currency)
select md5('sentence' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level,
       md5('judgment' || n)::uuid, id,
       case when mod(n, 37) > 0 then 6 + mod(n * 7 + k, 200) end, mod(n, 37) = 0, mod(n, 6) = 1,
       case when mod(n, 3) = 0 then 1000 * (1 + mod(n, 50)) end,
       case when mod(n, 4) = 0 then 5000 * (1 + mod(n, 30)) end,
       (array['INR', 'PHP', 'INR'])[1 + mod(n, 3)]
  from load_suspect suspect
 where mod(n, 11) > 0
   and exists (select from prosecutions_charge c join prosecutions_chargedecision d
                   on d.charge_id = c.id
                where c.suspect_id = suspect.id
                  and d.disposition in ('convicted_trial', 'convicted_plea'));

insert into prosecutions_compensationpayment (id, version, created_at, updated_at, case_id,
                                              office_id, level, sentence_id, amount, paid_on)
select md5('compensation' || s.id)::uuid, 1, now(), now(), s.case_id, s.office_id, s.level, s.id,
       s.compensation / 2, c.opened_on + 500
  from prosecutions_sentence s join load_known c on c.id = s.case_id
 where s.compensation is not null and mod(c.n, 8) = 0;

insert into prosecutions_participation (id, version, created_at, updated_at, case_id, office_id,
                                        level, involvement_id, prosecution_id, kind, happened_on,
                                        declined_for, accompanied_by)
select md5('part' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level, id,
       md5('prosecution' || n)::uuid, (array['testified', 'statement', 'video'])[1 + mod(n, 3)],
       opened_on + 150, '', 'caseworker'
  from load_part where mod(n, 10) < 8 and k = mod(n, 4);

-- Networks over fifty cases each, one way of theirs, and matters that are two cases.

insert into prosecutions_network (id, version, created_at, updated_at, code, identified_on, status)
select md5('network' || n / 50)::uuid, 1, now(), now(), 'NL-' || n / 50, opened_on + 100,
       (array['active', 'active', 'dormant', 'broken_up'])[1 + mod(n / 50, 4)]
  from load_known where mod(n, 50) = 0;

insert into prosecutions_networkmember (id, version, created_at, updated_at, case_id, office_id,
                                        level, network_id, suspect_id, role, known_on)
select md5('member' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level,
       md5('network' || n / 50)::uuid, id,
       (array['organiser', 'recruiter', 'transporter', 'exploiter'])[1 + mod(n / 7, 4)],
       opened_on + 110
  from load_suspect where mod(n, 7) = 0;

insert into prosecutions_corridor (id, version, created_at, updated_at, case_id, office_id, level,
                                   network_id)
select md5('corridor' || n)::uuid, 1, now(), now(), id, office_id, level,
       md5('network' || n / 50)::uuid
  from load_known where mod(n, 50) = 0;

create temp table load_country on commit drop as
select id, row_number() over (order by code) - 1 as n, count(*) over () as many
  from places_jurisdiction where level = 'country';

insert into prosecutions_corridorleg (id, version, created_at, updated_at, case_id, office_id,
                                      level, corridor_id, position, kind, jurisdiction_id)
select md5('leg' || c.n || '-' || k)::uuid, 1, now(), now(), c.id, c.office_id, c.level,
       md5('corridor' || c.n)::uuid, k,
       (array['recruitment', 'transit', 'exploitation', 'identified'])[k], country.id
  from load_known c
  cross join generate_series(1, 4) k
  join load_country country on country.n = mod(c.n / 50 + k * k, country.many)
 where mod(c.n, 50) = 0;

insert into casework_caselink (id, version, created_at, updated_at, case_id, office_id, level,
                               other_id, kind)
select md5('link' || one.n || '-' || other.n)::uuid, 1, now(), now(), one.id, one.office_id,
       one.level, other.id, case when mod(least(one.n, other.n), 200) = 0 then 'twin'
                                 else 'related' end
  from load_known one join load_known other
    on (mod(one.n, 100) = 0 and other.n = one.n + 1) or (mod(one.n, 100) = 1 and other.n = one.n - 1);

-- Care: a plan for two of four survivors of a case, closed for most; one in fifty begins again.

insert into aftercare_careplan (id, version, created_at, updated_at, case_id, office_id, level,
                                involvement_id, opened_on, status, closed_on, closed_for,
                                closed_by_id)
select md5('plan' || n || '-' || k || turn)::uuid, 1, now(), now(), case_id, office_id, level, id,
       opened_on + 30 + 450 * turn, case when closed then 'closed' else 'open' end,
       case when closed then opened_on + 395 + 400 * turn end,
       case when closed then (array['goals_met', 'goals_met', 'relocated', 'transferred',
                                    'goals_met', 'declined', 'lost_contact', 'aged_out'])
                             [1 + mod(n, 8)] else '' end,
       case when closed then md5('user' || mod(n, 2000))::uuid end
  from load_part, generate_series(0, 1) turn,
       lateral (select turn = 0 and (mod(n, 10) < 7 or mod(n, 50) = 49) as closed) how
 where k < 2 and (turn = 0 or (mod(n, 50) = 49 and k = 0));

-- A thousand ways to answer: of each item 1 to 4, not applying, or none.
create temp table load_answers on commit drop as
select a.n, i.id as instrument_id,
       (select jsonb_object_agg(code, nullif(1 + mod(turn, 5), 5))
          from (select item ->> 'code' as code,
                       ('x' || substr(md5(a.n || '-' || (item ->> 'code')), 1, 6))::bit(24)::int
                       as turn
                  from jsonb_array_elements(i.domains) d,
                       jsonb_array_elements(d -> 'items') item) each
         where mod(turn / 5, 7 + mod(a.n, 9)) > 0) as answers
  from generate_series(0, 999) a (n),
       (select * from instruments_instrument order by code, edition limit 1) i;
create unique index on load_answers (n);

insert into aftercare_assessment (id, version, created_at, updated_at, case_id, office_id, level,
                                  involvement_id, plan_id, instrument_id, assessed_on, answers,
                                  status)
select md5('assessment' || p.n || '-' || p.k || turn)::uuid, 1, now(), now(), p.case_id,
       p.office_id, p.level, p.id, md5('plan' || p.n || '-' || p.k || 0)::uuid, a.instrument_id,
       p.opened_on + case turn when 0 then 50 else 380 end,
       coalesce(a.answers, '{}'), 'completed'
  from load_part p
  cross join generate_series(0, 1) turn
  join load_answers a on a.n = mod(p.n * 7 + p.k * 3 + turn * 11, 1000)
 where p.k < 2 and (turn = 0 or mod(p.n, 10) < 7) and mod(p.n, 13) > 0;

insert into aftercare_followup (id, version, created_at, updated_at, case_id, office_id, level,
                                plan_id, months, done_on, contact_lost, safe, in_school_or_work,
                                revictimised)
select md5('call' || n || '-' || k || months)::uuid, 1, now(), now(), case_id, office_id, level,
       md5('plan' || n || '-' || k || 0)::uuid, months, opened_on + 395 + 31 * months, lost,
       case when lost then 'unknown' else (array['yes', 'yes', 'yes', 'no', 'unknown'])
            [1 + mod(n / 3, 5)] end,
       case when lost then 'unknown' else (array['yes', 'no', 'unknown'])[1 + mod(n / 5, 3)] end,
       case when lost then 'unknown' else (array['no', 'no', 'no', 'no', 'yes', 'unknown'])
            [1 + mod(n / 7 + k, 6)] end
  from load_part, unnest(array[3, 6]) months, lateral (select mod(n + months, 17) = 0 as lost) how
 where k < 2 and mod(n, 10) < 7 and mod(n, 8) < 5 and (months = 3 or mod(n, 2) = 0);

-- Bonded labour, every eighth case: the paper for a third of the survivors, what is owed and paid.

insert into aftercare_releasecertificate (id, version, created_at, updated_at, case_id, office_id,
                                          level, involvement_id, person_id, jurisdiction_id,
                                          office_title, status, applied_on, answered_on, number)
select md5('certificate' || n || '-' || k)::uuid, 1, now(), now(), case_id, office_id, level, id,
       victim_id, place, '', 'issued', opened_on + 25, opened_on + 40 + mod(n, 200), n || '-' || k
  from load_part where mod(n, 8) = 0 and mod(n / 8 + k, 3) = 0;

insert into aftercare_entitlement (id, version, created_at, updated_at, case_id, office_id, level,
                                   certificate_id, involvement_id, person_id, rate_id,
                                   extreme_reason, total, deposit)
select md5('entitlement' || p.n || '-' || p.k)::uuid, 1, now(), now(), p.case_id, p.office_id,
       p.level, md5('certificate' || p.n || '-' || p.k)::uuid, p.id, p.victim_id, rate.id, '',
       rate.total, rate.deposit
  from load_part p
  join (select id, total, deposit, row_number() over (order by total, id) - 1 as n,
               count(*) over () as many from aftercare_schemerate) rate
    on rate.n = mod(p.n / 8, rate.many)
 where mod(p.n, 8) = 0 and mod(p.n / 8 + p.k, 3) = 0;

insert into aftercare_rehabilitationpayment (id, version, created_at, updated_at, case_id,
                                             office_id, level, entitlement_id, payer, tranche,
                                             amount, paid_on, reimbursed, reimbursed_on,
                                             not_counted)
select md5('payment' || p.n || '-' || p.k || turn)::uuid, 1, now(), now(), p.case_id, p.office_id,
       p.level, e.id, case when turn = 0 then 'state' else 'centre' end,
       case when turn = 0 then 'immediate' else 'deposit' end,
       case when turn = 0 then e.total / 10 else e.total - e.total / 10 end,
       p.opened_on + 250 + 200 * turn,
       case when turn = 0 and mod(p.n, 3) = 0 then e.total / 10 end,
       case when turn = 0 and mod(p.n, 3) = 0 then p.opened_on + 600 end, ''
  from load_part p
  join aftercare_entitlement e on e.involvement_id = p.id
  cross join generate_series(0, 1) turn
 where mod(p.n, 8) = 0 and (turn = 0 or mod(p.n / 8, 4) = 0);
