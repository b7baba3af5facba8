"""Cases at "Rescue planned" are under investigation: that a rescue is near is told by plans alone.

Closed ones go on there as well if they are reopened.

Backwards: no, nobody knows afterwards which they were
"""

from django.db import migrations

# A new database has no case yet, nor the functions that the history of one is written by.
FORWARDS = """
do $$ begin
  if exists (select from casework_case where status = 'rescue_planned') then
    update casework_case
       set status = 'investigation', updated_at = statement_timestamp(), version = version + 1
     where status = 'rescue_planned';
  end if;
  if exists (select from casework_closing where stood = 'rescue_planned') then
    update casework_closing
       set stood = 'investigation', updated_at = statement_timestamp(), version = version + 1
     where stood = 'rescue_planned';
  end if;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_rescue_plan")]
    operations = [migrations.RunSQL(FORWARDS)]
