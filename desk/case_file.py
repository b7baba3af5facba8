"""A case as its reader may see it: what the case page shows, put together from every app."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse

from accounts.models import Membership
from accounts.permissions import Perm
from accounts.roles import Role
from casework.models import Assignment, Case, Narrative, Rescue, Site
from casework.workflow import case_workflow
from core.access import CONTENT
from desk.care import Care
from desk.court import Court
from desk.timeline import at_place, timeline
from desk.words import OUTCOME_TONES, STATUS_TONES, SUSPECT_TONES
from prosecutions.enums import SuspectStatus
from prosecutions.models import Arrest, Suspect
from victims.enums import Outcome
from victims.models import Involvement


def case_file(case: Case, user: Any) -> dict[str, Any]:
    """The context of the case page. A fixed number of queries, whatever the case holds."""
    content = user.scope.reaches(case, CONTENT)
    context = heading(case) | {"can_see_content": content}
    if not content:
        return context
    team = _team(case, user)
    care, court = Care(case, user), Court(case, user)
    survivors = _survivors(case, user, care)
    arrests = list(Arrest.objects.visible_to(user).filter(case=case))
    rescues = _rescues(case, user, survivors, arrests)
    return context | {
        "rescues": rescues,
        "survivors": survivors,
        "suspects": _suspects(case, user, arrests, court),
        "add_suspect_url": court.link(Perm.SUSPECT_NAME, "add-suspect", case),
        "court": court.shown(),
        "care": care.shown(survivors),
        "team": team,
        "timeline": timeline(case, rescues, team, [*court.events(), *care.events(survivors)]),
        "steps": case_workflow.available(case, user),
        "move_url": reverse("casework:move", args=[case.pk]),
        "can_log_rescue": user.has_perm(Perm.RESCUE_LOG),
        "log_rescue_url": f"{reverse('intake:log-rescue')}?case={case.pk}",
        "sites": _sites(case, user),
        "register_site_url": reverse("casework:register-site", args=[case.pk])
        if user.has_perm(Perm.SITE_REGISTER)
        else "",
        "can_assign": user.has_perm(Perm.CASE_ASSIGN),
        "assign_url": reverse("casework:assign", args=[case.pk]),
        "can_correct": user.has_perm(Perm.CASE_CORRECT),
        "correct_url": reverse("casework:correct-case", args=[case.pk]),
    }


def heading(case: Case) -> dict[str, Any]:
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
            "sealed": case.sealed,
            "version": case.version,
        }
    }


def _team(case: Case, user: Any) -> list[dict[str, Any]]:
    rows = list(
        Assignment.objects.visible_to(user).in_force().filter(case=case).select_related("user")
    )
    roles = dict(
        Membership.objects.in_force()
        .filter(user__in=[row.user_id for row in rows], office=case.office_id)
        .values_list("user_id", "role")
    )
    return [
        {
            "name": row.user.name,
            "role_label": Role(roles[row.user_id]).label if row.user_id in roles else "",
            "since": row.started_at,
        }
        for row in rows
    ]


def _survivors(case: Case, user: Any, care: Care) -> list[dict[str, Any]]:
    rows = Involvement.objects.visible_to(user).filter(case=case).select_related("victim")
    return [
        {
            "id": row.pk,
            "code": row.code,
            "label": row.victim.in_words,
            "rescue": row.rescue_id,
            "outcome": row.outcome,
            "outcome_label": row.get_outcome_display(),
            "outcome_tone": OUTCOME_TONES.get(row.outcome, ""),
            "referrals": care.referrals_of(row),
            "services": care.services_of(row),
            "service_url": care.service_url(row),
        }
        for row in sorted(rows, key=lambda row: _number(row.code))
    ]


def _suspects(case: Case, user: Any, arrests: list[Arrest], court: Court) -> list[dict[str, Any]]:
    arrested = {arrest.suspect_id: arrest.arrested_on for arrest in arrests}
    rows = Suspect.objects.visible_to(user).filter(case=case).with_status()
    rows = rows.select_related("perpetrator")
    return [
        {
            "code": row.code,
            "role_label": row.get_role_display(),
            "name": row.perpetrator.name,
            "name_url": court.link(Perm.SUSPECT_NAME, "name-suspect", row),
            "arrested_on": arrested.get(row.pk),
            "charges": court.ends_of(row),
            "status": SuspectStatus(row.status).label,
            "tone": SUSPECT_TONES[row.status],
            **court.custody_of(row),
        }
        for row in sorted(rows, key=lambda row: _number(row.code))
    ]


def _sites(case: Case, user: Any) -> list[dict[str, Any]]:
    rows = Site.objects.visible_to(user).filter(case=case).select_related("jurisdiction")
    return [
        {
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


def _rescues(
    case: Case, user: Any, survivors: list[dict[str, Any]], arrests: list[Arrest]
) -> list[dict[str, Any]]:
    safe = Counter(p["rescue"] for p in survivors if p["outcome"] == Outcome.RESCUED)
    arrested = Counter(arrest.rescue_id for arrest in arrests)
    told = set(
        Narrative.objects.visible_to(user).filter(case=case).values_list("rescue_id", flat=True)
    )
    rows = (
        Rescue.objects.visible_to(user)
        .filter(case=case)
        .select_related("jurisdiction", "led_by")
        .prefetch_related("rescue_sites__site", "rescue_agencies__agency")
        .order_by("-occurred_at")
    )
    return [
        {
            "id": row.pk,
            "moment": row.occurred_at,
            "when": at_place(row.occurred_at, row.jurisdiction),
            "place": row.jurisdiction.name,
            "site": ", ".join(
                f"{link.site.get_kind_display()} {link.site.code}"
                for link in row.rescue_sites.all()
            ),
            "agencies": [link.agency.name for link in row.rescue_agencies.all()],
            "people": safe[row.pk],
            "arrests": arrested[row.pk],
            "by": row.led_by.name,
            "narrative_url": reverse("casework:narrative", args=[row.pk])
            if row.pk in told
            else None,
        }
        for row in rows
    ]
