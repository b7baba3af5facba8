"""The pages, endpoints and the command by which files of HTCDS are given and taken."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from casework.models import Case
from core.models import AuditEvent
from exchange.models import Imported
from tests.exchange.htcds_world import golden

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_by_api_a_file_is_looked_at_and_taken_in(taker, api):
    client = api(taker)
    body = {
        "text": "case_id,person_id,prs_Gender,end\nC1,P1,Feminine,x\n",
        "source": "Partner",
        "programme": "other",
        "jurisdiction": "IN-MH-MUM",
    }
    seen = client.call("POST", "htcds-imports/preview/", body)
    assert seen.status_code == 200
    assert (seen.json()["survivors"], seen.json()["left_out"]) == (1, ["end"])
    assert not Case.objects.exists()
    made = client.call("POST", "htcds-imports/", body | {"digest": seen.json()["digest"]})
    assert made.status_code == 201
    (row,) = client.call("GET", "htcds-imports/?source=Partner").json()["results"]
    assert (row["outside_case"], row["outside_person"]) == ("C1", "P1")
    wrong = body | {"text": "case_id,person_id,prs_Gender\nC1,P1,x\n"}
    assert client.call("POST", "htcds-imports/preview/", wrong).json()["faults"][0]["row"] == 2
    refused = client.call("POST", "htcds-imports/", wrong | {"digest": "x"})
    assert refused.status_code == 400
    assert "Row 2, prs_Gender" in str(refused.json())
    none = client.call("POST", "htcds-imports/preview/", body | {"text": "x"})
    assert none.status_code == 400


def test_by_api_a_file_is_given_out_to_a_person_only(world, case_manager, api, fresh):
    answer = api(case_manager).call("POST", "htcds-exports/", {"to": "own", "reason": "moving"})
    assert answer.status_code == 200
    assert answer.json()["text"] == golden("htcds.csv")


def cells(content):
    """Of a workbook, by a library that shares nothing with who wrote it; empty ones as text."""
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [[value or "" for value in row] for row in sheet.iter_rows(values_only=True)]


def test_by_api_a_workbook_is_given_out_and_taken_in(world, case_manager, taker, api, fresh):
    body = {"to": "own", "reason": "moving", "format": "xlsx"}
    answer = api(case_manager).call("POST", "htcds-exports/", body)
    assert answer.status_code == 200
    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert cells(answer.content) == list(csv.reader(StringIO(golden("htcds.csv"))))
    client = api(taker)
    seen = posted(client, "htcds-imports/preview/", brought(answer.content))
    assert seen.status_code == 200
    assert (seen.json()["cases"], seen.json()["faults"]) == (2, [])
    assert not Imported.objects.exists()
    said = brought(answer.content, digest=seen.json()["digest"])
    made = posted(client, "htcds-imports/", said)
    assert made.status_code == 201
    assert Imported.objects.count() == 4
    again = brought(answer.content, digest=made.json()["digest"])
    known = posted(client, "htcds-imports/", again)
    assert known.json()["known"] == 4
    assert Imported.objects.count() == 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "x"}, "text"),
        ({"file": None}, "text"),
        ({"file": b"PK\x03\x04"}, "file"),
        ({"file": b"x" * 900_001}, "file"),
        ({"file": b"\xff\xfe"}, "file"),
    ],
)
@pytest.mark.by_turns(4)
def test_by_api_a_file_that_cannot_be_read_is_refused_at_its_field(taker, api, change, field):
    content = change.get("file", b"case_id,person_id,prs_Gender\nC,P,Feminine\n")
    body = brought(content, **({"text": change["text"]} if "text" in change else {}))
    if content is None:
        del body["file"]
    client = api(taker)
    for path in ("htcds-imports/preview/", "htcds-imports/"):
        more = {} if "preview" in path else {"digest": "x"}
        answer = posted(client, path, body | more)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]
        if content is not None:
            body["file"].seek(0)
    assert not Case.objects.exists()


def test_the_form_of_a_file_is_one_of_two(world, case_manager, api, fresh):
    body = {"to": "own", "reason": "moving", "format": "xls"}
    answer = api(case_manager).call("POST", "htcds-exports/", body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["format"]
    assert not AuditEvent.objects.filter(action="htcds.exported").exists()


def brought(content, **more):
    of = {"source": "Partner", "programme": "other", "jurisdiction": "IN-MH-MUM"}
    return of | {"file": SimpleUploadedFile("invented.xlsx", content or b"")} | more


def posted(client, path, body):
    """As multipart/form-data."""
    head = {"Authorization": f"Bearer {client.key}"}
    return client.client.post(f"/api/v1/{path}", body, headers=head)


def sent(content, **more):
    content = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("invented.csv", content)
    of = {"source": "Partner", "programme": "other", "jurisdiction": "IN-MH-MUM", "file": file}
    return of | more


def test_the_page_shows_what_would_be_added_and_then_adds_it(taker, browser_client, said):
    client = browser_client(taker)
    assert client.get("/exchange/htcds/take/").status_code == 200
    text = "case_id,person_id,prs_Gender,start\r\nC1,P1,Feminine,x\r\n"
    looked = client.post("/exchange/htcds/take/", sent(text))
    assert looked.status_code == 200
    assert "Survivors 1" in said(looked)
    assert "Left out start" in said(looked)
    assert not Case.objects.exists()
    form = looked.context["form"]
    body = sent("", text=form.initial["text"], digest=form.initial["digest"])
    del body["file"]
    done = client.post("/exchange/htcds/take/", body)
    assert done.status_code == 302
    assert Imported.objects.get().outside_person == "P1"


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"\xff\xfe", b"", b"x" * 1_000_000, b"case_id,person_id,prs_Gender\nC,P,=1\n"],
)
@pytest.mark.by_turns(4)
def test_a_hostile_file_is_refused_on_the_page_and_nothing_is_written(
    taker, browser_client, content
):
    answer = browser_client(taker).post("/exchange/htcds/take/", sent(content))
    assert answer.status_code == 400
    assert not Case.objects.exists()


def test_the_page_gives_the_file(world, case_manager, browser_client):
    client = browser_client(case_manager)
    body = {"to": "partners", "reason": "comparison", "office": "", "programme": ""}
    answer = client.post("/exchange/htcds/give/", body)
    assert answer.status_code == 200
    assert answer.content.decode() == golden("htcds_partners.csv")
    assert "without-1" in answer["Content-Disposition"]
    book = client.post("/exchange/htcds/give/", body | {"format": "xlsx"})
    assert cells(book.content) == list(csv.reader(StringIO(golden("htcds_partners.csv"))))
    assert book["Content-Disposition"].endswith('-without-1.xlsx"')
    assert client.post("/exchange/htcds/give/", body | {"format": "x"}).status_code == 400


def test_the_command_gives_and_takes(world, case_manager, taker, tmp_path):
    file, out = tmp_path / "file.csv", StringIO()
    call_command("htcds", "give", str(file), "--as", case_manager.username, stdout=out)
    assert file.read_bytes().decode() == golden("htcds.csv")
    book = tmp_path / "file.xlsx"
    call_command("htcds", "give", str(book), "--as", case_manager.username, stdout=out)
    assert cells(book.read_bytes()) == list(csv.reader(StringIO(golden("htcds.csv"))))
    words = ["htcds", "take", str(file), "--as", taker.username, "--source", "Kolkata"]
    words += ["--programme", "other", "--jurisdiction", "IN-MH-MUM"]
    call_command(*words, stdout=out)
    assert not Imported.objects.exists()
    call_command(*words, "--add", stdout=out)
    assert Imported.objects.count() == 4
    file.write_bytes(b"case_id,person_id,prs_Gender\nC,P,x\n")
    with pytest.raises(CommandError, match="1 faults"):
        call_command(*words, "--add", stdout=out)
