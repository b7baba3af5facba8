"""More kinds of boxes than rescues.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_phones")]

    operations = []
