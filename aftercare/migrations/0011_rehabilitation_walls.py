"""What is owed and paid obeys its case; the number of the bank and the escort are of identity."""

from django.db import migrations

from core import rls

CONTENT = (
    "releasecertificate",
    "entitlement",
    "rehabilitationpayment",
    "compensationclaim",
    "claimpayment",
    "repatriation",
)
PRIVATE = ("bankreference", "escort")
# The second guard, beside the service: the rows of an entitlement are counted under its lock.
GUARD = """
create function aftercare_not_above_entitlement() returns trigger language plpgsql as $$
declare
  owed record;
  paid record;
begin
  select id, total, deposit into owed from aftercare_entitlement
   where id = {key} for update;
  select coalesce(sum(amount), 0) as in_all,
         coalesce(sum(amount) filter (where tranche = 'deposit'), 0) as deposited,
         coalesce(sum(amount) filter (where tranche = 'cash'), 0) as cash
    into paid from aftercare_rehabilitationpayment
   where entitlement_id = owed.id and not_counted = '';
  if paid.in_all > owed.total or paid.deposited > owed.deposit
     or paid.cash > owed.total - owed.deposit then
    raise exception 'more is paid than owed' using errcode = 'check_violation';
  end if;
  return null;
end $$;
"""
OF_PAYMENT = GUARD.format(key="new.entitlement_id") + """
create trigger aftercare_payment_within after insert or update of entitlement_id, amount, tranche, not_counted
  on aftercare_rehabilitationpayment
  for each row execute function aftercare_not_above_entitlement();
"""
OF_TITLE = (
    GUARD.format(key="new.id").replace("not_above_entitlement", "not_below_paid")
    + """
create trigger aftercare_entitlement_above after update of total, deposit on aftercare_entitlement
  for each row execute function aftercare_not_below_paid();
"""
)
UNGUARD = """
drop trigger aftercare_payment_within on aftercare_rehabilitationpayment;
drop trigger aftercare_entitlement_above on aftercare_entitlement;
drop function aftercare_not_above_entitlement();
drop function aftercare_not_below_paid();
"""


def protect(name: str) -> list[migrations.RunSQL]:
    table = f"aftercare_{name}"
    return [rls.case_rows(table, 2), rls.shown(table, "care"), rls.case_history(f"{table}event", 2)]


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0010_rehabilitation"), ("casework", "0004_standing")]
    operations = [
        *(step for name in CONTENT for step in protect(name)),
        *(rls.case_rows(f"aftercare_{name}", 3) for name in PRIVATE),
        migrations.RunSQL(OF_PAYMENT + OF_TITLE, UNGUARD),
    ]
