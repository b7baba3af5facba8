"""Lists of this app that pages and the API read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from casework.models import Case, Note, OpenedCase, Site
from core.lists.declared import List
from core.lists.filters import answer, code, one_of
from core.lists.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from casework.querysets import CaseQuerySet
    from core.access import ScopedQuerySet
    from core.lists.filters import Filter

ME, NOBODY = "me", "nobody"
WITHIN = code("jurisdiction__ancestor_links__ancestor__code")  # a place, or any place in it


def _of_team(rows: CaseQuerySet, reader: User) -> CaseQuerySet:
    return rows.of_team(reader)


def _of_nobody(rows: CaseQuerySet, _reader: User) -> CaseQuerySet:
    return rows.open().without_anybody()


def _of_own_cases(rows: ScopedQuerySet, reader: User) -> ScopedQuerySet:
    return rows.filter(case__in=Case.objects.of_team(reader).values("pk"))


TEAMS = [(ME, "The caller’s own"), (NOBODY, "Nobody works on it")]
OF_TEAM = {"team": one_of([(ME, "Of the caller’s own cases")], lambda _code: _of_own_cases)}


def answered(noun: str) -> Filter:
    """Rows about which a set of own questions is answered so, by answers that the reader sees."""

    def narrowed(code: str, rule: str) -> Callable[[ScopedQuerySet, User], ScopedQuerySet]:
        def narrow(rows: ScopedQuerySet, reader: User) -> ScopedQuerySet:
            replies: Any = apps.get_model("questions.Reply").objects  # of an app above this one
            about = replies.visible_to(reader).saying(noun, code, rule).order_by()
            return rows.filter(pk__in=about.values("about"))

        return narrow

    return answer(narrowed)


HAND = [("pinned", "Pinned by the caller"), ("opened", "Opened lately by the caller")]


def _at_hand(name: str) -> Callable[[CaseQuerySet, User], CaseQuerySet]:
    """Those that the reader pinned, or opened last."""

    def narrowed(rows: CaseQuerySet, reader: User) -> CaseQuerySet:
        kept = OpenedCase.objects.visible_to(reader).filter(**{f"{name}_at__isnull": False})
        return rows.filter(pk__in=kept.values("of_case"))

    return narrowed


CASES = List(
    Case.objects.select_related("office", "jurisdiction"),
    "status programme office support_level",
    {"team": one_of(TEAMS, {ME: _of_team, NOBODY: _of_nobody}.__getitem__), "jurisdiction": WITHIN},
    "opened_on",
    {"at_hand": one_of(HAND, _at_hand), "answer": answered("case")},
    orders={"newest": "-opened_on", "reference": "reference"},
)
OF_CASE = Column("case", _("Case"))  # beside the rows of a case
TEAM = Column("team", _("Team"), needs=Perm.TEAM_VIEW)
NEXT = Column("next", _("Next hearing"), needs=Perm.PROSECUTION_VIEW)
ACTIVE = Column("active", _("Last activity"))
CASE_TABLE = Table(
    CASES,
    Column("case", _("Case"), order="reference"),
    Column("status", _("Status")),
    Column("programme", _("Programme")),
    Column("place", _("Place")),
    *(TEAM, NEXT, ACTIVE),
    Column("people", _("Survivors"), figures=True),
    Column("opened", _("Opened"), order="newest"),
    name="cases",
    filled_by=(Perm.CASE_OPEN, Perm.RESCUE_LOG),
    counted=lambda count: ngettext("%(count)s case", "%(count)s cases", count),
)
SITES = List(
    Site.objects.with_closing().select_related("jurisdiction", "case__jurisdiction"),
    "case kind setting",
    {"jurisdiction": WITHIN},
)
SITE_TABLE = Table(
    SITES,
    Column("site", _("Site")),
    Column("kind", _("Kind")),
    Column("place", _("Place")),
    Column("state", _("Now")),
    Column("others", _("Seen in other cases"), figures=True),
    Column("added", _("Added"), order="newest"),
    name="sites",
    filled_by=(Perm.SITE_REGISTER,),
    counted=lambda count: ngettext("%(count)s site", "%(count)s sites", count),
)
NOTES = List(
    Note.objects.select_related("written_by", "case__jurisdiction"),
    "case kind happened_on",
    orders={"newest": "-happened_on"},
)
NOTE_TABLE = Table(
    NOTES,
    Column("day", _("Day"), order="newest"),
    filled_by=(Perm.NOTE_WRITE,),
    counted=lambda count: ngettext("%(count)s note", "%(count)s notes", count),
)
