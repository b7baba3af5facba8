"""What is known of networks, as far as one reader may see: members, ways, the arrested share.

Everything is made from rows the reader may see, and says nothing of others: no count, no gap.

A count of "members you may not see", or a gap in a picture, would say that there is more, and
where; so two readers may see two networks under one code. A link between cases is two rows, one in
either case, each behind the wall of its own; it is read through `CaseLink.objects.known_to`, since
row security alone would show the id of the far case.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce, Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from casework.case_pages import address
from casework.enums import LinkKind
from casework.models import CaseLink
from casework.verbs import Verbs
from core.access import CONTENT
from core.days import clock
from core.lists.declared import List
from core.lists.tables import Column, Table
from places.countries import country_in_words
from prosecutions.enums import NetworkStatus
from prosecutions.models import Arrest, Corridor, CorridorLeg, Network, NetworkMember, Suspect
from prosecutions.roles import on_record, soonest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case
    from core.access import Actor, ScopedQuerySet
    from prosecutions.court_querysets import ArrestQuerySet
    from prosecutions.roles import Role

PERSON = Coalesce("suspect__perpetrator__merged_into", "suspect__perpetrator")
NETWORKS = List(
    Network.objects.all(), "code status", orders={"newest": "-identified_on", "code": "code"}
)
NETWORK_TABLE = Table(
    NETWORKS,
    Column("network", _("Network"), order="code"),
    Column("status", _("Status")),
    Column("countries", _("Countries of its cases")),
    Column("arrested", _("Arrested, of the members shown")),
    Column("identified", _("Identified"), order="newest"),
    name="networks",
    filled_by=(Perm.NETWORK_RECORD,),
    counted=lambda count: ngettext("%(count)s network", "%(count)s networks", count),
)
TONES = {
    NetworkStatus.ACTIVE: "danger",
    NetworkStatus.DORMANT: "warn",
    NetworkStatus.BROKEN_UP: "ok",
}


def known_as_of(members: ScopedQuerySet, day: date) -> ScopedQuerySet:
    """Of these, who was known as a member on a day, with the `person`: merged records are one."""
    known = members.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), known_on__lte=day)
    return known.annotate(person=PERSON)


def members_as_of(members: ScopedQuerySet, arrests: ArrestQuerySet, day: date) -> ScopedQuerySet:
    """The same, and whether `arrested` by then for whatever case (measures.md 22).

    Rows of members and of arrests come narrowed, by `visible_to` or `countable_by`: what is not
    open to the reader is in no figure.
    """
    person = OuterRef("person")
    of_person = Q(suspect__perpetrator=person) | Q(suspect__perpetrator__merged_into=person)
    taken = Exists(arrests.filter(of_person, arrested_on__lte=day))
    return known_as_of(members, day).annotate(arrested=taken)


def arrested_share(members: Iterable[Any]) -> tuple[int, int]:
    """Arrested persons and all persons among rows of `members_as_of`, each person once."""
    arrested = {row.person: row.arrested for row in members}
    return sum(arrested.values()), len(arrested)


def network_page(network: Network, user: User, day: date) -> dict[str, object]:
    """What the page of a network shows; the arrested share as of `day`."""
    rows = list(_members(user).filter(network=network))
    known = {row.pk: row for row in _known(network.members.all(), user, day)}
    ways = ways_in_order(Corridor.objects.visible_to(user).filter(network=network))
    cases = {row.case_id: row.case for row in rows}
    links = CaseLink.objects.known_to(user).in_force().filter(case__in=cases, other__in=cases)
    kinds = sorted(links.values_list("case__reference", "other__reference", "kind"))
    reaches = any(user.scope.reaches(case, CONTENT) for case in cases.values())
    corrects = reaches and user.has_perm(Perm.COURT_CORRECT)
    arrested, count = arrested_share(known.values())
    return heading(network) | {
        "day": day,
        "arrested": arrested,
        "count": count,
        "people": _people(rows, known, _roles(rows, user), user),
        "cases": [_case(case, kinds) for case in cases.values()],
        "corridors": [way_shown(row, user) for row in ways],
        "links": [(reference, other) for reference, other, _kind in kinds],
        "correct_url": reverse("prosecutions:correct-network", args=[network.pk])
        if corrects
        else "",
        "statuses": _other_statuses(network)
        if reaches and user.has_perm(Perm.NETWORK_RECORD)
        else [],
    }


def seats_of(suspects: Iterable[Suspect], user: User) -> list[NetworkMember]:
    """The networks these suspects are members of: as what, since when, through which case."""
    rows = _members(user).filter(suspect__in=[row.pk for row in suspects])
    return list(rows.select_related("network").order_by("known_on", "pk"))


def network_lines(networks: list[Network], user: User) -> list[dict[str, object]]:
    """Lines of the list of networks."""
    members = NetworkMember.objects.filter(network__in=[row.pk for row in networks])
    lands: defaultdict[Any, set[str]] = defaultdict(set)
    for network, code in members.visible_to(user).values_list(
        "network", "case__jurisdiction__code"
    ):
        lands[network].add(country_in_words(code[:2]))
    known: defaultdict[Any, list[Any]] = defaultdict(list)
    for member in _known(members, user, clock.today()):
        known[member.network_id].append(member)
    return [
        heading(row) | {"share": arrested_share(known[row.pk]), "lands": sorted(lands[row.pk])}
        for row in networks
    ]


def countries_of(user: User) -> dict[str, str]:
    """The countries of the members this reader sees, by code."""
    members = NetworkMember.objects.visible_to(user)
    codes = members.values_list(Left("case__jurisdiction__code", 2), flat=True).distinct()
    return {code: country_in_words(code) for code in codes}


def networks_in(networks: ScopedQuerySet, country: str, user: Actor) -> ScopedQuerySet:
    """Those of which the reader sees a member in this country."""
    members = NetworkMember.objects.visible_to(user).filter(network=OuterRef("pk"))
    return networks.filter(Exists(members.filter(case__jurisdiction__code__startswith=country)))


def heading(network: Network) -> dict[str, object]:
    return {
        "network": network,
        "url": reverse("prosecutions:network", args=[network.pk]),
        "status": network.get_status_display(),
        "tone": TONES[NetworkStatus(network.status)],
    }


def ways_in_order(corridors: QuerySet[Corridor]) -> QuerySet[Corridor]:
    """Ways with their legs, for a page: each leg knows its place, each way its case."""
    legs = CorridorLeg.objects.select_related("jurisdiction").order_by("position")
    return (
        corridors.select_related("case__office", "network")
        .prefetch_related(Prefetch("legs", legs))
        .order_by("case__reference", "created_at", "pk")
    )


def way_shown(corridor: Corridor, user: User) -> dict[str, object]:
    """A way as a line of its stages, and of the countries it crosses."""
    legs = list(corridor.legs.all())
    verbs = Verbs(corridor.case, user, writes=user.scope.reaches(corridor.case, CONTENT))
    lands = list(dict.fromkeys(leg.jurisdiction.country for leg in legs))
    return {
        "case": corridor.case.reference,
        "case_url": address(corridor.case_id, "borders"),
        "network": corridor.network,
        "legs": [
            {
                "kind": leg.kind,
                "label": leg.get_kind_display(),
                "place": str(leg.jurisdiction),
                "code": leg.jurisdiction.code,
            }
            for leg in legs
        ],
        "lands": lands if len(lands) > 1 else [],
        "verbs": verbs(corridor, "prosecutions:replace-corridor"),
        "corrections": [
            *(button for leg in legs for button in verbs(leg, _leg_corrected(leg))),
            *verbs(corridor, "prosecutions:strike-way"),
        ],
    }


def _leg_corrected(leg: CorridorLeg) -> tuple[str, str]:
    words = {"kind": leg.get_kind_display(), "place": str(leg.jurisdiction)}
    return "prosecutions:correct-leg", _("Correct %(kind)s, %(place)s") % words


def _members(user: User) -> QuerySet[NetworkMember]:
    return (
        NetworkMember.objects.visible_to(user)
        .select_related("suspect__perpetrator", "case__jurisdiction", "case__office")
        .annotate(person=PERSON)
        .order_by("case__reference", "suspect__code", "pk")
    )


def _known(members: ScopedQuerySet, user: User, day: date) -> ScopedQuerySet:
    return members_as_of(members.visible_to(user), Arrest.objects.visible_to(user), day)


def _roles(members: list[NetworkMember], user: User) -> dict[UUID, Role]:
    """What is on record of the suspects that are members, where the reader may see them."""
    suspects = Suspect.objects.visible_to(user).filter(pk__in=[row.suspect_id for row in members])
    records = on_record(suspects.with_status().with_standing().select_related("case"), user)
    return {role.row.pk: role for role in records}


def _people(
    rows: list[Any], known: dict[Any, Any], roles: dict[UUID, Role], user: User
) -> list[dict[str, Any]]:
    """One line for each person, whatever the number of cases and of merged records."""
    by_person: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[row.person].append(row)
    return [
        _person(of_one, known, user) | _stands([roles[row.suspect_id] for row in of_one])
        for of_one in by_person.values()
    ]


def _stands(roles: list[Role]) -> dict[str, object]:
    """Where a person is, how the courts stand, when they sit next; each word once."""
    tags = dict.fromkeys((role.tone, role.status) for role in roles)
    tags |= dict.fromkeys((role.where_tone, role.where) for role in roles if role.where)
    return {
        "url": reverse("prosecutions:perpetrator", args=[roles[0].row.perpetrator_id]),
        "tags": list(tags),
        "next": soonest(roles),
        "ordered": [words for role in roles for words in role.ordered],
    }


def _person(rows: list[Any], known: dict[Any, Any], user: User) -> dict[str, Any]:
    names = dict.fromkeys(row.suspect.perpetrator.name for row in rows)
    standing = [known[row.pk] for row in rows if row.pk in known]
    left = [row.left_on for row in rows if row.left_on]
    return {
        "name": " / ".join(filter(None, names)),
        "seats": [_seat(row, user) for row in rows],
        "known_on": min(row.known_on for row in rows),
        "known": bool(standing),
        "arrested": any(row.arrested for row in standing),
        "left_on": max(left) if len(left) == len(rows) else None,
    }


def _seat(row: Any, user: User) -> dict[str, Any]:
    """The person as a member through one suspicion."""
    verbs = Verbs(row.case, user, writes=user.scope.reaches(row.case, CONTENT))
    return {
        "code": row.suspect.code,
        "case": row.case.reference,
        "case_url": address(row.case_id, "suspects"),
        "role": row.get_role_display(),
        "verbs": verbs(
            row, *(f"prosecutions:{what}-member" for what in ("change", "correct", "strike"))
        ),
    }


def _case(case: Case, links: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "url": case.get_absolute_url(),
        "place": str(case.jurisdiction),
        "code": case.jurisdiction.code,
        "status": case.get_status_display(),
        "linked": [
            {"reference": other, "kind": LinkKind(kind).label}
            for reference, other, kind in links
            if reference == case.reference
        ],
    }


def _other_statuses(network: Network) -> list[tuple[str, object]]:
    return [(value, label) for value, label in NetworkStatus.choices if value != network.status]
