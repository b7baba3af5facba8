-- Nobody is paid more than is owed: the second guard, beside the service. The rows of an entitlement
-- are counted under its lock.

-- Of a payment.
create function aftercare_not_above_entitlement() returns trigger
language plpgsql as $$
declare
  owed record;
  paid record;
begin
  select id, total, deposit into owed from aftercare_entitlement
   where id = new.entitlement_id for update;
  select coalesce(sum(amount), 0) as in_all,
         coalesce(sum(amount) filter (where tranche = 'deposit'), 0) as deposited,
         coalesce(sum(amount) filter (where tranche in ('immediate', 'cash')), 0) as in_hand
    into paid from aftercare_rehabilitationpayment
   where entitlement_id = owed.id and not_counted = '';
  if paid.in_all > owed.total or paid.deposited > owed.deposit
     or paid.in_hand > owed.total - owed.deposit then
    raise exception 'more is paid than owed' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger aftercare_payment_within
  after insert or update of entitlement_id, amount, tranche, not_counted
  on aftercare_rehabilitationpayment
  for each row execute function aftercare_not_above_entitlement();

-- Of the title itself.
create function aftercare_not_below_paid() returns trigger
language plpgsql as $$
declare
  owed record;
  paid record;
begin
  select id, total, deposit into owed from aftercare_entitlement
   where id = new.id for update;
  select coalesce(sum(amount), 0) as in_all,
         coalesce(sum(amount) filter (where tranche = 'deposit'), 0) as deposited,
         coalesce(sum(amount) filter (where tranche in ('immediate', 'cash')), 0) as in_hand
    into paid from aftercare_rehabilitationpayment
   where entitlement_id = owed.id and not_counted = '';
  if paid.in_all > owed.total or paid.deposited > owed.deposit
     or paid.in_hand > owed.total - owed.deposit then
    raise exception 'more is paid than owed' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger aftercare_entitlement_above after update of total, deposit on aftercare_entitlement
  for each row execute function aftercare_not_below_paid();
