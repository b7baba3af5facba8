"""What a workbook may not do: open something to somebody, or take what belongs to others."""

from __future__ import annotations

import pytest

from aftercare.models import ProviderStaff
from casework.models import Case, Task
from core.services import Refused
from exchange.models import WorkbookImport
from exchange.services import workbooks
from studies.models import Estimate, Study
from tests import factories
from tests.exchange.moving import CASE, arrived, faults, filled, taken
from tests.exchange.test_moving import PERSON, VICTIM, whole
from tests.factories import studies
from victims.models import Sibling

pytestmark = pytest.mark.django_db
OF = {"case": "2019/77"}
STUDY = {"key": "s", "title": "Invented", "programme": "csec", "jurisdiction": "IN-WB-KOL"}
STUDY |= {"method": "time_location", "is_representative": "true", "minor_judged": "observers"}
STUDY |= {"fieldwork_from": "2019-01-01", "fieldwork_to": "2019-02-01"}
STRATUM = {"key": "t", "study": "s", "kind": "public", "jurisdiction": "IN-WB-KOL", "frame": "x"}
ESTIMATE = {"key": "e", "stratum": "t", "basis": "visits", "k": 1, "n": 100}


@pytest.mark.nightly
def test_the_id_of_somebody_elses_case_opens_nothing(case_manager):
    elsewhere = factories.case(factories.office("manila", "PH-MNL"))
    site = factories.site(elsewhere)
    taking = filled(cases=[CASE | {"id": str(elsewhere.pk)}])
    assert faults(taking, case_manager) == [("cases", 2, "key")]
    row = OF | {"key": str(site.pk), "kind": "brothel", "jurisdiction": "IN-WB-KOL"}
    assert faults(filled(cases=[CASE], sites=[row]), case_manager) == [("sites", 2, "key")]
    row |= {"key": "p", "case": elsewhere.reference}
    assert faults(filled(cases=[CASE], sites=[row]), case_manager) == [("sites", 2, "case")]
    link = OF | {"key": "l", "other": str(elsewhere.pk), "kind": "related"}
    assert faults(filled(cases=[CASE], links=[link]), case_manager) == [("links", 2, "other")]
    assert Case.objects.get() == elsewhere


def test_a_task_is_given_to_people_of_the_office(case_manager, office):
    elsewhere = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    mate = factories.user("field_officer", office)
    row = OF | {"key": "t", "what": "Invented", "due_on": "2027-01-01"}
    content = filled(cases=[CASE], tasks=[row | {"assignee": elsewhere.username}])
    assert faults(content, case_manager) == [("tasks", 2, "assignee")]
    taken(filled(cases=[CASE], tasks=[row | {"assignee": mate.username}]), case_manager)
    assert Task.objects.get().assignee == mate


@pytest.mark.nightly
def test_a_provider_that_signs_in_here_is_told_of_a_withdrawal_by_us(case_manager):
    provider = factories.provider()
    there = {"key": "h", "name": provider.name, "jurisdiction": provider.jurisdiction.code}
    consent = OF | {"key": "c", "involvement": "p1", "recipient_id": "h", "given_by": "self"}
    consent |= {"given_on": "2019-03-05", "language": "bn", "withdrawn_on": "2019-04-01"}
    row = OF | {"key": "w", "consent": "c", "involvement": "p1", "recipient_kind": "provider"}
    row |= {"recipient_id": "h", "code": "V-INVENTED"}
    there["services"] = '["medical"]'
    content = whole(providers=[there], consents=[consent], withdrawals=[row])
    ProviderStaff.objects.create(provider=provider, user=factories.user("provider_partner"))
    assert faults(content, case_manager) == [("withdrawals", 2, "told_on")]
    told = row | {"told_on": "2019-04-02", "told_by": case_manager.username}
    taken(whole(providers=[there], consents=[consent], withdrawals=[told]), case_manager)


@pytest.mark.nightly
def test_an_estimate_is_published_by_who_may(case_manager, office):
    rows = {"studies": [STUDY], "strata": [STRATUM]}
    published = filled(**rows, estimates=[ESTIMATE | {"published_on": "2019-06-01"}])
    assert faults(published, case_manager) == [("estimates", 2, "published_on")]
    taken(filled(**rows, estimates=[ESTIMATE]), case_manager)
    assert Estimate.objects.get().published_on is None


def test_nobody_has_many_lying_here(case_manager, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_KEPT", 1)
    arrived(filled(cases=[CASE]), case_manager)
    with pytest.raises(Refused):
        arrived(filled(cases=[CASE]), case_manager)
    assert WorkbookImport.objects.count() == 1


@pytest.mark.nightly
def test_siblings_have_the_same_text(case_manager):
    second = {"key": "p2", "case": "2019/77", "victim": "v2"}
    people = {"involvements": [PERSON, second], "victims": [VICTIM, VICTIM | {"key": "v2"}]}
    siblings = [{"key": f"s{n}", "victim": f"v{n}", "group": "g"} for n in (1, 2)]
    taken(whole(**people, siblings=siblings), case_manager)
    assert len(set(Sibling.objects.values_list("group", flat=True))) == 1
    assert Sibling.objects.count() == 2


@pytest.mark.nightly
def test_the_page_of_a_document_says_that_only_its_hash_came(case_manager, browser_client, said):
    paper = OF | {"key": "d", "kind": "other", "received_on": "2019-03-05"}
    version = OF | {"key": "v", "document": "d", "number": 1, "sha256": "ab" * 32}
    wrong = filled(cases=[CASE], documents=[paper], document_versions=[version | {"sha256": "x"}])
    assert faults(wrong, case_manager) == [("document_versions", 2, "sha256")]
    taken(filled(cases=[CASE], documents=[paper], document_versions=[version]), case_manager)
    page = Case.objects.get().document_set.get().get_absolute_url()
    shown = said(browser_client(case_manager).get(page))
    assert "It came by workbook, which has only its SHA-256." in shown
    assert "Destroyed as material" not in shown


@pytest.mark.nightly
def test_studies_become_the_offices_and_nobody_adds_to_those_of_another(case_manager, office):
    taken(filled(cases=[CASE], studies=[STUDY], strata=[STRATUM]), case_manager)
    assert Study.objects.get().office == office
    theirs = studies.study(office=factories.office("manila", "PH-MNL"))
    study = STUDY | {"key": str(theirs.pk), "title": theirs.title, "method": "venues"}
    study |= {"phase": "baseline", "fieldwork_from": "2024-03-01", "fieldwork_to": "2024-03-31"}
    line = STRATUM | {"key": "u", "study": str(theirs.pk)}
    content = filled(cases=[CASE], studies=[study], strata=[line])
    assert faults(content, case_manager) == [("strata", 2, "")]
    assert not theirs.strata.exists()
