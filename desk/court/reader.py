"""What the parts of a case page begin with: the rows of a case one reader may see, read once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from casework.verbs import Verbs
from core.access import CONTENT
from core.shortcuts.statements import KeptStatement
from core.shortcuts.together import read_together
from prosecutions.models import Suspect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    from accounts.models import User
    from casework.models import Case


class Reader:
    """Whoever reads a case: its rows as far as they are open, the verbs as far as they may."""

    def __init__(self, case: Case, user: User) -> None:
        self.case, self.user = case, user
        self.writes = user.scope.reaches(case, CONTENT)
        self.verbs = Verbs(case, user, writes=self.writes)
        self.read: dict[Any, list[Any]] = {}  # by table, what one part read and others look at

    def rows(self, model: object, *beside: str) -> Any:
        rows = self.case.rows(model, self.user)
        return rows.select_related(*beside) if beside else rows

    def keep(self, rows: QuerySet[Model]) -> list[Any]:
        """All rows of a table, with what the part that reads them first needs of them."""
        records = self.read[rows.model] = list(rows)
        return records

    def ahead(self, *asked: QuerySet[Model]) -> None:
        """Read tables that several parts look at, in one statement; not those known already."""
        unknown = [rows for rows in asked if rows.model not in self.read]
        read_together(*unknown)
        for rows in unknown:
            self.keep(rows)

    def once(self, model: object, *beside: str) -> list[Any]:
        """All rows of a table, in any order: as they were read, or read now."""
        known = self.read.get(model)
        return self.keep(self.rows(model, *beside)) if known is None else known

    def statuses(self) -> dict[Any, str]:
        """Where each suspect of the case stands, by id (`SuspectStatus`)."""
        if self.case.lacking and Suspect in self.case.lacking:
            return {}
        today = self.case.jurisdiction.today
        return dict(_statuses.fetched("", _asked, self.user, today, self.case))


# Where somebody stands is a long question, put into words once for each kind of reader.
_statuses = KeptStatement()


def _asked(reader: Any, _today: object, case: Any) -> tuple[str, tuple[Any, ...]]:
    rows = Suspect.objects.visible_in(case, reader).with_status().order_by()
    text, given = rows.values_list("pk", "status").query.sql_with_params()
    return text, tuple(given)


def by(key: str, rows: Iterable[object]) -> defaultdict[Any, list[Any]]:
    """Rows under the id they belong to."""
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def grouped(pairs: Iterable[tuple[str, Suspect]]) -> list[dict[str, str]]:
    """Suspects under the words that hold for them."""
    groups: defaultdict[str, dict[Any, Suspect]] = defaultdict(dict)
    for words, suspect in pairs:
        groups[words][suspect.pk] = suspect
    return [{"label": words, "codes": codes(who.values())} for words, who in groups.items()]


def in_order(people: Iterable[Any]) -> list[Any]:
    """Suspects, survivors or sites in the order of their numbers."""
    return sorted(people, key=lambda row: int(row.code.rpartition("-")[2]))


def codes(people: Iterable[Any]) -> str:
    """“A-2, A-10”: suspects or survivors by their codes, in the order of their numbers."""
    return ", ".join(sorted((row.code for row in people), key=lambda code: (len(code), code)))
