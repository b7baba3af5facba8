"""Sets of ids by place and programme: one query gathers them, the tree of places rolls them up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce

from places.models import JurisdictionClosure
from victims.htcds import TraffickingStatus
from victims.models import Exploitation, Involvement
from victims.services.basis import out_of_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.params import Params

Ids = set[Any]
Cell = tuple[str, str | None]  # code of the place, programme (None: all)
Sets = dict[str, dict[tuple[Any, str], Ids]]  # name -> (leaf place, programme) -> ids

EVERY = Q(pk__isnull=False)
PROGRAMME = "case__programme"


def gather(rows: Any, place: str, who: Any, programme: str = PROGRAMME, /, **which: Q) -> Sets:
    """One query: the distinct `who` per place and programme, for each named condition.

    First what is true of each person there, then who they are: no aggregate has to sort.
    """
    conditions = {
        name: BoolOr(Case(When(only, then=True), default=False)) for name, only in which.items()
    }
    persons = rows.order_by().values_list(place, programme, who).annotate(**conditions)
    inner, params = persons.query.sql_with_params()
    lists = ", ".join(f"array_agg(person::text) filter (where {name})" for name in which)
    columns = ", ".join(("leaf", "programme", "person", *which))
    found: Sets = {name: {} for name in which}
    # Names of sets come from this code; every value stays a parameter.
    statement = f"select leaf, programme, {lists} from ({inner}) each ({columns}) group by 1, 2"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for leaf, of, *ids in cursor.fetchall():
            for name, some in zip(which, ids, strict=True):
                found[name][leaf, of] = set(some or ())
    return found


def people(reader: Any, params: Params) -> Any:
    """The parts of persons in cases that figures of survivors are made of."""
    return of_victims(Involvement.objects.countable_by(reader), params)


def of_victims(rows: Any, params: Params, part: str = "") -> Any:
    """Without who was found not to be a victim, in that case, by the as-of day.

    A finding in one record of a person holds for the others. From figures that leave, whoever said
    no to them is left out, too. `part`: the path to the part of the
    person in the case, with its underscores.
    """
    who = Coalesce(OuterRef(f"{part}victim__merged_into"), OuterRef(f"{part}victim"))
    found_not = Exploitation.objects.filter(
        Q(decided_on__isnull=True) | Q(decided_on__lte=params.as_of),
        status=TraffickingStatus.NOT,
        case=OuterRef(f"{part}case"),
    ).alias(who=Coalesce("involvement__victim__merged_into", "involvement__victim"))
    rows = rows.filter(~Exists(found_not.filter(who=who)))
    return rows.exclude(**{f"{part}victim__in": out_of_figures()}) if params.leaves else rows


def within(rows: Any, params: Params, place: str, programme: str = PROGRAMME) -> Any:
    """The rows of the place and programme asked for; for reports that are not by place."""
    if params.programme:
        rows = rows.filter(**{programme: params.programme})
    if params.jurisdiction:
        rows = rows.filter(**{f"{place}__ancestor_links__ancestor__code": params.jurisdiction})
    return rows


class Cells:
    """Every place and programme with anybody in it, from leaf places to all above them; per
    programme and for all of them.

    Who is in one is put together when it is asked for: all at once would hold everybody again for
    each place above them.
    """

    def __init__(self, sets: Sets, params: Params) -> None:
        self._sets = sets
        self._within: dict[Cell, set[tuple[Any, str]]] = defaultdict(set)
        above: dict[Any, list[str]] = defaultdict(list)
        for leaf, code in JurisdictionClosure.objects.values_list("descendant", "ancestor__code"):
            above[leaf].append(code)
        for leaves in sets.values():
            for (leaf, programme), ids in leaves.items():
                if not ids or (params.programme and programme != params.programme):
                    continue
                for code in above[leaf]:
                    for key in _keys(code, programme, params):
                        self._within[key].add((leaf, programme))

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._within)

    def __getitem__(self, key: Cell) -> dict[str, Ids]:
        within = self._within[key]
        return {
            name: set().union(*(leaves[one] for one in within if one in leaves))
            for name, leaves in self._sets.items()
        }


def _keys(code: str, programme: str, params: Params) -> list[Cell]:
    """Asked for one programme, there is no row for all of them."""
    return [(code, programme)] if params.programme else [(code, None), (code, programme)]
