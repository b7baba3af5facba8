"""What the field form offers this officer: the places, agencies and kinds likely tonight."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aftercare.enums import Need
from casework.enums import CaseStatus, Programme, SiteKind
from casework.forms.unlisted import unlisted
from casework.models import Case, Rescue, Site
from core.access import CONTENT
from core.days import clock
from intake.forms import TILES, tile_name
from places.enums import AgencyKind
from places.models import Agency, Jurisdiction
from places.naming import named
from victims.enums import person_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from casework.querysets import SiteQuerySet

PLACES, AGENCIES, MORE_SITES = 6, 6, 8
ICONS = {
    "medical": "hospital",
    "safe_place": "house",
    "interpreter": "languages",
    "food_clothes": "utensils",
    "child_welfare": "hand-heart",
    "police_guard": "shield",
}
OF_ITS_OWN = "hand-heart"  # what the organisation calls a need itself
PARTNERS = (AgencyKind.POLICE_UNIT, AgencyKind.CHILD_WELFARE, AgencyKind.MINISTRY)


def for_form(user: User, entered: Mapping[str, Any], case: str = "") -> dict[str, Any]:
    """The page's context; `entered` is what came back from a refused send.

    `case` is the id of the case the officer came from: its rescue belongs to it.
    """
    home, country = _home(user)
    return {
        "now_label": clock.in_words(timezone.now(), "H:i"),
        "occurred_at": entered.get("occurred_at", ""),
        "places": _places(user, home, entered.get("place") or (case and f"case:{case}")),
        "more_sites": _more_sites(user, _several(entered, "more_sites")),
        "new_sites": _options(SiteKind, _several(entered, "new_sites")),
        "other_place": entered.get("other_place", ""),
        "jurisdictions": _jurisdictions(country),
        **for_anybody(entered),
        "agencies": _agencies(country, _several(entered, "agencies")),
        "unlisted": unlisted("places.Agency", user),
        "narrative": entered.get("narrative", ""),
        "plan": entered.get("plan", ""),
    }


def for_phone(user: User) -> dict[str, Any]:
    """The places a phone of this person offers without a network: names of places, no case."""
    home, country = _home(user)
    return {"home": home.code if home else "", "all": _jurisdictions(country)}


def _home(user: User) -> tuple[Jurisdiction | None, str]:
    """The place of this person's office, and its country."""
    home = user.home_office.jurisdiction if user.home_office else None
    return home, home.country if home else ""


def _jurisdictions(country: str) -> list[dict[str, str]]:
    rows = Jurisdiction.objects.active().to_choose()
    rows = rows.within(country) if country else rows
    return [{"code": code, "name": name} for code, name in rows.choices()]


def for_anybody(entered: Mapping[str, Any]) -> dict[str, Any]:
    """What the form asks of everybody alike: nothing of it is about a case."""
    needs = _options(Need, _several(entered, "needs"))
    return {
        "tiles": [_tile(sex, band, entered) for sex, band in TILES],
        "programmes": _options(Programme, {entered.get("programme")}),
        "needs": [option | {"icon": ICONS.get(option["value"], OF_ITS_OWN)} for option in needs],
        "arrests": entered.get("arrests") or 0,
    }


def _several(entered: Mapping[str, object], name: str) -> set[str]:
    return set(entered.getlist(name)) if hasattr(entered, "getlist") else set()


def _options(choices: Any, checked: Iterable[object]) -> list[dict[str, Any]]:
    offered = choices.offered(present=checked)
    return [{"value": v, "label": label, "checked": v in checked} for v, label in offered()]


def _tile(sex: str, band: str, entered: Mapping[str, object]) -> dict[str, object]:
    who, _comma, age = person_words(sex, band).partition(", ")
    name = tile_name(sex, band)
    return {"name": name, "who": who, "age": age, "value": entered.get(name) or 0}


def _more_sites(user: User, checked: set[str]) -> list[dict[str, object]]:
    """Where a rescue may have been as well: sites of the officer's open cases."""
    return [
        {
            "value": str(site.pk),
            "id": site.pk,
            "case": site.case_id,
            "label": f"{site.get_kind_display()} {site.case.reference} {site.code}",
            "checked": str(site.pk) in checked,
        }
        for site in _sites_of(user).order_by(*_first(_ids(checked)), "-created_at")[:MORE_SITES]
    ]


def _sites_of(user: User) -> SiteQuerySet:
    return (
        Site.objects.visible_to(user)
        .open_now()
        .filter(case__assignment__user=user)
        .exclude(case__status=CaseStatus.CLOSED)
        .select_related("case", "jurisdiction")
        .order_by("-created_at")
    )


def _places(user: User, home: Jurisdiction | None, chosen: str | None) -> list[dict[str, object]]:
    """Sites of open cases of this officer, then where the office worked last, then its own."""
    sites = _sites_of(user)[:2]
    recent = (
        Rescue.objects.visible_to(user)
        .order_by("-occurred_on", "-id")
        .values_list("jurisdiction__code", "jurisdiction__name")[:20]
    )
    towns = dict(([(home.code, home.name)] if home else []) + list(recent))
    places = (
        _case(user, chosen)
        + [
            {
                "value": f"site:{site.pk}",
                "kind": "site",
                "id": site.pk,
                "case": site.case_id,
                "programme": site.case.programme,
                "label": f"{site.get_kind_display()} {site.case.reference} {site.code}",
            }
            for site in sites
        ]
        + [
            {"value": f"place:{code}", "kind": "jurisdiction", "label": named(code, name)}
            for code, name in towns.items()
        ]
    )
    offered = {place["value"] for place in places}
    first = chosen if chosen in offered else f"place:{home.code}" if home else None
    return [p | {"checked": p["value"] == first} for p in places[:PLACES]]


def _case(user: User, chosen: str | None) -> list[dict[str, object]]:
    """The case the officer came from, if it is open to writing."""
    kind, _colon, value = (chosen or "").partition(":")
    try:
        rows = Case.objects.visible_to(user).open().filter(pk=UUID(value))
    except ValueError:
        return []
    case = rows.select_related("jurisdiction").first() if kind == "case" else None
    if case is None or not user.scope.reaches(case, CONTENT):
        return []
    label = f"{case.reference}, {case.jurisdiction}"
    here = {"case": case.pk, "programme": case.programme}
    return [{"value": f"case:{case.pk}", "kind": "case", "label": label} | here]


def _agencies(country: str, checked: set[str]) -> list[dict[str, object]]:
    chosen = _ids(checked)
    rows = Agency.objects.active().filter(Q(kind__in=PARTNERS) | Q(pk__in=chosen))
    if country:
        rows = rows.within(country)
    return [
        {"value": str(row.pk), "label": row.name, "checked": str(row.pk) in checked}
        for row in rows.order_by(*_first(chosen), "name")[: max(AGENCIES, len(chosen))]
    ]


def _first(chosen: list[UUID]) -> list[models.Case]:
    """What was chosen or planned stands before the likely ones."""
    return [models.Case(models.When(pk__in=chosen, then=0), default=1)] if chosen else []


def _ids(sent: set[str]) -> list[UUID]:
    ids = []
    for text in sent:
        with suppress(ValueError):  # whatever was sent
            ids.append(UUID(text))
    return ids
