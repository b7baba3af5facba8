"""Immediate relief and cash together stay within what is not deposited."""

from django.db import migrations

# As in 0011, but for what is compared: `paid.cash` was the cash alone, and `in_all` the whole.
GUARD = """
create or replace function aftercare_{name}() returns trigger language plpgsql as $$
declare
  owed record;
  paid record;
begin
  select id, total, deposit into owed from aftercare_entitlement
   where id = new.{key} for update;
  select coalesce(sum(amount), 0) as in_all,
         coalesce(sum(amount) filter (where tranche = 'deposit'), 0) as deposited,
         coalesce(sum(amount) filter (where tranche in ({in_hand})), 0) as in_hand
    into paid from aftercare_rehabilitationpayment
   where entitlement_id = owed.id and not_counted = '';
  if paid.in_all > owed.total or paid.deposited > owed.deposit
     or paid.in_hand > owed.total - owed.deposit then
    raise exception 'more is paid than owed' using errcode = 'check_violation';
  end if;
  return null;
end $$;
"""


def guards(in_hand: str) -> str:
    of_payment = GUARD.format(name="not_above_entitlement", key="entitlement_id", in_hand=in_hand)
    return of_payment + GUARD.format(name="not_below_paid", key="id", in_hand=in_hand)


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0035_beds_ends_and_criteria")]
    operations = [migrations.RunSQL(guards("'immediate', 'cash'"), guards("'cash'"))]
