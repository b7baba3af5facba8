"""The page, the endpoints, the commands and the export by which a workbook comes and goes."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl.utils import column_index_from_string

from casework.models import Case
from core import jobs
from core.models import AuditEvent
from core.services import Refused
from core.sheets.workbooks import Workbook
from exchange.models import WorkbookImport
from exchange.services import exports, workbooks
from exchange.workbooks.giving import write_empty
from exchange.workbooks.opening import tables
from exchange.workbooks.sheets import SHEETS
from tests import factories
from tests.exchange.moving import (
    CASE,
    DOC,
    arrived,
    filled,
    lines,
    looked_at,
    sent,
    taken,
    worked,
)
from tests.exchange.taking import asked, opened
from tests.exchange.unlocking import unlocked
from victims.models import Identity

pytestmark = pytest.mark.django_db
PAGE = "/exchange/workbook/take/"
WHOLE = {"what": "workbook", "format": "xlsx", "identifiers": True}


def upload(content):
    return {"file": SimpleUploadedFile("invented.xlsx", content)}


def test_the_page_shows_what_would_be_added_and_then_adds_it(case_manager, browser_client, said):
    client = browser_client(case_manager)
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, upload(filled(cases=[CASE])))
    (row,) = WorkbookImport.objects.all()
    there = row.get_absolute_url()
    assert (answer.status_code, answer["Location"]) == (302, there)
    assert "Queued." in said(client.get(there))
    row = worked(row)
    shown = client.get(there)
    assert "cases 1" in said(shown)
    assert not Case.objects.exists()
    assert client.post(f"{there}confirm/", {"version": 99}).status_code == 409
    client.post(f"{there}confirm/", {"version": row.version})
    assert "data-over" not in client.get(there, headers={"X-Fragment": "1"}).text
    worked(row)
    assert Case.objects.get().reference == "2019/77"
    assert "Taken in. The file is destroyed." in said(client.get(there))
    assert client.post(f"{there}confirm/", {"version": row.version}).status_code == 409
    assert "Taken in" in said(client.get(PAGE))


def test_the_page_names_every_fault(case_manager, browser_client, said):
    content = filled(cases=[CASE | {"programme": "x", "opened_on": "y"}])
    client = browser_client(case_manager)
    there = client.post(PAGE, upload(content))["Location"]
    worked(WorkbookImport.objects.get())
    shown = said(client.get(there))
    assert "cases 2 programme Not one of the codes: bonded_labour" in shown
    assert "cases 2 opened_on" in shown
    assert "Take it in" not in shown


@pytest.mark.parametrize("content", [b"", b"x" * 700_000])
def test_what_is_no_workbook_is_refused_on_the_page(case_manager, browser_client, content):
    answer = browser_client(case_manager).post(PAGE, upload(content))
    assert answer.status_code in (400, 409)
    assert not WorkbookImport.objects.exists()


def test_one_that_cannot_be_read_says_so(case_manager):
    row = looked_at(b"PK\x03\x04" + bytes(100), case_manager)
    assert [str(fault) for fault in row.preview["faults"]] == [
        "This workbook cannot be read. Save it again as XLSX."
    ]


def test_one_that_is_too_large_is_not_kept(case_manager, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1_000)
    with pytest.raises(Refused) as refusal:
        arrived(filled(cases=[CASE]), case_manager)
    assert refusal.value.field == "file"


def test_an_empty_workbook_explains_itself(case_manager, browser_client):
    answer = browser_client(case_manager).get("/exchange/workbook/empty/")
    found = tables(answer.content)
    assert list(found) == ["read_me", *(sheet.name for sheet in SHEETS), "codes"]
    assert found["cases"][0][:4] == ["key", "id", "programme", "jurisdiction"]
    told = {(row[0], row[1]): row[2:] for row in found["read_me"]}
    assert told["cases", "programme"][:2] == ["yes", "one of the codes"]
    assert told["charges", "suspect"][1:] == ["key of the row", "suspects"]
    assert told["charges", "framed_on"][0] == "no"


def test_an_empty_workbook_is_filled_in_with_days_and_offered_codes_and_taken_in(case_manager):
    """By another library, from the lists and formats that it reads off the workbook."""
    out = io.BytesIO()
    book = Workbook(out)
    write_empty(book)
    book.close()
    filling = openpyxl.load_workbook(out)
    assert filling["codes"].sheet_state == "hidden"
    cases, codes = filling["cases"], [cell.value for cell in filling["codes"]["A"]]
    offers = {}
    for sheet in SHEETS:
        rules = filling[sheet.name].data_validations.dataValidation
        head = [cell.value for cell in filling[sheet.name][1]]
        for rule in rules:
            at = column_index_from_string(re.match("[A-Z]+", str(rule.sqref))[0])
            within = re.fullmatch(r"codes!\$A\$(\d+):\$A\$(\d+)", rule.formula1)
            first, last = map(int, within.groups())
            column = next(c for c in sheet.columns if c.name == head[at - 1])
            offers[sheet.name, column.name] = list(map(str, codes[first - 1 : last]))
            assert offers[sheet.name, column.name] == column.codes
            assert rule.showErrorMessage is not column.takes_several
    every = {(sheet.name, c.name) for sheet in SHEETS for c in sheet.columns if c.codes}
    assert offers.keys() == every
    for name, value in (CASE | {"opened_on": date(2019, 3, 4)}).items():
        at = [cell.value for cell in cases[1]].index(name) + 1
        cell = cases.cell(2, at, value)
        if name in ("programme", "status"):
            assert value in offers["cases", name]
        if name == "opened_on":
            cell.number_format = cases.column_dimensions[cell.column_letter].number_format
            assert cell.number_format == r"yyyy\-mm\-dd"
    again = io.BytesIO()
    filling.save(again)
    assert taken(again.getvalue(), case_manager).new == {"cases": 1}
    assert Case.objects.get().opened_on == date(2019, 3, 4)


def test_by_api_it_is_looked_at_and_taken_in(case_manager, api):
    client = api(case_manager)
    body = {"workbook": sent(filled(cases=[CASE]))}
    made = client.call("POST", "workbook-imports/", body)
    assert (made.status_code, made.json()["state"]) == (202, "looking")
    there = f"workbook-imports/{made.json()['id']}/"
    row = worked(WorkbookImport.objects.get())
    assert client.call("GET", f"{there}preview/").json() == {
        "new": {"cases": 1},
        "known": 0,
        "faults": [],
    }
    assert not Case.objects.exists()
    assert client.call("POST", f"{there}confirm/", {}).status_code == 428
    read = client.call("GET", there).headers["ETag"]
    answer = client.call("POST", f"{there}confirm/", {}, If_Match=read)
    assert (answer.status_code, answer.json()["state"]) == (202, "taking")
    worked(row)
    assert client.call("GET", there).json()["state"] == "taken"
    assert Case.objects.count() == 1


def test_by_api_a_file_comes_as_one(case_manager, api):
    client = api(case_manager)
    content = filled(cases=[CASE | {"programme": "x"}])
    key = {"Authorization": f"Bearer {client.key}"}
    made = client.client.post("/api/v1/workbook-imports/", upload(content), headers=key)
    assert made.status_code == 202
    worked(WorkbookImport.objects.get())
    answer = client.call("GET", f"workbook-imports/{made.json()['id']}/preview/")
    (fault,) = answer.json()["faults"]
    assert (fault["sheet"], fault["row"], fault["column"]) == ("cases", 2, "programme")
    for text in ("x", "====", sent(b"x")):
        answer = client.call("POST", "workbook-imports/", {"workbook": text})
        assert (answer.status_code, set(answer.json()["errors"])) == (400, {"workbook"})
    for body in ({}, {"workbook": sent(content), "file": "x"}):
        assert client.call("POST", "workbook-imports/", body).status_code == 400


def test_an_export_is_a_job_locked_and_on_record(case_manager, office, fresh):
    person = factories.involvement(factories.case(office))
    Identity.objects.create(victim=person.victim, full_name="Invented Name")
    found = opened(case_manager, **WHOLE)
    rows = lines(found.parts["01.xlsx"])
    assert rows["identities"][1][2] == "Invented Name"
    assert found.export.people == 1
    assert found.export.rows == 4  # case, part, person, name
    given = AuditEvent.objects.filter(action="export.given", target_type="victims.Identity")
    assert person.victim_id in given.get().subjects
    assert list(found.export.cases.values_list("of_case", flat=True).distinct()) == [person.case_id]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"format": "csv"}, "format"),
        ({"identifiers": False}, "identifiers"),
        ({"whom": "partners"}, "whom"),
        ({"with_sealed": True}, "with_sealed"),
        ({"filters": {"status": "lead"}}, "filters"),
    ],
)
def test_a_workbook_is_whole_and_for_the_house(more, field, case_manager, fresh):
    with pytest.raises(Refused) as refusal:
        asked(case_manager, **(WHOLE | more))
    assert refusal.value.field == field


def test_who_may_not_take_names_away_takes_no_workbook(office, fresh):
    with pytest.raises(Refused) as refusal:
        asked(factories.user("data_officer", office), **WHOLE)
    assert refusal.value.field == "identifiers"


@pytest.mark.nightly
def test_the_commands(case_manager, office, tmp_path):
    file, out = tmp_path / "in.xlsx", io.StringIO()
    file.write_bytes(filled(cases=[CASE]))
    words = ["import_workbook", str(file), "--as", case_manager.username]
    call_command(*words, stdout=out)
    assert not Case.objects.exists()
    call_command(*words, "--add", "--office", office.code, stdout=out)
    assert Case.objects.count() == 1
    call_command(*words, stdout=out)
    assert "0 rows to be added; 1 known already." in out.getvalue()
    file.write_bytes(filled(cases=[CASE | {"programme": "x"}]))
    with pytest.raises(CommandError, match="1 faults"):
        call_command(*words, "--add", stdout=out)
    assert "Sheet cases, row 2, programme: Not one of" in out.getvalue()
    away, said = tmp_path / "out.zip", io.StringIO()
    call_command("export_workbook", str(away), "--as", case_manager.username, stdout=said)
    passphrase = said.getvalue().strip().removeprefix("Passphrase: ")
    rows = lines(unlocked(away.read_bytes(), passphrase)["01.xlsx"])
    assert rows["cases"][1][0] == "2019/77"
    call_command("export_workbook", str(away), "--empty")
    assert tables(away.read_bytes())["cases"][1:] == []


@pytest.mark.parametrize("who", ["nobody", "lead"])
def test_a_command_that_writes_nothing_leaves_what_was_there(who, office, tmp_path, monkeypatch):
    factories.user("case_manager", office, username="lead")
    factories.identity(factories.case(office))
    monkeypatch.setattr(exports, "MOST_ALONE", 0)
    away, out = tmp_path / "out.zip", io.StringIO()
    away.write_bytes(b"before")
    with pytest.raises(CommandError):
        call_command("export_workbook", str(away), "--as", who, stdout=out)
    assert away.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [away]


def test_the_command_waits_for_a_worker_that_was_faster(case_manager, tmp_path, monkeypatch):
    run, asked_for = jobs.run, []

    def busy(job):
        asked_for.append(job)
        if len(asked_for) > 1:  # by then it is free again, as after a worker that was killed
            run(job)

    monkeypatch.setattr(jobs, "run", busy)
    away, said = tmp_path / "out.zip", io.StringIO()
    call_command("export_workbook", str(away), "--as", case_manager.username, stdout=said)
    passphrase = said.getvalue().strip().removeprefix("Passphrase: ")
    assert lines(unlocked(away.read_bytes(), passphrase)["01.xlsx"])["cases"]


def test_the_document_names_every_sheet():
    text = DOC.read_text(encoding="utf-8")
    for sheet in SHEETS:
        columns = ", ".join(f"**{c.name}**" if c.required else c.name for c in sheet.columns)
        assert f"| {sheet.name} | {columns} |" in text, sheet.name


def test_the_example_of_the_document_can_be_taken_in(case_manager):
    sheets = {}
    for part in DOC.read_text(encoding="utf-8").split("```csv\n")[1:]:
        name, head, *rows = part.split("```")[0].strip().splitlines()
        names = head.split(",")
        sheets[name.removeprefix("# ")] = [
            dict(zip(names, row.split(","), strict=True)) for row in rows
        ]
    assert taken(filled(**sheets), case_manager).rows == 6
