"""One rescue as its reader may see it: where and when, who was met, and what was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from casework.models import Narrative
from casework.verbs import Verbs, takes_work
from core.access import CONTENT
from core.shortcuts.together import read_together
from desk.case.rescue_history import rescue_history
from desk.case.rescues import agencies_there, sites_of
from desk.own_questions import OwnQuestions
from desk.parts.opening import sections
from desk.words import OUTCOME_TONES
from prosecutions.models import Arrest, SuspectMet
from victims.models import Involvement

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Rescue
    from core.access import ScopedQuerySet


def rescue_page(rescue: Rescue, actor: User) -> dict[str, Any]:
    """Everything on the page; `shown`: the people on it, for the record of who read them."""
    case, seen = rescue.case, sections(rescue.case, actor)
    writes = actor.scope.reaches(case, CONTENT) and takes_work(case)
    verbs = Verbs(case, actor, writes=writes)
    prefetch_related_objects([rescue], sites_of(actor), agencies_there())
    met, arrests, escaped, narratives = _rows(rescue, actor)
    read_together(met, arrests, escaped, narratives)
    own = OwnQuestions(verbs, "rescue", only=Q(about=rescue.pk))
    ids = [pk for row in met for pk in (row.pk, row.victim_id)]
    return {
        "case": case,
        "shown": ids,
        "rescue": rescue,
        "when": rescue.jurisdiction.clock(rescue.occurred_at),
        "by": rescue.led_by.name if "team" in seen else "",
        "sites": [row.site for row in rescue.rescue_sites.all()],
        "agencies": [(row.agency.name, row.led) for row in rescue.rescue_agencies.all()],
        "people": [_person(row, verbs) for row in met] if "survivors" in seen else None,
        "arrests": [
            {"code": row.suspect.code, "role": row.suspect.get_role_display()} for row in arrests
        ]
        if "suspects" in seen
        else None,
        "met": [
            {"code": row.suspect.code, "role": row.suspect.get_role_display()} for row in escaped
        ]
        if "suspects" in seen
        else None,
        "narrative_url": reverse("casework:narrative", args=[rescue.pk]) if narratives else "",
        "amend": verbs(rescue, "casework:amend-rescue"),
        "tell": verbs(rescue, "casework:add-narrative"),
        "add": verbs(rescue, "victims:add-met"),
        "change_met": verbs(rescue, "prosecutions:suspects-met"),
        "own_questions": own.about("rescue", rescue.pk),
        "history": rescue_history(rescue, actor),
    }


def _rows(rescue: Rescue, actor: User) -> list[ScopedQuerySet]:
    """Who was met, arrested or got away, as far as the reader may see; whether there is a note."""
    by_suspect = ("suspect__created_at", "suspect__code")
    met = Involvement.objects.visible_to(actor).select_related("victim")
    arrests = Arrest.objects.visible_to(actor).select_related("suspect")
    escaped = SuspectMet.objects.visible_to(actor).in_force().select_related("suspect")
    return [
        met.filter(rescue=rescue).order_by("created_at", "code"),
        arrests.filter(rescue=rescue).order_by(*by_suspect),
        escaped.filter(rescue=rescue).order_by(*by_suspect),
        Narrative.objects.visible_to(actor).filter(rescue=rescue)[:1],
    ]


def _person(row: Involvement, verbs: Verbs) -> dict[str, object]:
    return {
        "code": row.code,
        "label": row.victim.in_words,
        "outcome": row.get_outcome_display(),
        "tone": OUTCOME_TONES.get(row.outcome, ""),
        "verbs": verbs(row, "victims:amend-outcome"),
    }
