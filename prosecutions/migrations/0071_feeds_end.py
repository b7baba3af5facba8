"""A calendar's address ends on a day; those in use now have half a year."""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

GUARD = """
create function prosecutions_feed_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
      perform refuse('an address that was closed stays closed');
    end if;
  elsif is_serving() and not vouched(
          concat_ws('|', 'feed', new.user_id, encode(new.digest, 'hex')),
          current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this address');
  end if;
  return new;
end $$;
create trigger prosecutions_feed_guard before insert or update on prosecutions_calendarfeed
  for each row execute function prosecutions_feed_guard();
"""
UNGUARD = """
drop trigger prosecutions_feed_guard on prosecutions_calendarfeed;
drop function prosecutions_feed_guard();
"""


def in_half_a_year():
    return timezone.now() + timedelta(days=180)


class Migration(migrations.Migration):
    dependencies = [
        ("prosecutions", "0070_sent_up"),
        ("accounts", "0033_guards"),
    ]
    operations = [
        migrations.AddField(
            "calendarfeed",
            "expires_at",
            models.DateTimeField(default=in_half_a_year),
            preserve_default=False,
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
