"""Acting as a person, and what a person sees of a case by each wall alone."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from accounts.models import User
from casework.models import Assignment, Case, Narrative, Rescue, Site
from core.context import acting_as
from tests import factories
from victims.models import Involvement

TABLES = (Case, Assignment, Rescue, Site, Narrative, Involvement)


def full_case(office=None):
    """A case with rows at every level."""
    case = factories.case(office)
    factories.narrative(case)
    factories.site(case)
    factories.involvement(case)
    return case


def again(user):
    """The person as the next request finds them."""
    return User.objects.get(pk=user.pk)


def act(verb, target, actor, **words):
    """As in a request of this person."""
    actor = again(actor)
    with acting_as(actor.pk):
        return verb(target, actor=actor, **words)


def sees(user, case, tables=TABLES):
    """The tables of which a row of this case is open to the person, by either wall."""
    return by_application(user, case, tables) | by_database(user, case, tables)


def by_application(user, case, tables=TABLES):
    user = again(user)
    return {m.__name__ for m in tables if m.objects.visible_to(user).filter(_of(m, case)).exists()}


def by_database(user, case, tables=TABLES):
    """Asked with plain SQL, so that no queryset narrows it."""
    with acting_as(user.pk), connection.cursor() as cursor:
        return {m.__name__ for m in tables if _any(cursor, m, case)}


def _any(cursor, model, case):
    column = "id" if model is Case else "case_id"
    cursor.execute(f"select 1 from {model._meta.db_table} where {column} = %s limit 1", [case.pk])
    return cursor.fetchone() is not None


def _of(model, case):
    return Q(pk=case.pk) if model is Case else Q(case=case)


EXISTS = {"Case", "Assignment"}
ALL = {model.__name__ for model in TABLES}
