"""A late assessment meets no later due day: of plans under way the next day is worked out anew."""

from django.db import migrations

from aftercare.schedule import next_assessment


def work_out_anew(apps, _editor):
    plans = apps.get_model("aftercare", "CarePlan").objects.filter(status="open")
    assessments = apps.get_model("aftercare", "Assessment").objects
    for plan in plans.only("opened_on", "assess_by").iterator():
        done = assessments.filter(plan=plan.pk, status="completed")
        due = next_assessment(plan.opened_on, list(done.values_list("assessed_on", flat=True)))
        if due != plan.assess_by:
            plans.filter(pk=plan.pk).update(assess_by=due)


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0039_updated_since")]
    operations = [migrations.RunPython(work_out_anew, migrations.RunPython.noop)]
