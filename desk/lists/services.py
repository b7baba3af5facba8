"""Looking at a list of what stands in cases is recorded, with the cases of its rows; so is taking a
list away in a file, with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from core import audit
from core.lists.forms import FILTERS
from core.refusals import gettext as _
from core.services import Refused, service
from desk.lists import files
from desk.lists.nouns import HEARINGS, REFERRALS, SURVIVORS, SUSPECTS, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from core.models import Record
    from desk.lists.files import Filed, Wanted
    from desk.lists.nouns import Lines, Noun


@service(SURVIVORS.needs)
def read_survivors(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the survivors of all cases."""
    return _read(SURVIVORS, query, actor)


@service(SUSPECTS.needs)
def read_suspects(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the suspects of all cases."""
    return _read(SUSPECTS, query, actor)


@service(HEARINGS.needs)
def read_hearings(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the hearings of all cases."""
    return _read(HEARINGS, query, actor)


@service(REFERRALS.needs)
def read_referrals(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the referrals of all cases."""
    return _read(REFERRALS, query, actor)


def _read(noun: Noun, query: Mapping[str, str], actor: User) -> Lines:
    lines = lines_of(noun, query, actor)
    audit.read_rows(noun.deed, noun.label, lines.ids, actor=actor, shown=lines.seen)
    return lines


@service(Perm.EXPORT_IDENTIFY, fresh=True)
def export_cases(wanted: Wanted, *, actor: User) -> Sequence[Record]:
    """The cases of the list, for a file that leaves the system: recorded with why.

    It says which cases there are, so it wants the right to take that away, as exports do.
    """
    return _give(files.CASES, wanted, actor)


@service(Perm.EXPORT_IDENTIFY, fresh=True)
def export_to_do(wanted: Wanted, *, actor: User) -> Sequence[Record]:
    """What is to be done as the list says, for a file: it names cases, as theirs does."""
    return _give(files.TASKS, wanted, actor)


@service(Perm.EXPORT_MAKE, fresh=True)
def export_providers(wanted: Wanted, *, actor: User) -> Sequence[Record]:
    """The providers of the list, for a file."""
    return _give(files.PROVIDERS, wanted, actor)


@service(Perm.PEOPLE_VIEW, fresh=True)
def export_people(wanted: Wanted, *, actor: User) -> Sequence[Record]:
    """The accounts of the list, for a file."""
    return _give(files.PEOPLE, wanted, actor)


@service(Perm.AUDIT_VIEW, fresh=True)
def export_events(wanted: Wanted, *, actor: User) -> Sequence[Record]:
    """The events of the history, for a file."""
    return _give(files.EVENTS, wanted, actor)


def _give(filed: Filed, wanted: Wanted, actor: User) -> Sequence[Record]:
    if wanted.reason not in files.FileReason.values:
        raise Refused(_("Say what the file is for."))
    rows = filed.rows(actor, wanted.query, wanted.only)
    label = FILTERS[filed.listed].table.listed.rows.model._meta.label
    ids = [row.pk for row in rows]
    cases = {case for row in rows if (case := getattr(row, "case_id", None))}
    audit.read_rows(filed.deed, label, ids, actor=actor, shown=cases, reason=wanted.reason)
    return rows
