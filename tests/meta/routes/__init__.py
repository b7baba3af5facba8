"""Every route and every method it declares, with the permission it asks for.

The third part of the matrix, by hand, in one module for each app that answers. `verb@level` where
a method asks for another level of the case than its verb does in `matrix.DOES`: most often a form
that may be looked at; `own`: about the person's own row only. A route or a method that stands in
none of them fails `test_matrix.py`, and so does a line without its route.
"""

from __future__ import annotations

from tests.meta.matrix import ACTS, LEVEL_OF, VIEWS
from tests.meta.routes import (
    accounts,
    aftercare,
    backups,
    casework,
    core,
    desk,
    exchange,
    instruments,
    intake,
    places,
    prosecutions,
    questions,
    reports,
    retention,
    studies,
    victims,
)

APPS = (
    accounts,
    aftercare,
    backups,
    casework,
    core,
    desk,
    exchange,
    instruments,
    intake,
    places,
    prosecutions,
    questions,
    reports,
    retention,
    studies,
    victims,
)
KNOWN = {*VIEWS, *ACTS, "anyone"}


def declared() -> dict[tuple[str, str], tuple[str, str]]:
    """By route and method the permission, and the level of the case: -, r, 1, 2 or 3."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for line in filter(None, "".join(app.ROUTES for app in APPS).splitlines()):
        route, *words = line.split()
        for part in " ".join(words).split(" | "):
            *methods, need = part.split()
            verb, _at, level = need.partition("@")
            assert verb in KNOWN, f"{route}: {verb} is in no table of the matrix"
            for method in methods:
                assert (route, method) not in found, f"{method} {route} is said twice"
                found[route, method] = verb, level or LEVEL_OF.get(verb, "-")
    return found


DECLARED = declared()
