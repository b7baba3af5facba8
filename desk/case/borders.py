"""The section “Networks and borders” of a case page: who works together, over which countries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.enums import LinkKind
from casework.models import CaseLink, Rescue
from core.access import CONTENT
from desk.words import STATUS_TONES
from places.countries import country_in_words
from prosecutions.enums import Disposition, Leg
from prosecutions.models import Charge, Corridor, NetworkMember, Prosecution, Suspect
from prosecutions.networks import heading, way_shown, ways_in_order
from prosecutions.persons import suspects_of
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from casework.verbs import Button
    from desk.court.reader import Reader

Words = dict[str, list[str]]  # by the code of a country how matters stand there


class Borders:
    """A case and what lies across a border from it, for one reader: nine queries."""

    def __init__(self, reader: Reader) -> None:
        case, user = reader.case, reader.user
        self.case, self.user, self.reader = case, user, reader
        links = CaseLink.objects.known_to(user).in_force().filter(case=case)
        self.links = list(links.select_related("other").order_by("kind", "other__reference"))
        self.twins = [row.other_id for row in self.links if row.kind == LinkKind.TWIN]
        self.matter = [case.pk, *self.twins]
        self.ways = list(ways_in_order(case.rows(Corridor, user)))
        self.codes: defaultdict[Any, list[str]] = defaultdict(list)
        suspects = reader.once(Suspect, "perpetrator")
        for suspect in sorted(suspects, key=lambda row: (row.created_at, row.code)):
            self.codes[suspect.perpetrator.person].append(suspect.code)
        self.charges = self._charges()

    def shown(self, seen: set[str]) -> dict[str, Any] | None:
        """`seen`: the sections open to this reader; None where there is nothing to show here."""
        if seen.isdisjoint({"links", "suspects"}):
            return None
        return {
            "strip": _strip(self._crossed()),
            "persons": self._charged_abroad(),
            "networks": self._networks(),
            "ways": [way_shown(row, self.user) for row in self.ways],
            "links": [self._link(row) for row in self.links] if "links" in seen else None,
            "cases": self._other_cases(),
            "verbs": self._verbs(),
        }

    def _other_cases(self) -> set[UUID]:
        """Other cases of which something is told here, for the record of who read them."""
        cases = {row.case_id for row in self.charges} | {row.other_id for row in self.links}
        return cases - {self.case.pk}

    def _charges(self) -> list[Any]:
        """Of this matter on either side of a border, and of its people anywhere."""
        theirs = suspects_of(self.codes, self.user)
        about = Q(case__in=self.matter) | Q(suspect__in=theirs)
        rows = Charge.objects.visible_to(self.user).filter(about)
        beside = ("prosecution__jurisdiction", "suspect__perpetrator", "case")
        return list(rows.with_last_decision().select_related(*beside).order_by("filed_on", "pk"))

    def _crossed(self) -> dict[str, object]:
        """The countries of a matter: where people were found, come from, and which courts act."""
        rescues = self.reader.once(Rescue, "jurisdiction")
        people = self.reader.once(Involvement, "victim")
        courts: defaultdict[str, list[str]] = defaultdict(list)
        theirs = Prosecution.objects.visible_to(self.user).filter(case__in=self.twins)
        ours = self.reader.once(Prosecution, "jurisdiction")
        filed = [*ours, *theirs.select_related("jurisdiction")]
        for row in sorted(filed, key=lambda row: (row.filed_on, row.pk)):
            courts[row.jurisdiction.country] = []
        for charge in self.charges:
            if charge.case_id in self.matter:
                courts[_court(charge)].append(_state(charge))
        home = {row.victim.nationality for row in people} - {""}
        return {
            "found": {row.jurisdiction.country for row in rescues} | self._legs(Leg.IDENTIFIED),
            "people": home or self._legs(Leg.RECRUITMENT),
            "courts": courts,
        }

    def _legs(self, kind: str) -> set[str]:
        legs = [leg for way in self.ways for leg in way.legs.all()]
        return {leg.jurisdiction.country for leg in legs if leg.kind == kind}

    def _charged_abroad(self) -> list[dict[str, Any]]:
        """Persons of this case who are charged in more than one country, each once."""
        courts: defaultdict[Any, Any] = defaultdict(lambda: defaultdict(list))
        for charge in self.charges:
            courts[charge.suspect.perpetrator.person][_court(charge)].append(self._charged(charge))
        return [
            {"codes": ", ".join(codes), "courts": _courts(courts[person])}
            for person, codes in self.codes.items()
            if len(courts[person]) > 1
        ]

    def _charged(self, charge: Charge) -> str:
        if charge.case_id == self.case.pk:
            return _state(charge)
        there = f"{charge.case.reference} {charge.suspect.code}"
        return _("%(state)s, as %(there)s") % {"state": _state(charge), "there": there}

    def _networks(self) -> list[dict[str, object]]:
        rows = self.reader.rows(NetworkMember, "network", "suspect")
        networks: dict[Any, dict[str, Any]] = {}
        for row in rows.order_by("network__code", "created_at", "suspect__code"):
            network = networks.setdefault(row.network_id, heading(row.network) | {"members": []})
            network["members"].append(
                {
                    "code": row.suspect.code,
                    "role": row.get_role_display(),
                    "known_on": row.known_on,
                    "left_on": row.left_on,
                }
            )
        return list(networks.values())

    def _link(self, row: CaseLink) -> dict[str, object]:
        other = row.other
        ends = self.reader.writes and self.user.scope.reaches(other, CONTENT)
        may = ends and self.user.has_perm(Perm.LINK_RECORD)
        return {
            "kind": row.get_kind_display(),
            "reference": other.reference,
            "url": other.get_absolute_url(),
            "status": other.get_status_display(),
            "tone": STATUS_TONES[other.status],
            "unlink_url": reverse("casework:unlink-cases", args=[row.pk]) if may else "",
        }

    def _verbs(self) -> list[Button]:
        return self.reader.verbs(
            self.case,
            self.codes and "prosecutions:begin-network",
            self.codes and "prosecutions:add-member",
            "prosecutions:record-corridor",
            "casework:link-cases",
        )


def _court(charge: Charge) -> str:
    country: str = charge.prosecution.jurisdiction.country
    return country


def _state(charge: Any) -> str:
    if not charge.last:
        return _("pending")
    return _("convicted") if charge.last in Disposition.CONVICTED else _("not convicted")


def _strip(crossed: dict[str, Any]) -> dict[str, object] | None:
    """The matter in one line; none, where it lies in one country."""
    if len({*crossed["found"], *crossed["people"], *crossed["courts"]}) < 2:
        return None
    places, people = (
        ", ".join(sorted(map(country_in_words, crossed[part]))) for part in ("found", "people")
    )
    return {"found": places, "people": people, "courts": _courts(crossed["courts"])}


def _courts(courts: Words) -> list[dict[str, str]]:
    """Each country once, with how matters stand before its courts."""
    lines = [
        {
            "land": country_in_words(code),
            "states": "; ".join(sorted(set(states))) or _("pending"),
        }
        for code, states in courts.items()
    ]
    return sorted(lines, key=lambda court: court["land"])
