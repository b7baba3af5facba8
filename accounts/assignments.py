"""How many open cases rest on a person: numbers by office, for readers who see no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from accounts.models import Office

if TYPE_CHECKING:
    from accounts.models import User


def open_assignments(user: User) -> dict[Office, int]:
    with connection.cursor() as cursor:
        cursor.execute("select office_id, cases from open_assignments(%s)", [user.pk])
        numbers = dict(cursor.fetchall())
    offices = Office.objects.filter(pk__in=numbers).order_by("name")
    return {office: numbers[office.pk] for office in offices}
