"""Rows that are there already belong to the one office of their place; else to the whole."""

from django.db import migrations

OF_PLACE = ("Study", "ExternalStatistic", "DistrictSurvey", "ProgrammePlace", "Evaluation")


def settle(apps, _schema):
    nearest = offices_of_places(apps)
    rows = {name: "jurisdiction_id" for name in OF_PLACE} | {"Training": "agency__jurisdiction_id"}
    for name, place in rows.items():
        model = apps.get_model("studies", name)
        for at in set(model.objects.filter(office=None).values_list(place, flat=True)):
            if office := nearest.get(at):
                ids = list(model.objects.filter(**{place: at}).values_list("pk", flat=True))
                model.objects.filter(pk__in=ids).update(office_id=office)


def offices_of_places(apps):
    """By place the office that works there alone: of the nearest place that has any, if one."""
    office, link = apps.get_model("accounts", "Office"), "ancestor_links__ancestor"
    there = {}
    for pk, place in office.objects.filter(is_global=False).values_list("pk", "jurisdiction_id"):
        there.setdefault(place, []).append(pk)
    found = {}
    closure = apps.get_model("places", "JurisdictionClosure").objects.order_by("depth")
    for place, around in closure.values_list("descendant_id", "ancestor_id"):
        if around in there and place not in found:
            found[place] = there[around][0] if len(there[around]) == 1 else None
    return found


class Migration(migrations.Migration):
    dependencies = [("studies", "0003_offices"), ("places", "0002_closure")]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
