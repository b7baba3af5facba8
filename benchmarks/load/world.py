"""The people of the load: who they are, their sessions and keys, and what they may open."""

from __future__ import annotations

import itertools
from typing import Any

from benchmarks.load.pages import WEIGHTS
from benchmarks.office import joined

PASSWORD = "invented-password-of-the-load"
OF_A_PERSON = 20  # cases, and survivors, that somebody opens in turns
ROLES = ("field_officer", "aftercare_worker", "legal_officer", "case_manager")
MANAGERS, PROGRAMS, ARRIVING = 10, 10, 10


def world(people: int) -> dict[str, Any]:
    """By role, so many of the people of `generate_load`; and a few managers of every office.

    Of each role no more than work at the same time: the screen of whoever does nothing locks.
    """
    from accounts.models import User  # noqa: PLC0415 - models need the scratch database

    users = list(User.objects.filter(username__startswith="load-").order_by("pk")[:people])
    by_role: dict[str, list[dict[str, Any]]] = {role: [] for role in ROLES}
    for user in users:
        person = _person(user)
        if all(person[kind] for kind in ("cases", "own", "survivors")):
            by_role[user.memberships.get().role].append(person)
    for role, there in by_role.items():
        del there[people * WEIGHTS[role] // sum(WEIGHTS.values()) :]
    managers = [_person(_manager(number)) for number in range(MANAGERS)]
    spread = list(itertools.chain.from_iterable(zip(*by_role.values(), strict=False)))
    return {
        "password": PASSWORD,
        "people": by_role
        | {
            "programme_manager": managers,
            "program": spread[:PROGRAMS],
            "arriving": [_arriving(number) for number in range(ARRIVING)],
        },
    }


def _person(user: Any) -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from accounts import keys  # noqa: PLC0415
    from casework.models import Case  # noqa: PLC0415
    from core.context import acting_as  # noqa: PLC0415
    from tests.clients import sign_in_fully  # noqa: PLC0415
    from victims.models import Involvement  # noqa: PLC0415

    client = Client()
    sign_in_fully(client, user, settings.AUTHENTICATION_BACKENDS[0])
    with acting_as(user.pk):
        cases = Case.objects.visible_to(user).values_list("pk", flat=True)[:OF_A_PERSON]
        own = user.assignments.filter(ended_at=None).values_list("case", flat=True)
        survivors = Involvement.objects.visible_to(user).values_list("pk", flat=True)
        return {
            "username": user.username,
            "cookies": {name: morsel.value for name, morsel in client.cookies.items()},
            "key": keys.make(user)[1],
            "cases": [str(pk) for pk in cases],
            "own": [str(pk) for pk in own[:OF_A_PERSON]],
            "survivors": [str(pk) for pk in survivors[:OF_A_PERSON]],
        }


def _manager(number: int) -> Any:
    from accounts.models import User  # noqa: PLC0415

    user = User.objects.create(username=f"manager-{number}", name=f"Invented Manager {number}")
    joined(user, _office(number), "programme_manager")
    return user


def _arriving(number: int) -> dict[str, Any]:
    from accounts.models import User  # noqa: PLC0415

    user = User(username=f"arriving-{number}", name=f"Invented Person {number}")
    user.set_password(PASSWORD)
    user.save()
    joined(user, _office(number), "field_officer")
    return {"username": user.username, "cookies": {}}


def _office(number: int) -> Any:
    from accounts.models import Office  # noqa: PLC0415

    return Office.objects.filter(code__startswith="load-").order_by("code")[number]
