"""Is it alive, is it ready? Without words about what is inside."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse

from core.chain import standing
from core.database import replica
from core.files import disk
from core.files.bucket_files import away_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.utils import CursorWrapper
    from django.http import HttpRequest


# What an app knows to be amiss, in a few words without data, though the system serves.
details: list[Callable[[], str]] = []


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, its tables are those this code expects, and there is room to work."""
    try:
        with connection.cursor() as cursor:
            migrated = is_migrated(cursor)
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    state = {"database": True, "migrated": migrated}
    full = disk.full_now()
    faults = ["disk full"] * full + ["the file storage does not answer"] * away_now()
    faults += ["the replica is not read"] * replica.away_now()
    if migrated:  # what follows is no reason to serve nobody
        faults += ["events wait to be chained"] * standing.is_late()
        faults += [words for ask in details if (words := ask())]
    return JsonResponse(
        state | ({"detail": "; ".join(faults)} if faults else {}),
        status=200 if migrated and not full else 503,
    )


@cache
def migrations() -> frozenset[tuple[str, str]]:
    """The app and name of each migration there is: by the files, none of which is loaded."""
    return frozenset(
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path).glob("migrations/[!_]*.py")
    )


def is_migrated(cursor: CursorWrapper) -> bool:
    """Whether the tables are those that this code expects, or newer ones."""
    cursor.execute("select to_regclass('django_migrations') is not null")
    if cursor.fetchone() != (True,):
        return False
    cursor.execute("select app, name from django_migrations")
    return migrations() <= set(cursor.fetchall())
