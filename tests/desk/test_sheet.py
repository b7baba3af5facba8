"""The sheet of a case for somebody outside: what stands on it, and how it is given out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.factories import justice, persons
from victims.models import Share, Withdrawal
from victims.services.consents import withdraw_consent

pytestmark = pytest.mark.django_db
PURPOSES = {"authorities": "court", "partners": "care", "public": "publication"}


@pytest.fixture
def case(office: Any) -> Any:
    return factories.case(office)


@pytest.fixture
def people(case: Any) -> Any:
    """`people(whom)`: S-1 has agreed to it, S-2 has not."""

    def make(whom: str) -> Any:
        one, two = (factories.involvement(case, code=f"S-{n}") for n in (1, 2))
        persons.consent(one, purpose=PURPOSES[whom], recipient_kind=whom)
        return one, two

    return make


def charged(case: Any, *named: Any, disposition: str = "") -> Any:
    """A suspect before a court of his own, charged with what was done to these."""
    suspect = factories.suspect(case)
    charge = factories.charge(case, suspect=suspect, prosecution=factories.prosecution(case))
    for person in named:
        justice.charge_victim(case, charge=charge, involvement=person)
    if disposition:
        factories.decision(charge=charge, disposition=disposition)
    return suspect


def sheet(client: Any, case: Any, whom: str) -> tuple[list[str], list[list[str]]]:
    """The codes of suspects on it, and of those charged in each proceeding."""
    shown = client.get(f"cases/{case.pk}/summary/?for={whom}").json()
    proceedings = [sorted({c["code"] for c in one["charges"]}) for one in shown["proceedings"]]
    return [row["code"] for row in shown["suspects"]], sorted(proceedings)


@pytest.mark.parametrize("whom", ["authorities", "partners"])
def test_suspects_and_proceedings_stand_on_it_where_all_concerned_agreed(
    api, case, case_manager, people, whom
):
    one, two = people(whom)
    hers, _his, _both, _nobodys = (
        charged(case, *named).code for named in ((one,), (two,), (one, two), ())
    )
    factories.suspect(case)  # charged with nothing yet: it concerns everyone
    assert sheet(api(case_manager), case, whom) == ([hers], [[hers]])
    persons.consent(two, purpose=PURPOSES[whom], recipient_kind=whom)
    suspects, proceedings = sheet(api(case_manager), case, whom)
    assert (len(suspects), len(proceedings)) == (5, 4)


def test_whose_second_charge_concerns_somebody_else_does_not_stand_on_it(
    api, case, case_manager, people
):
    one, two = people("authorities")
    suspect = charged(case, one)
    charge = factories.charge(case, suspect=suspect, prosecution=factories.prosecution(case))
    justice.charge_victim(case, charge=charge, involvement=two)
    suspects, proceedings = sheet(api(case_manager), case, "authorities")
    assert (suspects, proceedings) == ([], [[suspect.code]]), "the proceeding about her alone"


def test_the_public_is_told_only_what_a_court_has_decided_against_somebody(
    api, case, case_manager, people
):
    one, two = people("public")
    ends = ("convicted_trial", "acquitted", "")
    convicted, _acquitted, _pending = (charged(case, one, disposition=end).code for end in ends)
    charged(case, two, disposition="convicted_plea")
    factories.suspect(case)
    assert sheet(api(case_manager), case, "public") == ([convicted], [[convicted]])


def test_looking_at_it_tells_nobody_and_giving_it_out_does(
    api, browser_client, said, case, case_manager, people, recorded
):
    one, two = people("authorities")
    page, path = browser_client(case_manager), f"/cases/{case.pk}/summary/?for=authorities"
    looked = page.get(path)
    assert "This is what would be given out" in said(looked)
    assert "data-print" not in looked.content.decode()
    assert not Share.objects.exists()
    give = f"/cases/{case.pk}/give-summary/"
    assert page.get(give).status_code == 405
    given = page.post(give, {"for": "authorities"})
    assert (given.status_code, given["Location"]) == (302, path)
    told = Share.objects.get()
    assert (told.involvement, told.recipient_kind, told.recipient_id) == (one, "authorities", None)
    assert "It is recorded that it was given out" in said(page.get(path))
    assert "data-print" in page.get(path).content.decode()
    page.post(give, {"for": "authorities"})  # again: nobody is told twice on one consent
    assert Share.objects.count() == 1
    assert len(recorded("summary.given")) == 2
    # For others it was not given out.
    assert "would be given out" not in said(page.get(path.replace("authorities", "partners")))
    assert two.shares.count() == 0


def test_a_withdrawal_calls_it_back(api, case, case_manager, people):
    one, _two = people("partners")
    answer = api(case_manager).post(f"cases/{case.pk}/give-summary/", {"whom": "partners"})
    assert (answer.status_code, answer.json()["given"]) == (200, True)
    assert [row["code"] for row in answer.json()["survivors"]] == ["S-1"]
    consent = one.consents.get()
    withdraw_consent(consent, withdrawn_on=date(2026, 6, 1), version=1, actor=case_manager)
    called = Withdrawal.objects.get()
    assert (called.recipient_kind, called.recipient_id, called.told_on) == ("partners", None, None)
    again = api(case_manager).post(f"cases/{case.pk}/give-summary/", {"whom": "partners"})
    assert (again.status_code, Share.objects.count()) == (409, 1)
    persons.consent(one, purpose="care", recipient_kind="any_provider")
    renewed = persons.consent
    consent.refresh_from_db()
    consent.replaced_at = "2026-06-02T00:00:00Z"
    consent.save()
    renewed(one, purpose="care", recipient_kind="partners", given_on=date(2026, 6, 2), number=2)
    shown = api(case_manager).get(f"cases/{case.pk}/summary/?for=partners").json()
    assert shown["given"] is False, "on the new consent nobody was told"


def test_it_is_given_out_by_those_who_keep_consents_and_to_somebody(
    api, browser_client, case, case_manager, people, office
):
    people("public")
    path = f"cases/{case.pk}/give-summary/"
    for body in ({}, {"whom": "anyone"}, {"whom": ""}):
        answer = api(case_manager).post(path, body)
        assert answer.status_code == 400
        assert "whom" in answer.json()["errors"]
    assert browser_client(case_manager).post(f"/{path}", {"for": "anyone"}).status_code == 409
    assert browser_client(case_manager).post(f"/{path}", {}).status_code == 409
    reader = factories.user("data_officer", office)
    assert api(reader).post(path, {"whom": "public"}).status_code == 403
    outsider = factories.user("aftercare_worker", office)  # knows that it exists, no more
    assert api(outsider).post(path, {"whom": "public"}).status_code == 403
    assert not Share.objects.exists()


def test_where_nobody_agreed_nothing_is_given_out(api, browser_client, said, case, case_manager):
    factories.involvement(case)
    answer = api(case_manager).post(f"cases/{case.pk}/give-summary/", {"whom": "public"})
    assert answer.status_code == 409
    page = browser_client(case_manager).get(f"/cases/{case.pk}/summary/?for=public")
    assert "Nobody has agreed to that" in said(page)
    assert "data-print" not in page.content.decode()
