"""A survivor with rows of all that can hang from one, and what hangs from a survivor."""

from __future__ import annotations

from django.apps import apps
from django.db import DatabaseError, transaction
from pghistory.models import Event

from casework.models import Case
from exchange.models import Imported
from prosecutions.models import CompensationPayment
from retention.models import LegalHold
from tests import factories
from tests.retention.world import of_cases
from victims.models import Involvement

# Of a survivor once somebody says so: what came in about one, what was paid to one.
LATER = (Imported, CompensationPayment)


def all_of_one(case):
    """A survivor of the case to whom as many of its rows belong as can be of one person."""
    part = factories.involvement(case)
    factories.identity(case)
    for model in of_cases():
        columns = {f.name: f for f in model._meta.concrete_fields}
        sets = {"involvement": part} if "involvement" in columns else {}
        sets |= {"victim": part.victim} if "victim" in columns and model is not Involvement else {}
        rows = model.objects.filter(case=case) if "case" in columns else model.objects.all()
        for row in rows if sets else ():
            try:
                with transaction.atomic():
                    model.objects.filter(pk=row.pk).update(**sets)
            except DatabaseError:  # of one person there can be one; or a rule says no
                continue
    return part


def hanging_from(*rows):
    """Ids of all rows that could not be without these, by table; found without what is declared."""
    found = {row._meta.db_table: {row.pk} for row in rows}
    links = [
        (model, field)
        for model in apps.get_models()
        if not issubclass(model, Event) and model is not LegalHold
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model
        if not field.null or model in LATER
    ]
    grown = True
    while grown:
        grown = False
        for model, field in links:
            parents = found.get(field.related_model._meta.db_table)
            if not parents:
                continue
            mine = found.setdefault(model._meta.db_table, set())
            new = set(
                model._base_manager.filter(**{f"{field.name}__in": parents}).values_list(
                    "pk", flat=True
                )
            )
            grown, found[model._meta.db_table] = grown or bool(new - mine), mine | new
    return {table: ids for table, ids in found.items() if ids}


def all_rows():
    """Every row of a case or a person, by table."""
    return {
        model._meta.db_table: set(model._base_manager.values_list("pk", flat=True))
        for model in [*of_cases(), Case]
    }


def tables_of_a_survivor():
    """Whatever cannot be without a survivor's record or part; and what came in about one."""
    ends = {"victims_victim", "victims_involvement"}
    models = [m for m in apps.get_models() if not issubclass(m, Event)]
    grown = True
    while grown:
        more = {
            m._meta.db_table
            for m in models
            for f in m._meta.concrete_fields
            if f.is_relation and f.related_model and not f.null
            if f.related_model._meta.db_table in ends
        }
        grown = not more <= ends
        ends |= more
    return ends | {model._meta.db_table for model in LATER}
