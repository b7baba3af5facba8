"""A case as its reader may see it: what the case page shows, put together from every app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.models import Membership
from accounts.permissions import Perm
from accounts.roles import Role
from casework.enums import CaseStatus
from casework.models import Assignment, Case, Site
from casework.workflow import case_workflow
from core.access import CONTENT
from desk.beginning import offers
from desk.borders import Borders
from desk.care import Care
from desk.checks import please_check
from desk.court import Court
from desk.court.reader import Reader
from desk.ending import ending
from desk.inquiry import Inquiry
from desk.knowing import knowing
from desk.ledgers import Ledgers
from desk.names import Names
from desk.opening import closed, opening, sections
from desk.papers import papers
from desk.present import lacking
from desk.requests import Requests
from desk.rescues import Rescues
from desk.suspects import Suspects
from desk.taking_part import Participations
from desk.timeline_page import timeline
from desk.to_do import case_to_do
from desk.words import OUTCOME_TONES, STATUS_TONES
from victims.models import Involvement
from victims.persons import in_danger

if TYPE_CHECKING:
    from accounts.models import User


def case_file(case: Case, user: User) -> dict[str, Any]:
    """The context of the case page. A fixed number of queries, whatever the case holds."""
    content = user.scope.reads(case, Perm.CASE_VIEW)
    watches = user.has_perm(Perm.READERS_VIEW)
    context = heading(case) | {
        "can_see_content": content,
        "knowing": knowing(case, user),
        "readers_url": reverse("desk:case-readers", args=[case.pk]) if watches else "",
    }
    return context | (_content(case, user) if content else closed(case, user))


def _content(case: Case, user: User) -> dict[str, object]:
    """What stands below the heading for those to whom the case is open."""
    case.lacking = lacking(case)
    reader, seen = Reader(case, user), sections(case, user)
    care, court = Care(case, user), Court(reader)
    taking_part, requests = Participations(reader), Requests(reader)
    survivors = _survivors(reader, care, taking_part)
    inquiry, suspects = Inquiry(reader), Suspects(reader, court)
    rescues = Rescues(reader, seen)
    return (
        opening(case, user)
        | _verbs(case, user)
        | papers(case, user, seen)
        | ending(case, user)
        | {
            "sections": seen,
            "rescues": rescues.shown(survivors),
            "inquiry": inquiry.shown(seen),
            "online": inquiry.online(seen),
            "survivors": survivors,
            "suspects": suspects.shown(),
            "add_suspect_url": court.link(Perm.SUSPECT_NAME, "add-suspect", case),
            "court": court.shown()
            | {"checks": please_check(reader, court) if "court" in seen else []},
            "borders": Borders(reader).shown(seen),
            "taking_part": taking_part.shown(survivors),
            "requests": requests.shown(),
            "care": care.shown(survivors),
            "ledgers": Ledgers(case, user).shown(survivors) if "care" in seen else None,
            "to_do": case_to_do(case, user) if "to-do" in seen else None,
            "team": _team(case, user),
            "timeline": timeline(case, user),
            "sites": _sites(case, user),
        }
    )


def _verbs(case: Case, user: User) -> dict[str, object]:
    """What this reader may do here; nothing, where the case is only shown."""
    if not user.scope.reaches(case, CONTENT):
        return {}
    adds_site = user.has_perm(Perm.SITE_REGISTER) and offers(case, "casework:register-site")
    told = case_workflow.explained(case, user)
    return {
        "steps": [step for step, why_not in told if not why_not],
        "not_now": [why for _step, why in told if why],
        "move_url": reverse("casework:move", args=[case.pk]),
        "can_log_rescue": user.has_perm(Perm.RESCUE_LOG) and offers(case, "intake:log-rescue"),
        "log_rescue_url": f"{reverse('intake:log-rescue')}?case={case.pk}",
        "register_site_url": reverse("casework:register-site", args=[case.pk]) if adds_site else "",
        "can_assign": user.has_perm(Perm.CASE_ASSIGN),
        "assign_url": reverse("casework:assign", args=[case.pk]),
        "can_correct": user.has_perm(Perm.CASE_CORRECT),
        "correct_url": reverse("casework:correct-case", args=[case.pk]),
    }


def heading(case: Case) -> dict[str, object]:
    return {
        "case": {
            "id": case.pk,
            "reference": case.reference,
            "programme": case.get_programme_display(),
            "office": case.office.name,
            "place": case.jurisdiction.name,
            "status": case.get_status_display(),
            "status_tone": STATUS_TONES[case.status],
            "opened_on": case.opened_on,
            "closed_on": case.closed_on,
            "support": case.get_support_level_display(),
            "sealed": case.sealed,
            "before_rescue": case.status in CaseStatus.BEFORE_RESCUE,
            "version": case.version,
        }
    }


def _team(case: Case, user: User) -> list[dict[str, object]]:
    rows = list(case.rows(Assignment, user).in_force().select_related("user"))
    roles = dict(
        Membership.objects.in_force()
        .filter(user__in=[row.user_id for row in rows], office=case.office_id)
        .values_list("user_id", "role")
    )
    hands_over = user.has_perm(Perm.CASE_TRANSFER) and user.scope.reaches(case, CONTENT)
    assigns = user.has_perm(Perm.CASE_ASSIGN) and user.scope.reaches(case, CONTENT)
    return [
        {
            "name": row.user.name,
            "caseload_url": reverse("casework:transfer-caseload", args=[row.user_id])
            if hands_over
            else "",
            "role_label": Role(roles[row.user_id]).label if row.user_id in roles else "",
            "since": row.started_at,
            "take_off_url": reverse("casework:take-off", args=[row.pk])
            if assigns and not row.named
            else "",
        }
        for row in rows
    ]


def _survivors(reader: Reader, care: Care, taking_part: Participations) -> list[dict[str, object]]:
    case, user = reader.case, reader.user
    rows = sorted(reader.once(Involvement, "victim"), key=lambda row: _number(row.code))
    danger = in_danger([row.victim.person for row in rows], user)
    watches = user.has_perm(Perm.READERS_VIEW)
    names = Names(case, user)
    return [
        {
            "id": row.pk,
            "victim": row.victim_id,
            "code": row.code,
            "label": row.victim.in_words,
            "rescue": row.rescue_id,
            "outcome": row.outcome,
            "outcome_label": row.get_outcome_display(),
            "outcome_tone": OUTCOME_TONES.get(row.outcome, ""),
            "referrals": care.referrals_of(row),
            "services": care.services_of(row),
            "service_url": care.service_url(row),
            "readers_url": reverse("desk:person-readers", args=[row.pk]) if watches else "",
            "page_url": reverse("desk:survivor", args=[row.pk]),
            "danger": row.victim.person in danger,
        }
        | names.of(row)
        | taking_part.of(row)
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
            "place": row.jurisdiction.name,
            "closed_on": row.closed_on,
        }
        for row in sorted(rows, key=lambda row: _number(row.code))
    ]


def _number(code: str) -> int:
    return int(code.rpartition("-")[2])
