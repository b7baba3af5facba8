"""The tables of UNODC’s questionnaire for the Global Report on Trafficking in Persons.

By place, so that the row of a country is what its focal point is asked for. Asked for a calendar
year, they are the tables of that year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Coalesce, Left
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aftercare.codes import JourneyPurpose
from aftercare.models import Repatriation
from places.models import Jurisdiction
from prosecutions.models import Complaint
from reports.accused import (
    ARRESTED_BY,
    ARRESTED_ON,
    CHARGED_AT,
    COURT,
    DECIDED_ON,
    FILED_ON,
    JUDGED_BY,
    accused,
    arrests,
    attributed,
    charges,
    decided,
)
from reports.base import ByPlace, Column
from reports.numbers import Ids, union
from reports.sets import EVERY, among, gather
from reports.survivors import CASE, OPENED_ON, RESCUED_ON, facts_of, of_victims, people, survivors
from victims.enums import RANGES, AgeBand, Outcome, Sex
from victims.htcds import ExploitationForm, SexualKind
from victims.persons import of_person, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Sets

CHILD, ADULT = RANGES[AgeBand.TEENAGER][1] or 0, RANGES[AgeBand.ADULT][0] or 0
DETECTED = _(
    "Detected: persons brought out by a rescue in the period, or met in a case opened in the "
    "period. Persons a rescue did not find, and persons found not to be victims, are not counted. "
    "By place of the case; a person counts once per place. "
)


def detected(reader: User, params: Params) -> Sets:
    """The persons who were detected in the period."""
    people = survivors(reader, params)
    met = ~people.said("outcome", Outcome.NOT_FOUND)
    return people.gather(CASE, victims=met & people.during(params, RESCUED_ON, OPENED_ON))


class _OfSurvivors(ByPlace):
    """Each table tells how the detected persons of a place divide up."""

    unit = _("persons")
    people = "victims.Victim"
    takes = ("audience",)

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return {name: len(ids) for name, ids in self.divided(at).items()}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        divided = self.divided(at)
        return {"k": divided["victims"], "n": divided["victims"], **divided}

    def divided(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        raise NotImplementedError


def _counts(**labels: Any) -> tuple[Column, ...]:
    return tuple(Column(name, label, survivors=True) for name, label in labels.items())


class DetectedVictims(_OfSurvivors):
    """Questions 6, 8 and 9: by age and sex, by citizenship, and own citizens come home."""

    slug = "glotip-victims"
    title = _("GLOTIP: detected victims")
    definition = format_lazy(
        "{detected}{more}",
        detected=DETECTED,
        more=_(
            "Children: certainly under 18. Adults: certainly 18 or older. Persons whose age or sex "
            "is unknown or another are counted apart. Citizenship: of the country of the case, of "
            "another country, or not recorded. Come home: persons who arrived in the period, from "
            "another country, in the country of their citizenship; by the place of arrival."
        ),
    )
    columns = _counts(
        victims=_("Detected"),
        women=_("Women"),
        men=_("Men"),
        girls=_("Girls"),
        boys=_("Boys"),
        others=_("Age or sex not known, or another"),
        citizens=_("Own citizens"),
        noncitizens=_("Other citizens"),
        unrecorded=_("Citizenship not recorded"),
        returned=_("Own citizens come home"),
    )
    sums = (
        ("victims", ("women", "men", "girls", "boys", "others")),
        ("victims", ("citizens", "noncitizens", "unrecorded")),
    )
    together = frozenset(column.name for column in columns)

    def sets(self, reader: User, params: Params) -> Sets:
        sets, known = detected(reader, params), facts_of(reader)
        child, adult = known.at_most(CHILD), known.at_least(ADULT)
        female, male = known.of_sex(Sex.FEMALE), known.of_sex(Sex.MALE)
        groups = {
            "women": adult & female,
            "men": adult & male,
            "girls": child & female,
            "boys": child & male,
        }
        sets |= {name: among(sets["victims"], some) for name, some in groups.items()}
        own, foreign = by_citizenship(sets["victims"], known.by["nationality"])
        sets |= {"citizens": own, "noncitizens": foreign}
        return sets | self._returned(reader, params)

    def _returned(self, reader: User, params: Params) -> Sets:
        home = of_victims(Repatriation.objects.countable_by(reader), params, "involvement__")
        citizen = of_person("nationality", victim="involvement__victim")
        home = home.filter(purpose=JourneyPurpose.HOME).alias(citizen=citizen)
        came = Q(citizen=Left("destination__code", 2))
        came &= ~Q(citizen=Left("origin__code", 2)) & Q(**params.period("arrived_on"))
        return gather(home, "destination", standing("involvement__"), returned=came)

    def divided(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        groups = {name: at[name] for name in ("women", "men", "girls", "boys")}
        others = at["victims"].difference(*groups.values())
        noncitizens = at["noncitizens"] - at["citizens"]
        citizens = {"citizens": at["citizens"], "noncitizens": noncitizens}
        unrecorded = at["victims"] - at["citizens"] - noncitizens
        whole = {"victims": at["victims"], **groups, "others": others, **citizens}
        return whole | {"unrecorded": unrecorded, "returned": at["returned"]}


FORMS: dict[str, Q] = {
    "sexual": Q(exploitation__forms__contains=[ExploitationForm.SEXUAL]),
    "labour": Q(
        exploitation__forms__overlap=[
            ExploitationForm.FORCED_LABOUR,
            ExploitationForm.CHILD_LABOUR,
            ExploitationForm.SERVITUDE,
        ]
    ),
    "organs": Q(exploitation__forms__contains=[ExploitationForm.ORGANS]),
    "marriage": Q(exploitation__forms__contains=[ExploitationForm.FORCED_MARRIAGE]),
    "begging": Q(exploitation__forms__contains=[ExploitationForm.BEGGING]),
    "adoption": Q(exploitation__forms__contains=[ExploitationForm.ADOPTION]),
    "soldiers": Q(exploitation__forms__contains=[ExploitationForm.MILITARY]),
    "other": Q(exploitation__forms__overlap=[ExploitationForm.SURROGACY, ExploitationForm.OTHER]),
}
ONLY_IMAGES = Q(exploitation__sexual_kinds=[SexualKind.PORNOGRAPHY])


class VictimsByForm(_OfSurvivors):
    """Question 7: by the form of exploitation, each person in one column."""

    slug = "glotip-forms"
    title = _("GLOTIP: detected victims by form of exploitation")
    definition = format_lazy(
        "{detected}{more}",
        detected=DETECTED,
        more=_(
            "By the forms recorded for the person. Labour is forced labour, child labour or "
            "servitude. Images is sexual exploitation recorded as abuse images alone. A person "
            "with several forms is counted under several forms only. Forced crime and benefit "
            "fraud have no code of their own here and are counted in other forms."
        ),
    )
    columns = _counts(
        victims=_("Detected"),
        sexual=_("Sexual exploitation"),
        images=_("Abuse images"),
        labour=_("Forced labour, servitude"),
        organs=_("Removal of organs"),
        marriage=_("Forced marriage"),
        begging=_("Begging"),
        adoption=_("Illegal adoption"),
        soldiers=_("Child soldiers, armed groups"),
        other=_("Other forms"),
        mixed=_("Several forms"),
        unsaid=_("Form not recorded"),
    )
    sums = (("victims", tuple(column.name for column in columns[1:])),)
    together = frozenset(column.name for column in columns)

    def sets(self, reader: User, params: Params) -> Sets:
        forms = FORMS | {"sexual": FORMS["sexual"] & ~ONLY_IMAGES}
        images = FORMS["sexual"] & ONLY_IMAGES
        met = people(reader, params).exclude(outcome=Outcome.NOT_FOUND)
        met = met.filter(exploitation__isnull=False)
        met = met.alias(on=Coalesce(RESCUED_ON, OPENED_ON)).filter(**params.period("on"))
        by_form = gather(met, CASE, standing(), images=images, **forms)
        return detected(reader, params) | by_form

    def divided(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        forms = {name: ids for name, ids in at.items() if name != "victims"}
        alone = {
            name: ids.difference(*(other for key, other in forms.items() if key != name))
            for name, ids in forms.items()
        }
        with_form = union(forms.values())
        whole = {"victims": at["victims"], **alone}
        mixed = with_form.difference(*alone.values())
        return whole | {"mixed": mixed, "unsaid": at["victims"] - with_form}


SEXES = {"men": Sex.MALE, "women": Sex.FEMALE}


class Offenders(ByPlace):
    """Questions 1 to 5: offences recorded, persons arrested, prosecuted, convicted."""

    slug = "glotip-offenders"
    title = _("GLOTIP: offences and offenders")
    unit = _("offences, persons")
    people = "prosecutions.Perpetrator"
    others = {"offences": "prosecutions.Complaint"}
    takes = ("attribution",)
    definition = _(
        "In the period, each by sex: natural persons arrested, persons charged, and persons "
        "convicted at first instance; and the number of complaints filed with the police. Persons "
        "convicted are also counted by citizenship: of the country of the court, of another "
        "country, or not recorded. Complaints and court figures are by their own place, arrests by "
        "the place of the case. A person counts once per place. If you ask for one attribution, it "
        "is that of arrests and judgments."
    )
    columns = (
        Column("offences", _("Offences recorded")),
        Column("contacted", _("Arrested")),
        Column("contacted_men", _("Arrested: men")),
        Column("contacted_women", _("Arrested: women")),
        Column("prosecuted", _("Prosecuted")),
        Column("prosecuted_men", _("Prosecuted: men")),
        Column("prosecuted_women", _("Prosecuted: women")),
        Column("convicted", _("Convicted")),
        Column("convicted_men", _("Convicted: men")),
        Column("convicted_women", _("Convicted: women")),
        Column("convicted_own", _("Convicted: own citizens")),
        Column("convicted_foreign", _("Convicted: other citizens")),
    )
    sums = (
        ("contacted", ("contacted_men", "contacted_women")),
        ("prosecuted", ("prosecuted_men", "prosecuted_women")),
        ("convicted", ("convicted_men", "convicted_women")),
        ("convicted", ("convicted_own", "convicted_foreign")),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        filed = Complaint.objects.countable_by(reader).filter(**params.period("filed_on"))
        sets = gather(filed, "jurisdiction", "pk", offences=EVERY)
        held, charged = arrests(reader, params), charges(reader, params)
        of_period = held["individual"] & held.during(params, ARRESTED_ON)
        arrested = of_period & attributed(held, params, ARRESTED_BY)
        sets |= held.gather(CASE, contacted=arrested)
        sets |= charged.gather(CHARGED_AT, prosecuted=charged.during(params, FILED_ON))
        decisions = decided(reader, params, "first")
        of_period = decisions["convicted"] & decisions.during(params, DECIDED_ON)
        convicted = of_period & attributed(decisions, params, JUDGED_BY)
        sets |= decisions.gather(COURT, convicted=convicted)
        by_sex, by_country = (accused(reader).by(f"whose_{it}") for it in ("sex", "nationality"))
        for name in ("contacted", "prosecuted", "convicted"):
            for word, sex in SEXES.items():
                sets[f"{name}_{word}"] = among(sets[name], by_sex.get(sex, Ids()))
        own, foreign = by_citizenship(sets["convicted"], by_country)
        return sets | {"convicted_own": own, "convicted_foreign": foreign}

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return {column.name: len(at[column.name]) for column in self.columns}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        named = {column.name: at[column.name] for column in self.columns}
        return {"k": at["convicted"], "n": at["prosecuted"], **named}


def by_citizenship(
    leaves: Mapping[Any, Ids], by_country: Mapping[Any, Ids]
) -> tuple[dict[Any, Ids], dict[Any, Ids]]:
    """Of the persons in each place those who are citizens of its country, and those of another."""
    codes = dict(Jurisdiction.objects.values_list("pk", "code"))
    known = union(ids for country, ids in by_country.items() if country)
    own = {cell: ids & by_country.get(codes[cell[0]][:2], Ids()) for cell, ids in leaves.items()}
    return own, {cell: (ids & known) - own[cell] for cell, ids in leaves.items()}
