"""Our code lists are those of HTCDS, code by code: a letter more or less is an export refused."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from django.db.models import TextChoices

from victims import crosswalk, htcds
from victims.enums import Exploiter

DATA = json.loads((Path(htcds.__file__).parent / "data" / "htcds.json").read_text())
LISTS: dict[str, list[str]] = DATA["lists"]
OURS = {
    "prs_MaritalStatus": htcds.MaritalStatus,
    "prs_HighestLevelOfEducation": htcds.Education,
    "vic_TraffickingStatus": htcds.TraffickingStatus,
    "vic_TraffickingStatusDecisionMakingOrg": htcds.DecidedBy,
    "vic_MethodOfRecruitment": htcds.Recruitment,
    "vic_MethodsOfControl": htcds.Control,
    "vic_TypeOfExploitation": htcds.ExploitationForm,
    "vic_ForcedLabourIndustry": htcds.Industry,
    "vic_TypeOfSexExploitation": htcds.SexualKind,
}
WITHOUT_ENUM = {"vic_RelationshipToTrafficker"}  # said by the crosswalk alone


def test_every_list_of_codes_is_compared():
    lists = {
        one
        for _name, one in inspect.getmembers(htcds, inspect.isclass)
        if issubclass(one, TextChoices) and one is not TextChoices
    }
    assert set(OURS.values()) == lists
    assert set(OURS) | WITHOUT_ENUM == set(LISTS)


@pytest.mark.parametrize("name", OURS)
def test_a_list_holds_the_codes_of_the_standard_and_no_other(name):
    ours = set(OURS[name].values)
    if name == "vic_MethodsOfControl":
        ours -= crosswalk.NOT_IN_PICKLIST
    assert ours == set(LISTS[name])
    assert name in (OURS[name].__doc__ or "")


def test_every_control_is_called_elsewhere_as_the_standard_and_ctdc_call_it():
    rows = {
        code or next(iter(crosswalk.NOT_IN_PICKLIST)): tuple(names)
        for code, *names in DATA["methods_of_control"]
    }
    assert rows == crosswalk.CONTROLS


def test_what_we_say_in_other_codes_says_codes_of_the_standard():
    assert set(crosswalk.RELATIONSHIP) == set(Exploiter.values)
    assert set(crosswalk.RELATIONSHIP.values()) == set(LISTS["vic_RelationshipToTrafficker"])
    forms = {form for some in crosswalk.FORMS_OF.values() for form in some}
    assert forms <= set(LISTS["vic_TypeOfExploitation"])
    bonded, osec = crosswalk.BONDED_LABOUR, crosswalk.OSEC
    assert {bonded["form"], osec["form"]} <= set(LISTS["vic_TypeOfExploitation"])
    assert bonded["control"] in LISTS["vic_MethodsOfControl"]
    assert set(osec["kinds"]) <= set(LISTS["vic_TypeOfSexExploitation"])
    meant = set(crosswalk.CODES_SPELT_ELSEWHERE.values())
    assert meant <= {code for some in LISTS.values() for code in some}
