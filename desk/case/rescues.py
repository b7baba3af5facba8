"""The rescues of a case, as its page shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse

from casework.models import Narrative, Rescue, RescueAgency, RescueSite, Site
from core.shortcuts.together import read_together
from prosecutions.models import Arrest
from victims.enums import Outcome
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model, QuerySet

    from accounts.models import User
    from desk.court.reader import Reader


class Rescues:
    """As far as this reader may see them, the newest first.

    `seen`: the sections open to this reader; what is not counted there is not said here.
    """

    def __init__(self, reader: Reader, seen: Collection[str]) -> None:
        self.reader, self.seen = reader, seen
        narratives = reader.rows(Narrative).values_list("rescue_id", flat=True)
        rows = reader.rows(Rescue, "jurisdiction", "led_by").order_by("-occurred_at")
        rows = rows.prefetch_related(sites_of(reader.user), agencies_there())
        read_together(rows, narratives)
        self.told, self.rows = set(narratives), reader.keep(rows)

    def shown(self) -> list[dict[str, Any]]:
        people = self.reader.once(Involvement, "victim") if "survivors" in self.seen else ()
        safe = Counter(row.rescue_id for row in people if row.outcome == Outcome.RESCUED)
        arrests = self.reader.once(Arrest) if "suspects" in self.seen else ()
        arrested = Counter(arrest.rescue_id for arrest in arrests)
        return [self._rescue(row, safe[row.pk], arrested[row.pk]) for row in self.rows]

    def _rescue(self, row: Rescue, safe: int, arrested: int) -> dict[str, object]:
        has_narrative = row.pk in self.told
        return {
            "id": row.pk,
            "moment": row.occurred_at,
            "when": row.jurisdiction.clock(row.occurred_at),
            "place": str(row.jurisdiction),
            "site": ", ".join(
                f"{link.site.get_kind_display()} {link.site.code}"
                for link in row.rescue_sites.all()
            ),
            "url": row.get_absolute_url(),
            "agencies": [
                {"name": link.agency.name, "led": link.led} for link in row.rescue_agencies.all()
            ],
            "people": safe if "survivors" in self.seen else None,
            "arrests": arrested if "suspects" in self.seen else None,
            "by": row.led_by.name if "team" in self.seen else "",
            "narrative_url": reverse("casework:narrative", args=[row.pk])
            if has_narrative
            else None,
        }


def sites_of(user: User) -> Prefetch[str, QuerySet[Model], str]:
    """Where a rescue was, as far as the sites are open to this reader."""
    open_sites = RescueSite.objects.in_force().filter(site__in=Site.objects.visible_to(user))
    return Prefetch("rescue_sites", open_sites.select_related("site"))


def agencies_there() -> Prefetch[str, QuerySet[Model], str]:
    """Who took part in a rescue; who led stands first."""
    rows = RescueAgency.objects.in_force().select_related("agency")
    return Prefetch("rescue_agencies", rows.order_by("-led", "agency__name"))
