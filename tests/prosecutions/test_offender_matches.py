"""Offenders of a like name: found over all offices by the worker, judged once, found by either
name once they are one."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from core.context import acting_as
from core.services import Refused, Stale
from desk.search import Kind, find
from prosecutions.matching import MATCHING
from prosecutions.models import OffenderMatch, Suspect
from prosecutions.services.matches import decide_offender_match, judge_offenders
from prosecutions.services.perpetrators import merge_perpetrators
from tests import factories
from tests.factories import justice
from tests.nights import nightly

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.user("data_officer", factories.office("global"))


@pytest.fixture
def abroad():
    return factories.case(factories.office("manila", "PH-MNL"))


def named(case, name):
    return factories.suspect(case, name=name).perpetrator


def test_the_worker_finds_pairs_over_all_offices(case, abroad, case_manager, officer):
    here, there = named(case, "Ravi Kumar"), named(abroad, "রবি কুমার")
    named(abroad, "Rosa Lim")
    assert nightly(MATCHING).result == {"people": 3, "new": 1}
    pair = OffenderMatch.objects.get()
    assert {pair.one, pair.other} == {here, there}
    assert list(OffenderMatch.objects.visible_to(officer)) == [pair]
    assert not OffenderMatch.objects.visible_to(case_manager).exists()
    with acting_as(case_manager.pk):
        assert not OffenderMatch.objects.exists()
    assert nightly(MATCHING).result == {"people": 3, "new": 0}


def test_other_names_are_compared_too(case, abroad):
    justice.alias(case, "Mohammed Rahman")
    named(abroad, "Mohd Rahman")
    assert nightly(MATCHING).result["new"] == 1


def test_who_is_known_in_sealed_cases_only_is_compared_with_nobody(case, office):
    named(case, "Ravi Kumar")
    named(factories.case(office, level=4), "Ravi Kumar")
    assert nightly(MATCHING).result == {"people": 1, "new": 0}


def test_a_judgement_stands_and_a_pair_found_no_more_goes(case, abroad, officer):
    one, other = named(case, "Ravi Kumar"), named(abroad, "Ravi Kumarr")
    judged = judge_offenders(one, other=other, answer="different", actor=officer)
    justice.offender_match(case, named(case, "Rosa Lim"), named(abroad, "Aung Min"))
    nightly(MATCHING)
    assert [(m.pk, m.status) for m in OffenderMatch.objects.all()] == [(judged.pk, "different")]


def test_the_web_cannot_ask_for_the_names(officer):
    with (
        acting_as(officer.pk),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select * from prosecutions_to_match()")


def test_nobody_judges_whom_they_do_not_reach(case, abroad, case_manager):
    pair = named(case, "Ravi Kumar"), named(abroad, "Ravi Kumar")
    with pytest.raises(PermissionDenied):
        judge_offenders(pair[0], other=pair[1], answer="different", actor=case_manager)


def test_what_is_judged_can_be_judged_anew_by_who_saw_it(case, officer, recorded):
    pair = justice.offender_match(case)
    judged = decide_offender_match(pair, version=1, answer="later", actor=officer)
    assert (judged.status, judged.decided_by, judged.version) == ("later", officer, 2)
    assert recorded("offendermatch.decided") == [(officer.pk, str(pair.pk))]
    with pytest.raises(Stale):
        decide_offender_match(pair, version=1, answer="same", actor=officer)
    with pytest.raises(Refused, match="same person"):
        decide_offender_match(pair, version=2, answer="open", actor=officer)


def test_the_queue_leads_to_two_records_side_by_side_and_back(
    browser_client, case, case_manager, said
):
    one, other = named(case, "Ravi Kumar"), named(case, "Ravi Kumarr")
    justice.offender_match(case, one, other)
    client = browser_client(case_manager)
    queue = client.get("/offenders/duplicates/")
    assert "Ravi Kumarr" in said(queue)
    first, second = sorted((one, other), key=lambda row: row.pk)
    address = f"/perpetrators/{first.pk}/merge/?other={second.pk}"
    assert address in queue.content.decode()
    assert f'action="/perpetrators/{first.pk}/judge/"' in client.get(address).content.decode()
    assert 'class="pair__differs"' in client.get(address).content.decode()
    told = {"other": str(second.pk), "answer": "different", "reason": "elsewhere"}
    done = client.post(f"/perpetrators/{first.pk}/judge/", told)
    assert done["Location"] == "/offenders/duplicates/"
    different = said(client.get("/offenders/duplicates/?status=different"))
    assert "Elsewhere at the same time" in different
    assert "No pair is waiting" in said(client.get(done["Location"]))
    assert "Ravi Kumarr" in said(client.get("/offenders/duplicates/?status=different"))
    assert client.post(f"/perpetrators/{first.pk}/judge/", {"answer": "x"}).status_code == 409
    # Who was said to be somebody else is not offered again.
    assert "Ravi Kumarr" not in said(client.get(f"/perpetrators/{one.pk}/merge/"))


def test_no_record_out_of_reach_is_offered_for_a_merge(browser_client, case, case_manager, said):
    """Shown by an emergency it is read, and nothing more."""
    mine = named(case, "Ravi Kumar")
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    shown = named(elsewhere, "Ravi Kumarr")
    factories.break_glass(elsewhere, user=case_manager)
    client, address = browser_client(case_manager), f"/perpetrators/{mine.pk}/merge/"
    assert "Ravi Kumarr" in said(client.get(f"/perpetrators/{shown.pk}/"))
    assert f"other={shown.pk}" not in client.get(address).content.decode()
    assert f"other={shown.pk}" not in client.get(f"/perpetrators/{mine.pk}/").content.decode()
    assert client.post(address, {"other": str(shown.pk)}).status_code == 400
    code = Suspect.objects.get(perpetrator=shown).code
    asked = client.get(address, {"suspect": f"{elsewhere.reference} {code}"})
    assert "Not found, or not open to you." in said(asked)


def test_who_may_not_merge_reads_the_pair_and_is_not_led_to_a_closed_page(
    browser_client, case, lawyer, said
):
    justice.offender_match(case, named(case, "Ravi Kumar"), named(case, "Ravi Kumarr"))
    queue = browser_client(lawyer).get("/offenders/duplicates/")
    assert "Ravi Kumarr" in said(queue)
    assert "/merge/" not in queue.content.decode()


def test_by_either_name_both_records_are_found(case, officer):
    kept, gone = named(case, "Ravi Kumar"), named(factories.case(case.office), "Aung Min")
    merge_perpetrators(kept, other=gone, actor=officer)
    for asked in ("Ravi Kumar", "Aung Min"):
        with acting_as(officer.pk):
            (found,) = [hits for hits in find(asked, officer) if hits.kind == Kind.OFFENDER]
        assert {hit.label for hit in found.hits} == {"Ravi Kumar", "Aung Min"}
