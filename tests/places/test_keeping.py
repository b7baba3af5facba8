"""An organisation keeps its own places and agencies: by page, by table, by program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core import audit
from core.models import AuditEvent
from core.trail import changes_of_reference
from places.models import Agency, Jurisdiction
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.clients import ApiClient

    Browser = Callable[[Any], Client]
    Api = Callable[[Any], ApiClient]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
LGD = "name,level,parent,register_code\nBankura,district,IN-WB,305\nBirbhum,district,IN-WB,307\n"
ONE = {"name": "Bankura", "level": "district", "parent": "IN-WB", "register_code": "305"}


@pytest.fixture
def case() -> Any:
    return factories.case()


@pytest.fixture
def admin() -> Any:
    return factories.user("system_admin")


def test_a_district_is_added_by_page_with_the_code_of_its_register(
    browser_client: Browser, admin: Any
) -> None:
    answer = browser_client(admin).post("/places/new/", ONE | {"key": "a"})
    row = Jurisdiction.objects.by_code("IN-WB-305")
    assert answer["Location"] == row.get_absolute_url()
    assert (row.name, row.time_zone, row.level) == ("Bankura", "Asia/Kolkata", "district")
    assert Jurisdiction.objects.within("IN-WB").filter(pk=row.pk).exists()


def test_a_table_is_looked_at_first_and_kept_on_the_second_press(
    browser_client: Browser, admin: Any
) -> None:
    client = browser_client(admin)
    looked = client.post("/places/table/", {"rows": LGD, "key": "a"})
    assert not Jurisdiction.objects.filter(register_code="305").exists()
    sheet = looked.context["sheet"]
    assert sheet.shown[0] == [
        *("Bankura", "IN-WB-305", "District or province within a region"),
        *("West Bengal", "Asia/Kolkata"),
    ]
    kept = client.post("/places/table/", {"rows": LGD, "keep": sheet.digest, "key": "b"})
    assert kept["Location"] == "/places/"
    assert Jurisdiction.objects.filter(code__in=["IN-WB-305", "IN-WB-307"]).count() == 2


def test_a_table_may_name_a_place_and_then_what_lies_in_it(
    browser_client: Browser, admin: Any
) -> None:
    rows = (
        "name,level,parent,code,time_zone\n"
        "Iceland,country,,IS,Atlantic/Reykjavik\n"
        "Capital Region,state,IS,IS-1,\n"
    )
    client = browser_client(admin)
    sheet = client.post("/places/table/", {"rows": rows}).context["sheet"]
    client.post("/places/table/", {"rows": rows, "keep": sheet.digest})
    assert Jurisdiction.objects.by_code("IS-1").time_zone == "Atlantic/Reykjavik"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("X,district,IN-XX,1", "Line 2: parent: There is no place with the code IN-XX."),
        ("X,village,IN-WB,1", "Line 2: level: village is not a level."),
        ("X,country,,1", "Line 2: code: Enter a code such as"),
        ("X,state,IN-WB,1", "Line 2: level: It must be smaller than the place it is in."),
        (",district,IN-WB,1", "Line 2: name: Enter its name."),
        ("X,district,,1", "Line 2: parent: Enter the place it is in."),
        ("X,district,IN-WB,1\nX,district,IN-WB,2", "Line 3: name: There is already a place"),
        ("X,district,IN-WB,1\nY,district,IN-WB,1", "Line 3: code: There is already a place"),
    ],
)
def test_what_is_wrong_is_said_line_by_line_and_nothing_is_kept(
    browser_client: Browser, admin: Any, line: str, fault: str
) -> None:
    before = Jurisdiction.objects.count()
    rows = f"name,level,parent,register_code\n{line}\n"
    answer = browser_client(admin).post("/places/table/", {"rows": rows, "keep": "x"})
    assert answer.status_code == 400
    assert fault in answer.content.decode()
    assert Jurisdiction.objects.count() == before


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["Nairobi County", "Naïrobi West"], ["KE-NAIR", "KE-NA1"]),
        (["নদিয়া", "মালদা"], ["KE-1", "KE-2"]),
        (["Ú"], ["KE-U"]),
    ],
)
def test_without_a_code_and_a_register_it_is_made_of_the_name(
    api: Api, admin: Any, names: list[str], codes: list[str]
) -> None:
    """A country keeps its own; and a fifth part of a code does not exist."""
    sent = {"level": "district", "parent": "KE"}
    made = [api(admin).post("jurisdictions/", sent | {"name": name}).json() for name in names]
    assert [one["code"] for one in made] == codes
    below = {"level": "country", "name": "Nowhere", "time_zone": "UTC"}
    assert "Enter a code" in api(admin).post("jurisdictions/", below).content.decode()


def test_a_court_is_added_renamed_and_retired(browser_client: Browser, case: Any) -> None:
    manager = factories.user("case_manager", case.office)
    client = browser_client(manager)
    sent = {"name": "High Court", "kind": "court", "jurisdiction": "IN-WB"}
    client.post("/agencies/new/", sent | {"key": "a"})
    court = Agency.objects.get(name="High Court")
    page = f"/agencies/{court.pk}/change/"
    client.post(page, {"name": "High Court at Calcutta", "version": court.version})
    court.refresh_from_db()
    assert (court.name, court.is_active) == ("High Court at Calcutta", False)
    told = client.get(court.get_absolute_url()).content.decode()
    assert "Changed: in use, name" in told
    assert "Retired" in told
    assert manager.name in told


def test_the_same_agency_twice_is_refused(browser_client: Browser, api: Api, admin: Any) -> None:
    sent = {"name": "City Police", "kind": "police_unit", "jurisdiction": "IN-WB"}
    assert api(admin).post("agencies/", sent).status_code == 201
    twice = api(admin).post("agencies/", sent | {"name": "city police"})
    assert (twice.status_code, twice.json()["detail"]) == (
        400,
        "There is already an agency with this name there.",
    )
    rows = "name,kind,jurisdiction\nCity Police,police_unit,IN-WB\n"
    answer = browser_client(admin).post("/agencies/table/", {"rows": rows})
    assert "Line 2: name: There is already an agency with this name there." in (
        answer.content.decode()
    )


def test_a_program_changes_a_place_by_its_version(api: Api, admin: Any) -> None:
    made = api(admin).post("jurisdictions/", ONE)
    assert (made.status_code, made.json()["code"]) == (201, "IN-WB-305")
    path = f"jurisdictions/{made.json()['id']}/"
    changed = api(admin).patch(path, {"is_active": False}, If_Match='"1"')
    assert (changed.status_code, changed.json()["is_active"]) == (200, False)
    assert api(admin).patch(path, {"name": "X"}, If_Match='"1"').status_code == 412
    wrong = api(admin).patch(path, {"time_zone": "Mars/One"}, If_Match='"2"')
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["time_zone"])


def test_only_an_administrator_adds_places(browser_client: Browser, case: Any) -> None:
    manager, officer = (factories.user(r, case.office) for r in ("case_manager", "field_officer"))
    assert browser_client(manager).get("/places/").status_code == 200
    assert browser_client(manager).get("/places/new/").status_code == 403
    assert browser_client(officer).get("/agencies/").status_code == 403


def test_what_is_retired_is_offered_by_no_form_and_stays_in_the_list(
    browser_client: Browser, admin: Any, case: Any
) -> None:
    place = Jurisdiction.objects.by_code("IN-WB-KOL")
    Jurisdiction.objects.filter(pk=place.pk).update(is_active=False)
    manager = factories.user("case_manager", case.office)
    form = browser_client(manager).get("/cases/new/").content.decode()
    assert 'value="IN-WB"' in form
    assert 'value="IN-WB-KOL"' not in form
    listed = browser_client(admin).get("/places/?q=kolkata").content.decode()
    assert "Retired" in listed


def test_the_history_of_a_row_of_a_case_is_not_told(case: Any) -> None:
    audit.record("case.corrected", case, actor=factories.user())
    assert AuditEvent.objects.filter(target_id=str(case.pk), kind="intention").exists()
    assert changes_of_reference(case.pk) == []


def test_what_lies_in_a_country_is_found_by_the_word_of_its_reader(
    browser_client: Browser, admin: Any
) -> None:
    factories.agency(name="Invented desk", jurisdiction=Jurisdiction.objects.by_code("KH"))
    admin.language = "es"
    admin.save()
    client = browser_client(admin)
    for page, found in (("places", "KH-12"), ("agencies", "Invented desk")):
        assert found in client.get(f"/{page}/?q=camboya").content.decode()
    for sought in ("Bengala Occ", "West Beng"):  # the reader's word, and the name it was given
        assert "Bengala Occidental" in client.get(f"/places/?q={sought}").content.decode()
