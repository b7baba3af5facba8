"""A person across cases: described, called by other names, recognised in two records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.alike.merging import Merging, beyond_reach
from core.database.inserting import amend_each
from core.days import clock
from core.days.moments import OLDEST_YEARS
from core.refusals import gettext as _
from core.services import Refused, amend, service
from places.countries import COUNTRIES
from prosecutions.columns import OtherName
from prosecutions.enums import PerpetratorKind
from prosecutions.models import Alias, Merge, Perpetrator
from prosecutions.persons import may_write_about, within_reach
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from accounts.models import User
    from core.refusals import Words

DESCRIBED = ("name", "latin", "sound", "kind", "sex", "nationality", "born_year")


def require_person(record: Perpetrator, actor: User) -> None:
    """Who writes about a person reaches the content of one of the person's cases."""
    if not may_write_about(record, actor):
        raise PermissionDenied("perpetrator")


@service(Perm.SUSPECT_NAME, label=gettext_lazy("Describe an offender"))
def describe_perpetrator(
    perpetrator: Perpetrator,
    *,
    version: int,
    name: str = "",
    kind: str = PerpetratorKind.INDIVIDUAL,
    sex: str = Sex.UNKNOWN,
    nationality: str = "",
    born_year: int | None = None,
    actor: User,
) -> Perpetrator:
    """Write down or correct who a person or an organisation is. This shows in every case of
    this person; former values stay on record. Raises `Stale`."""
    require_person(perpetrator, actor)
    values = told_of(name=name, kind=kind, sex=sex, nationality=nationality, born_year=born_year)
    described = amend(perpetrator, version, **values)
    audit.record("perpetrator.described", described, actor=actor)
    return described


def told_of(
    *,
    name: str = "",
    kind: str = PerpetratorKind.INDIVIDUAL,
    sex: str = Sex.UNKNOWN,
    nationality: str = "",
    born_year: int | None = None,
) -> dict[str, object]:
    """What can be so of a person or an organisation, by field."""
    if kind == PerpetratorKind.ORGANISATION and (born_year or sex != Sex.UNKNOWN):
        raise Refused(_("An organisation has neither a sex nor a year of birth."))
    if nationality and nationality not in COUNTRIES:
        raise Refused(_("There is no country with this code."))
    this_year = clock.today().year
    if born_year is not None and not this_year - OLDEST_YEARS <= born_year <= this_year:
        raise Refused(_("Enter a later year of birth."))
    return {
        "name": name,
        "kind": kind,
        "sex": sex,
        "nationality": nationality,
        "born_year": born_year,
    }


def describe_each(pairs: list[tuple[Perpetrator, dict[str, object]]], *, actor: User) -> None:
    """The same of persons a file just brought, in sets: what `told_of` let pass."""
    describe_perpetrator.check(actor)
    for person, values in pairs:
        for name, value in values.items():
            setattr(person, name, value)
    people = [person for person, _values in pairs]
    amend_each(Perpetrator, people, *DESCRIBED)
    audit.record_each("perpetrator.described", people, actor=actor)


@service(Perm.SUSPECT_NAME, label=gettext_lazy("Add another name"))
def add_alias(perpetrator: Perpetrator, *, name: OtherName, actor: User) -> Alias:
    """Write down another name of a person, in any script. The person can be found by each name."""
    require_person(perpetrator, actor)
    perpetrator = Perpetrator.objects.select_for_update().get(pk=perpetrator.pk)
    if name == perpetrator.name or perpetrator.aliases.filter(name=name).exists():
        raise Refused(_("This name is already recorded."))
    alias = Alias.objects.create(perpetrator=perpetrator, name=name)
    audit.record("alias.added", alias, actor=actor)
    return alias


@service(Perm.SUSPECT_NAME)
def remove_alias(alias: Alias, *, actor: User) -> Perpetrator:
    """Take away a name that is not this person's. It stays in the history."""
    person: Perpetrator = alias.perpetrator
    require_person(person, actor)
    audit.record("alias.removed", alias, actor=actor)
    alias.delete()
    return person


@service(Perm.PERPETRATOR_MERGE)
def merge_perpetrators(keep: Perpetrator, *, other: Perpetrator, actor: User) -> Perpetrator:
    """Say that another record is this same person. `merges/` lists it, to be undone."""
    for record in (keep, other):
        require_person(record, actor)
    kept: Perpetrator = MERGING.unite(keep, other, actor)
    audit.record("perpetrators.merged", kept, actor=actor, other=str(other.pk))
    return kept


@service(Perm.PERPETRATOR_MERGE)
def undo_merge(merge: Merge, *, actor: User) -> Merge:
    """Say that two records are not one person after all. Each is as it was before."""
    require_person(merge.kept, actor)
    undone: Merge = MERGING.part(merge, actor)
    audit.record("merge.undone", undone, actor=actor, records=len(undone.moved))
    return undone


def _require_all_open(ids: Iterable[UUID], actor: User) -> None:
    wanted = set(ids)
    if within_reach(Perpetrator.objects.filter(pk__in=wanted), actor).count() < len(wanted):
        raise beyond_reach()


def _of_two_kinds(kept: Perpetrator, gone: Perpetrator) -> Words | None:
    if kept.kind == gone.kind:
        return None
    return _("A person and an organisation cannot be the same.")


MERGING = Merging(Merge, _require_all_open, _of_two_kinds)
