"""What contradicts itself is refused by a file as by the forms: where it stands, and the reason."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from casework.models import Case
from core.contradictions import RULES
from core.days import clock
from core.services import Refused
from exchange.services.htcds import import_htcds, preview_htcds
from exchange.workbooks.columns import Names
from exchange.workbooks.sheets import BY_LABEL
from places.models import Jurisdiction
from prosecutions.models import Provision
from tests.exchange.moving import CASE, filled, looked_at, taken

pytestmark = pytest.mark.django_db
IN_TWO_YEARS = f"{timezone.localdate() + timedelta(days=730)}"
OF = {"case": "2019/77"}
RESCUE = OF | {"key": "r1", "jurisdiction": "IN-WB-KOL", "led_by": ""}
RESCUE |= {"occurred_at": "2019-03-09T20:04:00+00:00", "occurred_on": "2019-03-10"}
SUSPECTS = [OF | {"key": "a1", "perpetrator": "w1", "role": "owner"}]
PERPETRATORS = [{"key": "w1", "kind": "individual"}]
ARREST = OF | {"key": "ar1", "suspect": "a1", "arrested_on": "2019-03-10"}
COURT = OF | {"key": "c1", "jurisdiction": "IN-WB", "filed_on": "2019-05-02"}
CHARGE = OF | {"key": "ch1", "prosecution": "c1", "suspect": "a1", "offence_on": "2019-03-09"}
CHARGE |= {"filed_on": "2019-05-02", "provision": "IN | ITPA | 4 | 1958-05-01"}
JUDGMENT = OF | {"key": "j1", "prosecution": "c1", "decided_on": "2020-02-03"}
JUDGMENT |= {"attribution": "own"}
DECISION = OF | {"key": "d1", "judgment": "j1", "charge": "ch1", "disposition": "acquitted"}
HEARING = OF | {"key": "h1", "prosecution": "c1", "listed_on": "2019-08-05", "purpose": "first"}
HEARING |= {"result": "held"}
STUDY = {"key": "s1", "title": "Invented", "programme": "csec", "phase": "single"}
STUDY |= {"method": "census", "jurisdiction": "IN-WB-KOL", "minor_judged": "observers"}
STUDY |= {"is_representative": "yes"}
STUDY |= {"fieldwork_from": "2018-02-01", "fieldwork_to": "2018-03-01"}
STRATUM = {"key": "st1", "study": "s1", "kind": "public", "jurisdiction": "IN-WB-KOL"}
STRATUM |= {"frame": "Invented map"}
VISIT = {"key": "vi1", "stratum": "st1", "venue": "E-1", "visited_on": "2018-02-03"}
VISIT |= {"counted": 4, "minors": 0}


def law():
    found = Provision.objects.get(statute="ITPA", number="4")
    return Names().of(Provision)[found.pk]


def matter(**more):
    """A case with a rescue, an arrest, a trial and a round of visits: everything in order."""
    sheets = {
        "cases": [CASE],
        "rescues": [RESCUE],
        "suspects": SUSPECTS,
        "perpetrators": PERPETRATORS,
        "arrests": [ARREST],
        "prosecutions": [COURT],
        "charges": [CHARGE | {"provision": law()}],
        "hearings": [HEARING],
        "judgments": [JUDGMENT],
        "decisions": [DECISION],
        "studies": [STUDY],
        "strata": [STRATUM],
        "visits": [VISIT],
    }
    return filled(**(sheets | more))


def test_what_is_in_order_is_taken(case_manager):
    assert taken(matter(), case_manager).rows == 13


TWO_WAYS = "At the place of this rescue, this time falls on another day."
AHEAD = "This day is in the future."


@pytest.mark.parametrize(
    ("sheet", "lines", "told"),
    [
        ("rescues", [RESCUE | {"occurred_on": "2019-01-01"}], [(2, "occurred_on", TWO_WAYS)]),
        ("arrests", [ARREST | {"arrested_on": IN_TWO_YEARS}], [(2, "arrested_on", AHEAD)]),
        (
            "decisions",
            [DECISION],
            [(2, "judgment", "A charge cannot be decided before it was filed.")],
        ),
        (
            "hearings",
            [HEARING, HEARING | {"key": "h2", "listed_on": "2020-08-05"}],
            [(3, "listed_on", "All charges before this court were decided before that day.")],
        ),
        (
            "visits",
            [VISIT, VISIT | {"key": "vi2", "visited_on": "2018-02-04"}],
            [
                (
                    row,
                    "venue",
                    "With this method a venue is visited once. This one has been visited.",
                )
                for row in (2, 3)
            ],
        ),
        (
            "visits",
            [VISIT | {"visited_on": "2024-02-04"}],
            [(2, "visited_on", "This day is outside the fieldwork.")],
        ),
    ],
)
@pytest.mark.by_turns(5)
def test_what_contradicts_itself_is_refused_with_sheet_row_and_reason(
    case_manager, sheet, lines, told
):
    more = {sheet: lines}
    if sheet == "decisions":
        more["judgments"] = [JUDGMENT | {"decided_on": "2018-02-03"}]
        more["hearings"] = []
    seen = looked_at(matter(**{name: some for name, some in more.items() if some}), case_manager)
    found = [one for one in seen.preview["faults"] if one.sheet == sheet]
    assert sorted((one.row, one.column, one.reason) for one in found) == told
    assert len(seen.preview["faults"]) == len(told) + (sheet == "decisions")
    assert not Case.objects.exists()


def test_every_rule_is_told_at_a_column_of_its_sheet():
    for label, rules in RULES.items():
        columns = {column.name for column in BY_LABEL[label].columns}
        assert {rule.field for rule in rules.values()} <= columns, label


GIVEN = {"source": "Partner", "programme": "other"}
AHEAD_THERE = "2026-03-02"  # in Kolkata; in Manila it is that day already
LINES = {
    "day of referral": (
        f"case_id,person_id,prs_Gender,cas_IncomingReferralDate\nC1,P1,Feminine,\n"
        f"C2,P2,Feminine,{AHEAD_THERE}\n",
        [(3, "cas_IncomingReferralDate", AHEAD)],
    ),
    "day of a place on the way": (
        "case_id,person_id,hte_Type,hte_Country,hte_Date\nC1,P1,Transit,IN,2026-02-01\n"
        f"C1,P2,Transit,IN,{AHEAD_THERE}\n",
        [(3, "", AHEAD)],
    ),
}


@pytest.mark.parametrize("name", LINES)
@time_machine.travel("2026-03-01T17:00Z", tick=False)
def test_a_file_of_htcds_is_refused_by_the_same_rules_with_row_and_column(case_manager, name):
    """Of what is wrong in it everything is told before anything is taken."""
    text, told = LINES[name]
    where = Jurisdiction.objects.by_code("IN-WB-KOL")
    given = GIVEN | {"text": text, "jurisdiction": where, "actor": case_manager}
    with clock.by(ZoneInfo("Asia/Manila")):
        seen = preview_htcds(**given)
        assert [(one.row, one.column, one.reason) for one in seen.faults] == told
        assert (seen.digest, seen.cases) == ("", 0)
        with pytest.raises(Refused, match="not what you looked at"):
            import_htcds(digest=seen.digest, **given)
    assert not Case.objects.exists()
