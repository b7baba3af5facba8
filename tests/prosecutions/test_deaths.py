"""An accused dies outside custody: the word for them, and what becomes of the proceedings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused, Stale
from prosecutions.checks.warnings import checks_of
from prosecutions.models import (
    Charge,
    ChargeDecision,
    Custody,
    Judgment,
    Perpetrator,
    Prosecution,
    Suspect,
)
from prosecutions.services.arrests import correct_arrest, record_arrest
from prosecutions.services.charges import file_charge
from prosecutions.services.custody import begin_custody
from prosecutions.services.deaths import record_death
from tests import factories

pytestmark = pytest.mark.django_db
DIED = date(2026, 6, 3)


@pytest.fixture
def suspect(case):
    return factories.suspect(case)


def dies(suspect, actor, **facts):
    return record_death(suspect, **({"version": 1, "died_on": DIED} | facts), actor=actor)


def stands(suspect):
    return Suspect.objects.with_status().with_standing().get(pk=suspect.pk)


def ends(charge):
    """How a charge stands, and since when."""
    rows = charge.decisions.standing().order_by("judgment__decided_on")
    return [(row.disposition, row.judgment.decided_on, row.judgment.instance) for row in rows]


def test_whoever_died_free_stands_as_died_and_what_is_open_abates(suspect, lawyer, recorded):
    charge = factories.charge(suspect.case, suspect=suspect)
    second = factories.charge(
        prosecution=charge.prosecution, suspect=suspect, offence_on=date(2026, 3, 9)
    )
    other = factories.charge(prosecution=charge.prosecution)
    elsewhere = factories.charge(suspect.case, suspect=suspect)
    ahead = factories.hearing(
        prosecution=elsewhere.prosecution, listed_on=date(2026, 7, 1), purpose="evidence"
    )
    dead = dies(suspect, lawyer)
    assert (dead.died_on, dead.version) == (DIED, 2)
    assert (stands(suspect).status, stands(suspect).standing) == ("died", "free")
    for row in (charge, second, elsewhere):
        assert ends(row) == [("abated", DIED, "first")]
    assert ends(other) == [], "the other accused is tried on"
    judgments = Judgment.objects.filter(case=suspect.case)
    assert [row.attribution for row in judgments] == ["state_only"] * 2, "one a proceeding"
    ahead.refresh_from_db()
    assert (ahead.result, ahead.no_next_date) == ("vacated", "disposed")
    left = Prosecution.objects.open().values_list("pk", flat=True)
    assert list(left) == [charge.prosecution_id]
    assert recorded("suspect.died") == [(lawyer.pk, str(suspect.pk))]


def test_whatever_the_record_says_beside_it_the_word_is_died(suspect, lawyer):
    convicted = factories.charge(suspect.case, suspect=suspect)
    factories.decision(charge=convicted, decided_on=date(2026, 5, 1))
    dies(suspect, lawyer)
    assert stands(suspect).status == "died"
    assert ends(convicted) == [("convicted_trial", date(2026, 5, 1), "first")], "it stands"


def test_of_the_dead_no_sentence_is_awaited(suspect, lawyer):
    convicted = factories.charge(suspect.case, suspect=suspect)
    factories.decision(charge=convicted, decided_on=date(2026, 5, 1))
    ahead = factories.hearing(
        prosecution=convicted.prosecution, listed_on=date(2999, 1, 5), purpose="sentence"
    )
    assert Prosecution.objects.on_docket().exists()
    assert "conviction_without_sentence" in {c.code for c in checks_of(suspect.case, lawyer)}
    dies(suspect, lawyer)
    ahead.refresh_from_db()
    assert (ahead.result, ahead.no_next_date) == ("vacated", "finished")
    assert not Prosecution.objects.on_docket().exists()
    assert not ChargeDecision.objects.without_sentence().exists()
    assert "conviction_without_sentence" not in {c.code for c in checks_of(suspect.case, lawyer)}


def test_a_charge_that_slept_abates_too(suspect, lawyer):
    charge = factories.charge(suspect.case, suspect=suspect)
    factories.decision(charge=charge, disposition="archived", decided_on=date(2026, 5, 1))
    with pytest.raises(Refused, match="archived or stayed later") as no:
        dies(suspect, lawyer, died_on=date(2026, 4, 30))
    assert no.value.field == "abated_on"
    dies(suspect, lawyer)
    assert ends(charge) == [("abated", DIED, "first")]
    assert not Charge.objects.asleep().exists()


def test_the_court_may_close_the_charges_later(suspect, lawyer):
    """It sat, and was told of the death."""
    charge = factories.charge(suspect.case, suspect=suspect)
    sat = DIED + timedelta(days=9)
    factories.hearing(prosecution=charge.prosecution, listed_on=sat, result="held")
    with pytest.raises(Refused, match="A later hearing is recorded:") as no:
        dies(suspect, lawyer)
    assert no.value.field == "abated_on"
    assert stands(suspect).died_on is None, "nothing stays of what was refused"
    with pytest.raises(Refused, match="Charges cannot abate before the date of death"):
        dies(suspect, lawyer, abated_on=DIED - timedelta(days=1))
    dies(suspect, lawyer, abated_on=sat)
    assert ends(charge) == [("abated", sat, "first")]
    assert stands(suspect).died_on == DIED


def test_custody_ends_with_it(suspect, lawyer):
    held = factories.custody(suspect=suspect, since=date(2026, 5, 1), charge_by=date(2026, 7, 1))
    with pytest.raises(Refused, match="This contradicts the custody on record"):
        dies(suspect, lawyer, died_on=date(2026, 4, 30))
    dies(suspect, lawyer)
    held.refresh_from_db()
    assert (held.ended_on, held.ended, held.version) == (DIED, "died", 2)


def test_after_a_death_in_custody_the_charges_abate_on_its_day(suspect, lawyer):
    charge = factories.charge(suspect.case, suspect=suspect)
    factories.custody(suspect=suspect, since=date(2026, 5, 1), ended_on=DIED, ended="died")
    for wrong in (DIED - timedelta(days=1), DIED + timedelta(days=1)):
        with pytest.raises(Refused, match="This contradicts the custody on record"):
            dies(suspect, lawyer, died_on=wrong)
    dies(suspect, lawyer)
    assert ends(charge) == [("abated", DIED, "first")]
    assert Custody.objects.filter(suspect=suspect).count() == 1


def test_what_cannot_be_is_refused(suspect, lawyer):
    with pytest.raises(Refused, match="in the future"):
        dies(suspect, lawyer, died_on=date(2999, 1, 1))
    with pytest.raises(Refused, match="in the future"):
        dies(suspect, lawyer, abated_on=date(2999, 1, 1))
    with pytest.raises(Refused, match="Enter the date of death"):
        dies(suspect, lawyer, died_on=None)
    with pytest.raises(Stale):
        dies(suspect, lawyer, version=7)
    arrest = factories.arrest(suspect.case)
    Suspect.objects.filter(pk=arrest.suspect_id).update(version=1)
    with pytest.raises(Refused, match="A later arrest is recorded"):
        dies(arrest.suspect, lawyer, died_on=arrest.arrested_on - timedelta(days=1))
    Perpetrator.objects.filter(pk=suspect.perpetrator_id).update(kind="organisation")
    with pytest.raises(Refused, match="Only a person can be recorded as dead"):
        dies(Suspect.objects.get(pk=suspect.pk), lawyer)
    assert not Suspect.objects.filter(died_on__isnull=False).exists()


def test_nobody_is_arrested_held_or_charged_after_their_death(suspect, lawyer):
    arrest = suspect.arrests.create(case=suspect.case, arrested_on=DIED)
    court = factories.prosecution(suspect.case)
    dies(suspect, lawyer)
    late = DIED + timedelta(days=1)
    law = {"provision": factories.provision(), "offence_on": date(2026, 3, 10)}
    acts = (
        lambda day: record_arrest(suspect, arrested_on=day, actor=lawyer),
        lambda day: correct_arrest(
            arrest, version=1, arrested_on=day, attribution="own", actor=lawyer
        ),
        lambda day: begin_custody(suspect, since=day, actor=lawyer),
        lambda day: file_charge(court, suspect=suspect, filed_on=day, actor=lawyer, **law),
    )
    for act in acts:
        with pytest.raises(Refused, match="died on 3 Jun 2026"):
            act(late)
    assert file_charge(court, suspect=suspect, filed_on=DIED, actor=lawyer, **law)


def test_who_may_not_is_refused(suspect, office):
    stranger = factories.user("legal_officer", office)
    worker = factories.assignment(suspect.case, factories.user("field_officer", office)).user
    for actor in (stranger, worker):
        with pytest.raises(PermissionDenied):
            dies(suspect, actor)


def test_a_death_recorded_in_error_is_taken_back(suspect, lawyer, recorded):
    dies(suspect, lawyer)
    dies(suspect, lawyer, version=2, died_on=DIED - timedelta(days=1))
    assert stands(suspect).died_on == DIED - timedelta(days=1)
    with pytest.raises(Refused, match="Enter the date of death"):
        dies(suspect, lawyer, version=3, died_on=None, abated_on=DIED)
    dies(suspect, lawyer, version=3, died_on=None)
    assert (stands(suspect).status, stands(suspect).died_on) == ("identified", None)
    assert recorded("suspect.alive") == [(lawyer.pk, str(suspect.pk))]


def test_the_page_records_it_and_says_so(suspect, page, said):
    charge = factories.charge(suspect.case, suspect=suspect)
    address = f"/suspects/{suspect.pk}/death/"
    case_page = f"/cases/{suspect.case_id}/people/"
    assert f'href="{address}"' in page.get(case_page).content.decode()
    assert page.get(address).status_code == 200
    assert page.post(address, {"died_on": "", "version": "1"}).status_code == 409
    assert page.post(address, {"died_on": "2999-01-01", "version": "1"}).status_code == 400
    assert page.post(address, {"died_on": "2026-06-03", "version": "1"}).status_code == 302
    assert ends(charge) == [("abated", DIED, "first")]
    words = said(page.get(case_page))
    assert "Died 3 Jun 2026" in words
    assert "A judgment of 3 Jun 2026, but no hearing" not in words, "no court sat for it"


def test_after_a_death_in_custody_the_page_leads_to_it(suspect, page, said):
    factories.charge(suspect.case, suspect=suspect)
    factories.custody(suspect=suspect, since=date(2026, 5, 1), ended_on=DIED, ended="died")
    shown = page.get(f"/cases/{suspect.case_id}/court/")
    assert f"{suspect.code} died, and a charge is still open." in said(shown)
    address = f'href="/suspects/{suspect.pk}/death/"'
    assert address in shown.content.decode()
    assert address in page.get(f"/cases/{suspect.case_id}/people/").content.decode()


def test_a_program_records_it(suspect, api, lawyer):
    charge = factories.charge(suspect.case, suspect=suspect)
    caller, address = api(lawyer), f"suspects/{suspect.pk}/death/"
    assert caller.post(address, {"died_on": "2026-06-03"}).status_code == 428
    none = caller.post(address, {}, If_Match='"1"')
    assert (none.status_code, list(none.json()["errors"])) == (400, ["died_on"])
    made = caller.post(
        address, {"died_on": "2026-06-03", "abated_on": "2026-06-09"}, If_Match='"1"'
    )
    assert made.status_code == 200, made.content
    answer = made.json()
    assert (answer["status"], answer["died_on"], answer["version"]) == ("died", "2026-06-03", 2)
    assert ends(charge) == [("abated", date(2026, 6, 9), "first")]
    again = caller.post(address, {"died_on": "2026-06-01"}, If_Match='"1"')
    assert again.status_code == 412
    lives = caller.post(address, {"died_on": None}, If_Match='"2"')
    assert (lives.status_code, lives.json()["died_on"]) == (200, None)
