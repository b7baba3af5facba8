"""Rows and people of several sweeps."""

from __future__ import annotations

from importlib import util

import pytest

from accounts.roles import Role
from casework.models import Case
from core.local.paths import ROOT
from tests import factories
from tests.factories import exports, field, people, releases
from tests.meta.rows import finished_run, proposal_for, sent_referral, withdrawal_to


@pytest.fixture
def committed(real_rows):
    """A field officer on the team of one committed case, for what cannot be seen inside the
    transaction of a test."""
    officer = factories.user()
    case = factories.assignment(user=officer).case
    for factory in (factories.identity, factories.arrest, factories.referral):
        factory(case=case)
    return officer


def partner(case):
    """Works for a provider that was sent a referral, and has to hear of a withdrawal."""
    provider = sent_referral(case).provider
    withdrawal_to(case, provider)
    return factories.provider_staff(provider).user


@pytest.fixture
def leads(case_manager, office, fresh):
    """By role, somebody who may open every address of that role; rows of every table."""
    case = factories.case()
    for model, make in factories.FACTORIES.items():
        if model is not Case:
            try:
                make(case=case)
            except TypeError:  # not a row of a case
                make()
    finished_run(case_manager)
    exports.workbook_import(case_manager)
    factories.notice(case_manager)
    people.saved_view(case_manager)
    releases.schedule(case_manager)
    field.rescue_plan(case, case_manager)
    officer = factories.user("data_officer", office)
    proposal_for(officer)
    prosecutor = factories.user("prosecutor", office)
    factories.disclosure(case, prosecutor)
    return {
        Role.CASE_MANAGER: case_manager,
        Role.PROSECUTOR: prosecutor,
        Role.DATA_OFFICER: officer,
        Role.AUDITOR: factories.user("auditor", office),
        Role.SAFEGUARDING_LEAD: factories.user("safeguarding_lead", office),
        Role.SYSTEM_ADMIN: factories.user("system_admin", office),
        Role.PROVIDER_PARTNER: partner(case),
    }


@pytest.fixture(scope="session")
def make():
    """`locale/make.py`, which gathers words."""
    spec = util.spec_from_file_location("words_of_casework", ROOT / "locale" / "make.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
