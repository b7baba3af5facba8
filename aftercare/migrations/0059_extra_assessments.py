"""An extra assessment puts off no later due day: of open plans the next day is worked out anew."""

from importlib import import_module

from django.db import migrations

work_out_anew = import_module("aftercare.migrations.0049_late_assessments").work_out_anew


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0049_late_assessments")]
    operations = [migrations.RunPython(work_out_anew, migrations.RunPython.noop)]
