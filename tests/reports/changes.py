"""For each figure of the submission a change of a record after which it is another."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from casework.models import Case, OnlineIncident, Rescue, Site
from prosecutions.models import Arrest, ChargeDecision, CorridorLeg, Network, Prosecution, Suspect
from reports.catalogue.submission import LINES
from reports.models import RowNumber
from reports.readers import Reporter
from reports.submission.entries import ENTRIES
from reports.submission.sources import Book
from studies.models import (
    DistrictSurvey,
    Estimate,
    ExternalStatistic,
    Finding,
    ProgrammePlace,
    Stratum,
    Study,
    Visit,
)
from tests.factories import place
from victims.models import Involvement, Victim

DAY = date(2026, 11, 24)
KOLKATA, MUMBAI = "IN-WB-KOL", "IN-MH-MUM"
SEX, BONDED, CSEC = ("csec", "sex_trafficking"), "bonded_labour", "csec"


def found(code):
    line = LINES[code]
    return ENTRIES[line.id].sources[line.place].read(Book(Reporter(), DAY))


def of_study(model, place, kind="public", **to):
    """The first row of a stratum; of estimates the one that the submission reads."""
    rows = model.objects.filter(stratum__jurisdiction__code=place, stratum__kind=kind)
    if model is Estimate:
        rows = rows.filter(stratum__study__phase="single").order_by("-figuring", "created_at")
        rows = rows.filter(figuring="calibrated") if kind == "public" else rows
    model.objects.filter(pk=rows.first().pk).update(**to)


def of_others(measure, programme=BONDED, place="IN", publisher="", **to):
    rows = ExternalStatistic.objects.filter(
        publisher__startswith=publisher,
        measure=measure,
        programme=programme,
        jurisdiction__code=place,
    )
    assert rows.update(**to) == 1


def began(place):
    rows = ProgrammePlace.objects.filter(jurisdiction__code=place)
    assert rows.update(starts_on=date(1998, 1, 1)) == 1


def not_rescued(one):
    Involvement.objects.filter(victim=one).update(outcome="declined")


def acquitted(one):
    rows = ChargeDecision.objects.filter(charge__suspect__perpetrator=one)
    assert rows.update(disposition="acquitted")


def not_arrested(one):
    assert Arrest.objects.filter(suspect__perpetrator=one).update(
        arrested_on=timezone.localdate() + timedelta(days=400)
    )


def of_other_form(cases):
    assert Case.objects.filter(pk__in=cases).update(programme="other")


def aged(months, *programmes, **of):
    rows = Victim.objects.filter(involvements__case__programme__in=programmes, **of).values("pk")
    rows = Victim.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    assert rows.update(age_min_months=months, age_max_months=months)


def endline(place, k):
    rows = Estimate.objects.filter(
        stratum__jurisdiction__code=place, stratum__study__phase="endline"
    )
    assert rows.update(k=k) == 1


def pending_no_more(one):
    of_other_form(
        Suspect.objects.filter(perpetrator=one, case__jurisdiction__code__startswith="TH").values(
            "case"
        )
    )


def all_in_one_year(model, **to):
    """What a country has on record lies in one year: nothing rises after it."""
    assert model.objects.filter(jurisdiction__code__startswith="PH").update(**to)


def all_in_cambodia(*models):
    """What the Philippines have on record lay in Cambodia, where nobody recorded anything."""
    for model in models:
        assert model.objects.filter(jurisdiction__code__startswith="PH").update(
            jurisdiction=place("KH")
        )


# For each line of the text what is changed; whoever is counted there (`k`) is given to it.
ONE = {
    "S02-1": not_rescued,
    "S03-1": acquitted,
    "S16-1": acquitted,
    "S18-1": lambda one: Network.objects.filter(pk=one).update(identified_on=date(1999, 1, 1)),
    "S19-1": not_arrested,
    "S20-1": acquitted,
    "S20-2": acquitted,
    "S21-1": not_rescued,
    "S22-1": pending_no_more,
    "S24-1": lambda one: of_other_form([one]),
    "S25-1": not_rescued,
    "S26-1": acquitted,
    "S31-1": not_arrested,
    "S31-2": acquitted,
    "S32-1": lambda one: OnlineIncident.objects.filter(case=one).update(for_compensation="no"),
    "S38-1": not_rescued,
    "S38-2": acquitted,
}
ROWS = {
    "S01-1": lambda: began(MUMBAI),
    "S01-2": lambda: began(KOLKATA),
    "S04-1": lambda: Stratum.objects.filter(hotspots=16).update(hotspots=17),
    "S04-2": lambda: of_study(Visit, KOLKATA, left_out="doubtful"),
    "S04-3": lambda: of_study(Visit, KOLKATA, counted=F("counted") + 1),
    "S05-1": lambda: of_study(Estimate, KOLKATA, share=Decimal("0.01")),
    "S06-1": lambda: of_study(Estimate, KOLKATA, "private", k=23),
    "S06-2": lambda: of_study(Estimate, KOLKATA, "private", n=130),
    "S06-3": lambda: of_study(Estimate, KOLKATA, "private", k=23),
    "S07-1": lambda: of_study(Visit, MUMBAI, left_out="doubtful"),
    "S07-2": lambda: of_study(Visit, MUMBAI, counted=F("counted") + 1),
    "S08-1": lambda: of_study(Estimate, MUMBAI, share=Decimal("0.06")),
    "S09-1": lambda: of_study(Estimate, MUMBAI, "private", k=24),
    "S10-1": lambda: of_others("people_held", CSEC, value=2_000_000),
    "S10-2": lambda: of_others("share_minors", CSEC, value=Decimal("0.3")),
    "S11-1": lambda: of_others("people_held", publisher="Government", value=340_000),
    "S11-2": lambda: of_others("people_held", publisher="Government", parts_number=15),
    "S12-1": lambda: of_others("people_held", publisher="Gandhi", value=2_000_000),
    "S12-2": lambda: of_others("people_held", publisher="Gandhi", parts_number=9),
    "S13-1": lambda: of_others("survivors_aided", publisher="Government", value=313_000),
    "S14-1": lambda: of_others("survivors_aided", publisher="Centre", parts_number=6),
    "S15-1": lambda: of_others("incidents", value=127),
    "S15-2": lambda: of_others("victims", value=632),
    "S15-3": lambda: of_others("victims", parts_number=10),
    "S17-1": lambda: DistrictSurvey.objects.filter(status="not_done").update(status="done"),
    "S23-1": lambda: CorridorLeg.objects.filter(kind="identified").update(jurisdiction=place("KH")),
    "S27-1": lambda: aged(190, "osec"),
    "S28-1": lambda: aged(230, *SEX, age_min_months=F("age_max_months")),
    "S28-2": lambda: aged(230, *SEX, age_min_months=F("age_max_months")),
    "S29-1": lambda: aged(150, "osec"),
    "S30-1": lambda: Victim.objects.filter(involvements__case__programme="osec").update(
        sex="female"
    ),
    "S35-1": lambda: all_in_cambodia(Rescue, Site, Prosecution),
    "S40-1": lambda: all_in_one_year(Prosecution, filed_on=date(2003, 3, 1)),
    "S33-1": lambda: of_others("share_minors", CSEC, "KH", value=Decimal("0.25")),
    "S34-1": lambda: Study.objects.filter(jurisdiction__code="KH").update(
        published_on=date(2014, 1, 5)
    ),
    "S36-1": lambda: Finding.objects.filter(evaluation__jurisdiction__code="KH").update(k=9, n=10),
    "S37-1": lambda: began("PH-MNL"),
    "S37-2": lambda: began("PH-CEB"),
    "S37-3": lambda: began("PH-PAM"),
    "S39-1": lambda: endline("PH-MNL", 40),
    "S39-2": lambda: endline("PH-PAM", 10),
}
# What only the full demonstration has people enough for.
OF_MANY = ("S28-1", "S28-2", "S30-1", "S35-1", "S38-2", "S40-1")


def changed(code):
    """Whether the figure is another after the change."""
    before = found(code)
    if code in ONE:
        ONE[code](RowNumber.objects.get(number=min(before.k)).row_id)
    else:
        ROWS[code]()
    return found(code).value != before.value
