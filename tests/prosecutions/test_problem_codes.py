"""The problems courts' own systems name (HMCTS, “ProblemCode”), each refused or warned of here."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from core.services import Refused
from prosecutions.checks.warnings import checks_of
from prosecutions.models import Perpetrator
from prosecutions.services.arrests import record_arrest
from prosecutions.services.charges import file_charge
from prosecutions.services.perpetrators import describe_perpetrator
from tests import factories

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=2)  # wherever the place is


def codes(case, user):
    return {check.code for check in checks_of(case, user)}


def filed(case, lawyer, **facts):
    """A charge, filed through its verb."""
    values = {"provision": factories.provision(), "offence_on": date(2026, 3, 10)}
    values |= {"filed_on": date(2026, 4, 1), "suspect": factories.suspect(case)}
    court = facts.pop("prosecution", None) or factories.prosecution(case)
    return file_charge(court, actor=lawyer, **(values | facts))


# Errors: refused.


def charge_in_future(case, lawyer):
    filed(case, lawyer, filed_on=TOMORROW)


def arrest_in_future(case, lawyer):
    record_arrest(factories.suspect(case), arrested_on=TOMORROW, actor=lawyer)


def born_in_future(case, lawyer):
    who = factories.suspect(case).perpetrator
    describe_perpetrator(who, version=1, born_year=TOMORROW.year + 1, actor=lawyer)


def not_in_effect(case, lawyer):
    """The new code, for an offence of the last day of the old."""
    law = factories.provision("143(2)", "BNS")
    filed(case, lawyer, provision=law, offence_on=date(2024, 6, 30))


def of_another_country(case, lawyer):
    filed(case, lawyer, provision=factories.provision("s.4", "RA9208"))


REFUSED = {
    "CHARGE_DATE_IN_FUTURE": (charge_in_future, "in the future"),
    "ARREST_DATE_IN_FUTURE": (arrest_in_future, "in the future"),
    "DEFENDANT_DOB_IN_FUTURE": (born_in_future, "a later year of birth"),
    "OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE": (not_in_effect, "not in force"),
    "OFFENCE_CODE_IS_INVALID": (of_another_country, "is not a law of the court’s country"),
}


# Warnings: received, with what to look at again.


def out_of_time(case):
    factories.charge(case, offence_on=date(2019, 3, 10))


def generic(case):
    factories.charge(case, provision=factories.provision("20", "BLSA"))


def hearing_before_offence(case):
    charge = factories.charge(case, offence_on=date(2026, 5, 3), filed_on=date(2026, 5, 8))
    factories.hearing(prosecution=charge.prosecution, listed_on=date(2026, 5, 2))


def bail_bare(case):
    factories.custody(case, ended_on=date(2026, 5, 9), ended="bail")


def prosecuted_twice(case):
    for _ in range(2):
        factories.prosecution(case, docket="SC 12/2026")


def one_person_twice(case):
    first = factories.charge(case)
    second = factories.charge(prosecution=first.prosecution)
    kept = {"merged_into": first.suspect.perpetrator}
    Perpetrator.objects.filter(pk=second.suspect.perpetrator_id).update(**kept)


WARNED = {
    "OFFENCE_OUT_OF_TIME": (out_of_time, "out_of_time"),
    "OFFENCE_CODE_IS_GENERIC": (generic, "charge_generic"),
    "DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE": (
        hearing_before_offence,
        "hearing_before_offence",
    ),
    "BAIL_CONDITIONS_REQUIRED": (bail_bare, "bail_without_conditions"),
    "DUPLICATED_PROSECUTION": (prosecuted_twice, "docket_twice"),
    "DUPLICATE_DEFENDANT": (one_person_twice, "defendant_twice"),
}
# The list of the design (peers.md, E7), by hand.
NAMED = """
DATE_OF_HEARING_IN_THE_PAST DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE
OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE OFFENCE_OUT_OF_TIME CHARGE_DATE_IN_FUTURE
ARREST_DATE_IN_FUTURE DEFENDANT_DOB_IN_FUTURE OFFENCE_CODE_IS_INVALID OFFENCE_CODE_IS_GENERIC
BAIL_CONDITIONS_REQUIRED DUPLICATED_PROSECUTION DUPLICATE_DEFENDANT
"""


def test_every_problem_named_is_met():
    assert {*REFUSED, *WARNED, "DATE_OF_HEARING_IN_THE_PAST"} == set(NAMED.split())


@pytest.mark.parametrize("problem", REFUSED)
def test_an_error_is_refused(case, lawyer, problem):
    act, words = REFUSED[problem]
    with pytest.raises(Refused, match=words):
        act(case, lawyer)


@pytest.mark.parametrize("problem", WARNED)
def test_a_warning_refuses_nothing_and_is_said(case, lawyer, problem):
    make, code = WARNED[problem]
    assert code not in codes(case, lawyer)
    make(case)
    assert code in codes(case, lawyer)


def test_a_provision_nobody_knows_is_refused_by_name(case, lawyer, api):
    body = {"prosecution": str(factories.prosecution(case).pk), "provision": str(uuid4())}
    body |= {"suspect": str(factories.suspect(case).pk)}
    body |= {"offence_on": "2026-03-10", "filed_on": "2026-04-01"}
    answer = api(lawyer).post("charges/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["provision"])


def test_a_hearing_in_the_past_stands_in_the_docket_until_its_result_is_recorded(case, lawyer, api):
    """DATE_OF_HEARING_IN_THE_PAST: what took place may be entered later, so it is no error."""
    yesterday = timezone.localdate() - timedelta(days=1)
    hearing = factories.hearing(factories.charge(case).case, listed_on=yesterday)
    found = api(lawyer).get("docket/?show=overdue").json()["results"]
    assert [row["dates"][0]["hearing"] for row in found] == [str(hearing.pk)]
