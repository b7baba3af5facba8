"""The parts of the pages of a case, each put together where a page asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.permissions import Perm
from accounts.roles import Role
from casework.models import Assignment, Site
from casework.verbs import Verbs, takes_work
from core.access import CONTENT
from desk.case.borders import Borders
from desk.case.care import Care
from desk.case.checks import please_check
from desk.case.ending import handing_over
from desk.case.inquiry import Inquiry
from desk.case.knowing import knowing
from desk.case.papers import papers
from desk.case.requests import Requests
from desk.case.rescues import Rescues
from desk.case.suspects import Suspects
from desk.case.taking_part import Accused, Participations
from desk.court import Court
from desk.court.reader import Reader, in_order
from desk.parts.folding import Cell, Line, first_and_rest, folded
from desk.parts.names import Names
from desk.parts.opening import opening, sections
from desk.to_do.lines import case_to_do
from desk.words import OUTCOME_TONES
from prosecutions.models import Accusation
from victims.models import Involvement
from victims.persons import in_danger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from accounts.models import User
    from casework.models import Case


class Parts:
    """A case whose content is open to its reader, and what several pages of it ask for."""

    def __init__(self, case: Case, user: User) -> None:
        self.case, self.user = case, user
        self.reader, self.seen = Reader(case, user), sections(case, user)
        self.writes = self.reader.writes
        self.told: set[UUID] = set()  # of whom something is told, for the record of who read it

    @cached_property
    def survivors(self) -> list[Involvement]:
        """In the order of their codes. Whether one is accused is asked with them."""
        self.reader.ahead(self.reader.rows(Involvement, "victim"), self.reader.rows(Accusation))
        return in_order(self.reader.once(Involvement, "victim"))

    @cached_property
    def danger(self) -> set[UUID]:
        """The persons who are in danger."""
        return in_danger([row.victim.person for row in self.survivors], self.user)

    @cached_property
    def accused(self) -> Accused:
        return Accused(self.reader)

    def tell(self, people: Iterable[Involvement]) -> None:
        self.told.update(pk for row in people for pk in (row.pk, row.victim_id))

    def guard(self) -> list[dict[str, str]]:
        """What stands above every page: survivors who are accused themselves."""
        if not self.accused.rows:
            return []
        self.tell(row for row in self.survivors if self.accused.of(row.pk))
        return self.accused.shown(self.survivors)

    def may(self, verb: Perm) -> bool:
        """Whether this reader may write here, and do this."""
        return self.writes and self.user.has_perm(verb)

    def opens(self, page: CasePage) -> bool:
        """Whether any part of a page is open to this reader."""
        return not self.seen.isdisjoint(page.sections)


@dataclass(frozen=True)
class CasePage:
    """What a page shows, and the sections of which one must be open for it to be offered."""

    sections: frozenset[str]
    shown: Callable[[Parts], dict[str, object]]


def people(parts: Parts) -> dict[str, object]:
    """Survivors and suspects, the team, and who else reads the case."""
    case, user, seen = parts.case, parts.user, parts.seen
    parts.tell(parts.survivors)
    suspects = Suspects(parts.reader) if "suspects" in seen else None
    return (
        opening(case, user)
        | handing_over(case, user)
        | {
            **_survivors(parts),
            "suspects": suspects.shown() if suspects else [],
            "add_suspect": parts.reader.verbs(parts.case, suspects and "prosecutions:add-suspect"),
            "team": _team(case, user) if "team" in seen else [],
            "can_assign": parts.may(Perm.CASE_ASSIGN),
            "assign_url": reverse("casework:assign", args=[case.pk]),
            "knowing": knowing(case, user),
        }
    )


def court(parts: Parts) -> dict[str, object]:
    """Proceedings, who takes part in them, what is asked of others."""
    if "court" not in parts.seen:
        return {}
    reader = parts.reader
    parts.tell(parts.survivors)
    section, taking_part = Court(reader), Participations(reader, parts.accused)
    return {
        "court": section.shown() | {"checks": please_check(reader)},
        "taking_part": taking_part.shown(parts.survivors),
        "requests": Requests(reader).shown(),
    }


def network(parts: Parts) -> dict[str, object]:
    """Who works together, over which countries, and the cases that belong to this one."""
    return {"borders": Borders(parts.reader).shown(parts.seen)}


def care(parts: Parts) -> dict[str, object]:
    if "care" not in parts.seen:
        return {}
    parts.tell(parts.survivors)
    return {"care": Care(parts.reader).shown(parts.survivors, parts.danger)}


def investigation(parts: Parts) -> dict[str, object]:
    """What was heard and found out, rescues and sites."""
    case, seen = parts.case, parts.seen
    parts.tell(parts.survivors)
    inquiry = Inquiry(parts.reader) if "inquiry" in seen else None
    logs = parts.may(Perm.RESCUE_LOG) and takes_work(case)
    return {
        "inquiry": inquiry.shown() if inquiry else None,
        "online": inquiry.online(seen) if inquiry else None,
        "rescues": Rescues(parts.reader, seen).shown() if "rescues" in seen else [],
        "can_log_rescue": logs,
        "log_rescue_url": f"{reverse('intake:log-rescue')}?case={case.pk}",
        "sites": _sites(case, parts.user) if "sites" in seen else [],
        "register_site": parts.reader.verbs(case, "casework:register-site"),
    }


def documents(parts: Parts) -> dict[str, object]:
    return papers(parts.case, parts.user, parts.seen)


def tasks(parts: Parts) -> dict[str, object]:
    parts.tell(parts.survivors)
    to_do = case_to_do(parts.case, parts.user) if "to-do" in parts.seen else None
    return {"to_do": to_do}


PARTS = {
    "people": CasePage(frozenset({"survivors", "suspects", "team"}), people),
    "court": CasePage(frozenset({"court"}), court),
    "care": CasePage(frozenset({"care"}), care),
    "investigation": CasePage(frozenset({"inquiry", "rescues", "sites"}), investigation),
    "network": CasePage(frozenset({"suspects", "links"}), network),
    "documents": CasePage(frozenset({"notes", "documents"}), documents),
    "to-do": CasePage(frozenset({"to-do"}), tasks),
}


def _survivors(parts: Parts) -> dict[str, object]:
    """In full whoever is in danger or accused, where they are many; the others by their outcome."""
    people = parts.survivors

    def is_first(row: Involvement) -> bool:
        return row.victim.person in parts.danger or bool(parts.accused.of(row.pk))

    first, rest = first_and_rest(people, is_first)
    lines = (
        Line(
            group=row.outcome,
            named=str(row.get_outcome_display()) or _("How it ended is not on record"),
            code=row.code,
            label=row.victim.in_words,
            url=reverse("desk:survivor", args=[row.pk]),
            cells=(Cell(_("In danger"), "danger") if is_first(row) else Cell(""),),
        )
        for row in rest
    )
    context = {
        "survivors": _in_full(parts, first),
        "survivors_folded": folded(lines, _("In danger")),
    }
    return context | {"survivors_count": len(people)}


def _in_full(parts: Parts, people: list[Involvement]) -> list[dict[str, object]]:
    watches = parts.user.has_perm(Perm.READERS_VIEW)
    names = Names(parts.case, parts.user)
    return [
        {
            "id": row.pk,
            "victim": row.victim_id,
            "code": row.code,
            "label": row.victim.in_words,
            "outcome_label": row.get_outcome_display(),
            "outcome_tone": OUTCOME_TONES.get(row.outcome, ""),
            "accused": parts.accused.of(row.pk),
            "readers_url": reverse("desk:person-readers", args=[row.pk]) if watches else "",
            "page_url": reverse("desk:survivor", args=[row.pk]),
            "danger": row.victim.person in parts.danger,
        }
        | names.of(row)
        for row in people
    ]


def _team(case: Case, user: User) -> list[dict[str, object]]:
    in_force = case.rows(Assignment, user).in_force().select_related("user")
    rows = list(in_force.order_by("user__name", "pk"))
    roles = dict(
        Membership.objects.in_force()
        .filter(user__in=[row.user_id for row in rows], office=case.office_id)
        .values_list("user_id", "role")
    )
    verbs = Verbs(case, user, writes=user.scope.reaches(case, CONTENT))
    return [
        {
            "name": row.user.name,
            "role_label": Role(roles[row.user_id]).label if row.user_id in roles else "",
            "since": row.started_at,
            "verbs": [
                *verbs(row.user, "casework:transfer-caseload"),
                *verbs(row, not row.named and "casework:take-off"),
            ],
        }
        for row in rows
    ]


def _sites(case: Case, user: User) -> list[dict[str, object]]:
    rows = case.rows(Site, user).with_closing()
    rows = rows.select_related("jurisdiction")
    return [
        {
            "url": row.get_absolute_url(),
            "code": row.code,
            "kind": row.get_kind_display(),
            "setting": row.get_setting_display(),
            "place": str(row.jurisdiction),
            "closed_on": row.closed_on,
        }
        for row in in_order(rows)
    ]
