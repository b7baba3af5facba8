"""Networks over cases and countries: who of them was arrested, where they reach, joint cases."""

from __future__ import annotations

from collections import defaultdict
from sys import intern
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from casework.enums import LinkKind
from casework.models import Case, CaseLink
from prosecutions.enums import Leg
from prosecutions.models import CorridorLeg, Network, NetworkMember, Prosecution
from prosecutions.networks import known_as_of
from reports.accused import ARRESTED_BY, ARRESTED_ON, arrests, attributed
from reports.base import COUNT, SHARE, Column
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids, union
from reports.sets import numbers, row_by_row, within
from reports.verdicts import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pyroaring import BitMap

    from accounts.models import User
    from casework.querysets import CaseQuerySet
    from reports.params import Params

SUSPECT = "suspect__perpetrator"
Matter = set[Any]  # cases that are one matter
COUNTRY = 2  # letters of the code of a place that are its country, by ISO 3166


class Networks(Measures):
    """Networks identified, their members arrested, the countries they span, joint cases."""

    slug = "networks"
    title = _("Networks and joint cases")
    unit = _("networks, persons, cases")
    people = "prosecutions.Perpetrator"
    definition = _(
        "Networks identified in the period with at least one member in a case of the place and "
        "programme. Arrested share: of the persons known as members by the as-of day, those "
        "arrested by then in any case; for each network, and pooled over distinct persons. The "
        "denominator grows as more members become known. Countries: those of the network’s "
        "corridors. A matter is a case with its twins in other countries, dated by the first of "
        "them. Joint cases are matters with at least two cases. “Found in a third country” are "
        "matters with proceedings in two or more countries and a person identified in another. "
        "Interval: Wilson, 95 %."
    )
    takes = ("attribution",)
    measures = {
        "networks_identified": Measure(_("Networks identified"), kind=COUNT),
        "arrested_share": Measure(_("Known members arrested, all networks"), kind=SHARE),
        "network_arrested_share": Measure(_("Known members of the network arrested"), kind=SHARE),
        "countries": Measure(_("Countries of the corridor"), kind=COUNT),
        "third_country_cases": Measure(
            _("Proceedings in two countries, found in a third"), kind=COUNT, people="casework.Case"
        ),
        "joint_cases": Measure(_("Joint cases"), kind=COUNT, people="casework.Case"),
    }
    keys = (Column("network", _("Network")), Column("countries", _("Countries")))
    headline = "arrested_share||"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        networks = _identified(reader, params)
        members, arrested = _members(reader, params)
        yield Figure("networks_identified", value=len(networks))
        known = union(members[pk] for pk in networks)
        yield share("arrested_share", known & arrested, known)
        for pk, code in networks.items():
            known = members[pk]
            yield share("network_arrested_share", known & arrested, known, network=code)
        through, identified = _ways(reader)
        for pk, code in networks.items():
            if names := through.get(pk):
                own = {"network": code, "countries": " ".join(names)}
                yield Figure("countries", value=len(names), own=own)
        yield from _matters(reader, params, identified)


def _identified(reader: User, params: Params) -> dict[object, str]:
    """The codes of the networks first identified in the period, the earliest first."""
    members = within(NetworkMember.objects.countable_by(reader), params, "case__jurisdiction")
    rows = Network.objects.countable_by(reader).filter(
        pk__in=members.values("network"), **params.period("identified_on")
    )
    return dict(rows.order_by("identified_on", "code").values_list("pk", "code"))


def _members(reader: User, params: Params) -> tuple[dict[object, BitMap], BitMap]:
    """The natural persons known as members on the as-of day, by network; who was arrested by
    it, member or not."""
    rows = within(NetworkMember.objects.countable_by(reader), params, "case__jurisdiction")
    known = known_as_of(rows.filter(natural(SUSPECT)), params.as_of)
    members: dict[Any, Ids] = defaultdict(Ids)
    for member, network in row_by_row(known, "person", "network"):
        members[network].add(member)
    held = arrests(reader, params)
    by_then = attributed(held, params, ARRESTED_BY) & held.between(None, params.as_of, ARRESTED_ON)
    return members, held.sets(arrested=by_then)["arrested"]


def _ways(reader: User) -> tuple[dict[object, list[str]], dict[object, set[str]]]:
    """The countries through which the corridors of each network go, in their order; and those in
    which the people of each case were identified."""
    through: dict[Any, list[str]] = defaultdict(list)
    identified: dict[Any, set[str]] = defaultdict(set)
    rows = CorridorLeg.objects.countable_by(reader).order_by("position", "corridor")
    legs = rows.values_list("corridor__network", "case", "kind", "jurisdiction__code")
    for network, case, kind, code in legs.iterator():
        country = intern(code[:COUNTRY])
        if country not in through[network]:
            through[network].append(country)
        if kind == Leg.IDENTIFIED:
            identified[case].add(country)
    return through, identified


def _matters(reader: User, params: Params, identified: dict[object, set[str]]) -> Iterator[Figure]:
    """Matters first opened in the period: cases with their twins, as far as they may be counted."""
    twins = CaseLink.objects.countable_by(reader).filter(kind=LinkKind.TWIN, ended_at=None)
    links = list(twins.values_list("case", "other"))
    cases = Case.objects.countable_by(reader).filter(
        pk__any_of={*identified, *(pk for link in links for pk in link)},
        opened_on__lte=params.as_of,
    )
    opened = dict(cases.values_list("pk", "opened_on"))
    asked = set(within(cases, params, "jurisdiction", "programme").values_list("pk", flat=True))
    courts = _courts(reader, params, cases)
    matters = [
        matter
        for matter in joined(opened, links)
        if matter & asked and _in_period(min(opened[pk] for pk in matter), params)
    ]
    third = [matter for matter in matters if in_a_third(matter, courts, identified)]
    yield Figure("third_country_cases", k=_all(third, cases), value=len(third))
    joint = [matter for matter in matters if len(matter) > 1]
    yield Figure("joint_cases", k=_all(joint, cases), value=len(joint))


def _in_period(day: date, params: Params) -> bool:
    return (params.start is None or params.start <= day) and day <= params.until


def _all(matters: list[Matter], cases: CaseQuerySet) -> Ids:
    return numbers(cases.filter(pk__any_of=set().union(*matters)))


def _courts(reader: User, params: Params, cases: CaseQuerySet) -> dict[object, set[str]]:
    """The countries in which a case is before a court by the as-of day."""
    rows = Prosecution.objects.countable_by(reader).filter(
        filed_on__lte=params.as_of, case__in=cases.values("pk")
    )
    courts: dict[Any, set[str]] = defaultdict(set)
    for case, code in rows.values_list("case", "jurisdiction__code"):
        courts[case].add(code[:COUNTRY])
    return courts


def in_a_third(
    matter: Matter, courts: dict[object, set[str]], identified: dict[object, set[str]]
) -> bool:
    """Whether its people were identified in another country than the two or more of its courts."""
    before = set().union(*(courts.get(pk, set()) for pk in matter))
    countries = set().union(*(identified.get(pk, set()) for pk in matter))
    return len(before) > 1 and bool(countries - before)


def joined(cases: Iterable[object], links: Iterable[tuple[object, object]]) -> list[Matter]:
    """The cases in groups: whatever links join belongs together. A link to another is ignored."""
    group = {pk: {pk} for pk in cases}
    for case, other in links:
        if case in group and other in group and group[case] is not group[other]:
            group[case] |= group[other]
            for pk in group[other]:
                group[pk] = group[case]
    return list({id(some): some for some in group.values()}.values())
