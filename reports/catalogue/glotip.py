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
from prosecutions.models import Arrest, Charge, Complaint
from reports.base import ByPlace, Column
from reports.numbers import union
from reports.sets import EVERY, gather, of_victims, people
from reports.verdicts import CONVICTED, decisions, natural, ours, person
from victims.enums import RANGES, AgeBand, Outcome, Sex
from victims.htcds import ExploitationForm, SexualKind
from victims.persons import of_person, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.sets import Ids, Sets

CASE = "case__jurisdiction"
CHILD, ADULT = RANGES[AgeBand.TEENAGER][1], RANGES[AgeBand.ADULT][0]
DETECTED = _(
    "Detected: persons brought out by a rescue in the period, or met in a case opened in the "
    "period. Persons a rescue did not find, and persons found not to be victims, are not counted. "
    "By place of the case; a person counts once per place. "
)


def detected(reader: User, params: Params) -> ScopedQuerySet:
    """The parts of persons who were detected in the period."""
    met = people(reader, params).exclude(outcome=Outcome.NOT_FOUND)
    return met.alias(on=Coalesce("rescue__occurred_on", "case__opened_on")).filter(
        **params.period("on")
    )


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
        met = detected(reader, params).alias(
            youngest=of_person("age_min_months"),
            oldest=of_person("age_max_months"),
            sex=of_person("sex"),
            citizen=of_person("nationality"),
        )
        child, adult = Q(oldest__lte=CHILD), Q(youngest__gte=ADULT)
        female, male = Q(sex=Sex.FEMALE), Q(sex=Sex.MALE)
        sets = gather(
            met,
            CASE,
            standing(),
            victims=EVERY,
            women=adult & female,
            men=adult & male,
            girls=child & female,
            boys=child & male,
            citizens=Q(citizen=Left("case__jurisdiction__code", 2)),
            noncitizens=~Q(citizen="") & ~Q(citizen=Left("case__jurisdiction__code", 2)),
        )
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
        met = detected(reader, params)
        return gather(met, CASE, standing(), victims=EVERY, images=images, **forms)

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
        arrested = Arrest.objects.countable_by(reader).filter(
            natural("suspect__perpetrator"),
            **params.attributed("attribution"),
            **params.period("arrested_on"),
        )
        charged = Charge.objects.countable_by(reader).filter(
            natural("suspect__perpetrator"), **params.period("filed_on")
        )
        convicted = decisions(reader, params, "first").filter(
            CONVICTED,
            natural("charge__suspect__perpetrator"),
            ours(params),
            **params.period("judgment__decided_on"),
        )
        court = "judgment__prosecution__jurisdiction"
        return (
            gather(filed, "jurisdiction", "pk", offences=EVERY)
            | _by_sex(arrested, CASE, "suspect__perpetrator", "contacted")
            | _by_sex(charged, "prosecution__jurisdiction", "suspect__perpetrator", "prosecuted")
            | _by_sex(convicted, court, "charge__suspect__perpetrator", "convicted", court)
        )

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return {column.name: len(at[column.name]) for column in self.columns}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        named = {column.name: at[column.name] for column in self.columns}
        return {"k": at["convicted"], "n": at["prosecuted"], **named}


def _by_sex(rows: ScopedQuerySet, place: str, who: str, name: str, court: str = "") -> Sets:
    """Persons, and those of them of either sex; with a court, by citizenship, too."""
    rows = rows.alias(
        sex=Coalesce(f"{who}__merged_into__sex", f"{who}__sex"),
        citizen=Coalesce(f"{who}__merged_into__nationality", f"{who}__nationality"),
    )
    which = {name: EVERY} | {f"{name}_{word}": Q(sex=sex) for word, sex in SEXES.items()}
    if court:
        own = Q(citizen=Left(f"{court}__code", 2))
        which |= {f"{name}_own": own, f"{name}_foreign": ~Q(citizen="") & ~own}
    return gather(rows, place, person(who), **which)
