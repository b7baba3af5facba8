"""Which provider a drafted referral may go to, and why not: agreement, service, sex, age, a bed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftercare.enums import Need, ReferralStatus
from aftercare.models import Provider, Referral
from aftercare.occupancy import has_room, stays, taken
from aftercare.provider_search import has_bed, takes, told_free
from aftercare.shown_beds import told_of
from core import refusals
from victims.ages import months_of
from victims.models import Involvement
from victims.persons import of_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from aftercare.occupancy import Free
    from casework.models import Case
    from core.refusals import Words

Ages = tuple[int, int] | None
BESIDE = (  # what sending asks of a draft
    *("case__jurisdiction", "case__office"),
    *("involvement__victim", "involvement__case__jurisdiction"),
)


@dataclass(frozen=True)
class Person:
    """What decides which houses take somebody in."""

    sex: str
    ages: Ages


@dataclass
class Line:
    """One need of those whom the same providers take: one choice for all of them."""

    need: str
    drafts: list[Referral]
    fit: list[Provider]
    unfit: list[tuple[Provider, list[str]]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"to-{self.drafts[0].pk}"

    @property
    def label(self) -> str:
        return str(Need(self.need).label)


def drafts_of(case: Case, reader: User) -> list[Referral]:
    """Every draft of a case, need by need, survivor by survivor."""
    rows = Referral.objects.visible_to(reader).filter(case=case, status=ReferralStatus.DRAFT)
    drafts = rows.select_related(*BESIDE)
    order = {need: number for number, (need, _word) in enumerate(Need.known())}
    codes = {row.pk: (len(row.involvement.code), row.involvement.code) for row in drafts}
    return sorted(drafts, key=lambda row: (order[row.need], codes[row.pk], row.created_at))


def near(case: Case, reader: User) -> list[Provider]:
    """The active providers of the country, those of the case's own place first."""
    here = case.jurisdiction
    rows = Provider.objects.visible_to(reader).filter(
        is_active=True, jurisdiction__code__startswith=here.country
    )
    providers = list(rows.select_related("jurisdiction").order_by("name"))
    return sorted(providers, key=lambda provider: provider.jurisdiction_id != here.pk)


def described(people: Iterable[Involvement], day: date) -> dict[UUID, Person]:
    """Sex and age of each, of whatever record they are known by: two statements."""
    people = list({person.pk: person for person in people}.values())
    rows = Involvement.objects.filter(pk__in=[person.pk for person in people])
    sexes = dict(rows.values_list("pk", of_person("sex")))
    ages = months_of(people, day)
    return {person.pk: Person(str(sexes[person.pk]), ages[person.pk]) for person in people}


def lines_of(case: Case, drafts: Sequence[Referral], reader: User) -> list[Line]:
    """What to choose: for each need, those together whom the same providers take."""
    providers = near(case, reader)
    people = described((draft.involvement for draft in drafts), case.jurisdiction.today)
    free = told_free(providers, reader)
    lines: dict[tuple[str, tuple[UUID, ...]], Line] = {}
    for draft in drafts:
        person = people[draft.involvement_id]
        why = {
            provider.pk: against(provider, draft.need, person, free[provider.pk][0])
            for provider in providers
        }
        fit = [provider for provider in providers if not why[provider.pk]]
        line = lines.setdefault(
            (draft.need, tuple(house.pk for house in fit)), Line(draft.need, [], fit)
        )
        line.drafts.append(draft)
        _add_reasons(line, providers, why)
    return list(lines.values())


def why_not(draft: Referral, providers: Sequence[Provider], reader: User) -> dict[UUID, list[str]]:
    """By provider, why it cannot help with this one need; nothing where it can."""
    (person,) = described([draft.involvement], draft.case.jurisdiction.today).values()
    free = told_free(providers, reader)
    return {
        provider.pk: against(provider, draft.need, person, free[provider.pk][0])
        for provider in providers
    }


def _add_reasons(line: Line, providers: list[Provider], why: dict[UUID, list[str]]) -> None:
    known = {house.pk: reasons for house, reasons in line.unfit}
    for house in providers:
        for words in why[house.pk]:
            if words not in known.setdefault(house.pk, []):
                known[house.pk].append(words)
    line.unfit = [
        (provider, known[provider.pk]) for provider in providers if known.get(provider.pk)
    ]


def against(provider: Provider, need: str, person: Person, free: Free) -> list[str]:
    """Why a provider cannot help this person with this, in words; nothing where it can.

    `free`: the beds left tonight, as far as they are told. An age counts only where it is certain.
    """
    if not provider.agrees_on(provider.jurisdiction.today):
        return [_("No agreement in force")]  # before that is renewed nothing else matters
    reasons = []
    if need not in provider.services:
        reasons.append(_("Does not offer this"))
    if not (provider.takes_sex(person.sex) and provider.takes_age(person.ages)):
        reasons.append(_("Takes only: %(whom)s") % {"whom": takes(provider)})
    if need == Need.SAFE_PLACE and free is not None and not has_bed(free, person.sex):
        reasons.append(_("No bed free tonight"))
    return reasons


def beds_in_words(free: Free) -> str:
    """“3 beds free tonight”: the most there are for one sex; nothing where they are not told."""
    most = max(free.values(), default=0) if free else 0
    words = ngettext("%(n)s bed free tonight", "%(n)s beds free tonight", most)
    return words % {"n": most} if most else ""


def misfits(pairs: Sequence[tuple[Referral, Provider]], reader: User) -> list[Words]:
    """Of referrals and where each should go: whom a provider does not take, and why, in words."""
    providers = list({provider.pk: provider for _draft, provider in pairs}.values())
    day = pairs[0][0].case.jurisdiction.today
    people = described((draft.involvement for draft, _provider in pairs), day)
    free = told_free(providers, reader)
    lines = []
    for draft, provider in pairs:
        why = against(provider, draft.need, people[draft.involvement_id], free[provider.pk][0])
        lines += [
            refusals.gettext("%(code)s, %(need)s, %(provider)s: %(why)s.")
            % {
                "code": draft.involvement.code,
                "need": draft.get_need_display(),
                "provider": provider,
                "why": words,
            }
            for words in why
        ]
    return lines or _crowded(pairs, people, reader)


def _crowded(
    pairs: Sequence[tuple[Referral, Provider]], people: dict[UUID, Person], reader: User
) -> list[Words]:
    """Houses with a bed for each of those who come, and not for all of them."""
    coming: dict[Provider, dict[UUID, str]] = defaultdict(dict)
    for draft, provider in pairs:
        if draft.need == Need.SAFE_PLACE:
            coming[provider][draft.involvement_id] = people[draft.involvement_id].sex
    tonight = {provider: provider.jurisdiction.today for provider in coming}
    ids = told_of(tonight, reader)
    return [
        refusals.gettext(
            "%(provider)s has fewer free beds tonight than the %(n)s you chose it for."
        )
        % {"provider": provider, "n": len(sexes)}
        for provider, sexes in coming.items()
        if provider.pk in ids and not _holds(provider, tonight[provider], Counter(sexes.values()))
    ]


def _holds(provider: Provider, night: date, coming: Counter[str]) -> bool:
    places: Any = provider.places_on(night)
    if places is None:
        return True
    staying = stays([provider.pk], night, night + timedelta(days=1))[provider.pk]
    return has_room(places, taken(staying, night), coming)
