"""What an export holds: what its reader sees, and nothing that was not asked for."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.access import SEALED
from core.models import AuditEvent
from core.services import Refused
from core.sheets import workbooks
from exchange.exports import reach, writing
from exchange.exports.locked_zip import LockedZip
from exchange.exports.offer import LINKS, PLAIN, lists_of
from exchange.exports.tables import tables
from tests import factories
from tests.exchange.taking import asked, content, opened, written
from tests.exchange.unlocking import Wrong, sheets, unlocked
from tests.factories import papers
from tests.meta.addresses import of_kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def officer(office):
    return factories.user("data_officer", office)


def test_with_identifiers_it_is_the_list_of_the_interface(case_manager, office, api):
    """X5: exactly what the same person sees, by the same words; no more, no less."""
    for number in range(3):
        case = factories.case(office, opened_on=f"2026-0{number + 1}-11")
        factories.involvement(case)
        factories.suspect(case)
    factories.case(factories.office("manila", "PH-MNL"))
    for name in ("cases", "involvements", "victims", "suspects"):
        found = opened(case_manager, name, identifiers=True).list(name)
        listed = api(case_manager).get(f"{name}/").json()["results"]
        marks = {row.pop("watermark") for row in found}
        by_id = {row["id"]: row for row in listed}
        assert {row["id"]: row for row in found} == by_id
        assert len(by_id) == 3
        assert len(marks) == 1


def test_without_identifiers_nothing_says_who_or_which(case_manager, office):
    case = factories.case(office, opened_on="2026-03-17")
    person = factories.involvement(case)
    found = opened(case_manager)
    (row,) = found.list("cases")
    assert row["programme"] == "csec"
    assert (row["opened_on"], row["jurisdiction"]) == ("2026-03", "IN-WB")
    text = b"".join(found.parts.values())
    for secret in (str(case.pk), case.reference):
        assert secret.encode() not in text
    people = opened(case_manager, "involvements")
    text = b"".join(people.parts.values())
    for secret in (str(person.pk), person.code, str(person.victim_id), str(case.pk)):
        assert secret.encode() not in text


def test_without_identifiers_rows_still_hold_together_within_one_file(case_manager, office):
    case = factories.case(office)
    person = factories.involvement(case)
    first, second = (opened(case_manager, "case", case=case) for _ in range(2))
    (the_case,), (involved,) = first.list("cases"), first.list("involvements")
    (victim,) = first.list("victims")
    assert involved["case"] == the_case["id"]
    assert involved["victim"] == victim["id"]
    assert uuid.UUID(the_case["id"]) != case.pk
    assert second.list("cases")[0]["id"] != the_case["id"]  # and lead nowhere outside it
    assert str(person.pk).encode() not in b"".join(first.parts.values())


def test_every_list_says_what_of_it_is_plain():
    """A field that comes later is not in a file without identifiers until somebody says so."""
    for name, plain in PLAIN.items():
        fields = set(reach.list_for(name, factories.user(), {})[0].fields)
        nested = {"disposition"} if name == "judgments" else set()
        assert set(plain.split()) - nested <= fields, name
        assert "id" in fields & LINKS
        for identifying in ("reference", "code", "number", "docket", "shown", "perpetrator"):
            assert identifying not in plain.split()


def test_the_filters_are_those_of_the_list(case_manager, office):
    factories.case(office, status="assessment")
    factories.case(office)
    found = opened(case_manager, filters={"status": "assessment"})
    assert [row["status"] for row in found.list("cases")] == ["assessment"]
    for wrong in ({"statuss": "open"}, {"status": "nowhere"}):
        with pytest.raises(Refused) as refusal:
            asked(case_manager, filters=wrong)
        assert refusal.value.field == "filters"


def test_it_is_locked_twice(case_manager, office, files_root):
    """By the key in the row on the disk, and by the passphrase wherever it goes."""
    case = factories.case(office)
    export, passphrase = asked(case_manager, identifiers=True)
    assert len(passphrase.split()) == 6
    assert export.passphrase == passphrase
    export = written(export)
    assert export.passphrase is None  # it is in nobody's hands but the reader's
    lying = (files_root / "exports" / export.file.hex).read_bytes()
    assert lying[:2] != b"PK"
    given = content(export, case_manager)
    assert given[:2] == b"PK"
    for text in (lying, given):
        assert case.reference.encode() not in text
    assert case.reference.encode() in b"".join(unlocked(given, passphrase).values())
    with pytest.raises(Wrong):
        unlocked(given, passphrase + "x")


def test_the_names_of_its_parts_say_nothing(case_manager, office):
    case = factories.case(office)
    factories.identity(case)
    papers.version(case)
    found = opened(case_manager, "case", case=case, identifiers=True)
    for name in found.parts:
        assert name == "manifest.json" or name.replace("file-", "")[:2].isdigit()


def test_the_job_knows_the_id_alone(case_manager):
    export, _passphrase = asked(case_manager, identifiers=True, filters={"status": "rescued"})
    assert export.job.parameters == {"export": str(export.pk)}


def test_the_watermark_stands_on_every_row(case_manager, office):
    factories.case(office)
    factories.case(office)
    found = opened(case_manager, format="csv")
    mark = f"{found.export.pk} {case_manager.username} "
    lines = list(csv.DictReader(io.StringIO(found.parts["01.csv"].decode())))
    assert len(lines) == 2
    assert all(line["watermark"].startswith(mark) for line in lines)
    assert found.manifest["watermark"].startswith(mark)
    assert found.manifest["reason"] == "figures"


def test_the_manifest_holds_the_hash_of_every_part(case_manager, office):
    case = factories.case(office)
    papers.version(case)
    found = opened(case_manager, "case", case=case, identifiers=True)
    said = {part["name"]: part["sha256"] for part in found.manifest["parts"]}
    right = {name: hashlib.sha256(part).hexdigest() for name, part in found.parts.items()}
    del right["manifest.json"]
    assert said == right
    (paper,) = found.manifest["documents"]
    assert found.parts[paper["part"]] == papers.TEXT


def test_a_whole_case_holds_that_case_alone(case_manager, office):
    case, other = factories.case(office), factories.case(office)
    for one in (case, other):
        factories.identity(one, full_name=f"Invented {one.reference}")
        papers.note(one)
        papers.version(one)
    found = opened(case_manager, "case", case=case, identifiers=True)
    assert [row["full_name"] for row in found.list("identities")] == [f"Invented {case.reference}"]
    assert len(found.list("notes")) == len(found.manifest["documents"]) == 1
    text = b"".join(found.parts.values())
    assert str(other.pk).encode() not in text
    assert other.reference.encode() not in text


# Lists of a case that are not of that case alone, or not of what is on record in it.
NOT_OF_A_CASE = {
    *("transfers", "disclosures", "emergencies", "seals", "conflicts", "recognitions"),  # who knows
    "answers",  # of others; what was accepted is on record
    "rescue-plans",  # of those whom each names; what came of it is on record
    *("case-links", "same-sites", "network-members", "confirmations"),  # other cases
    *("corridors", "corridor-legs"),  # likewise
    *("tasks", "snoozes", "custody-clocks"),  # follow from the record
    "audit-events",  # the history is read where it stands
    "extracts",  # what phones hold of the record for some hours
    "legal-holds",  # what keeps it here, not what is on record in it
}


def test_a_whole_case_leaves_out_no_list():
    """A list that comes later is in it, or somebody said why not."""
    lists = {
        address.path().split("/")[3]
        for address in of_kind("api")
        if not address.keys and address.name.endswith("-list") and "case" in address.filters
    }
    offered = set(lists_of("case", identifiers=True, outside=False))
    assert lists - offered == NOT_OF_A_CASE
    assert len(offered) > 50
    less = set(lists_of("case", identifiers=False, outside=False))
    assert less == set(lists_of("case", identifiers=True, outside=True)) == set(PLAIN)


FORMULAS = ["=1+1", " =2", "+3", "-4", "@x", "\t=5", "\r=6", "\n=7", "＝8", "  ＋9"]


def in_zip(kind, values):
    made = bytearray()
    whole = LockedZip(made.extend, "invented")
    out = tables(kind, whole, "mark")
    out.begin("list", ["a"])
    for value in values:
        out.row([value])
    out.end()
    out.close()
    whole.close()
    return unlocked(bytes(made), "invented")


def test_no_cell_of_a_csv_is_a_formula():
    text = in_zip("csv", FORMULAS)["01.csv"].decode()
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert cells == [f"'{formula}" for formula in FORMULAS]


def test_no_cell_of_a_workbook_is_a_formula():
    _head, *lines = sheets(in_zip("xlsx", FORMULAS)["01.xlsx"])["list"]
    for (cell, _mark), formula in zip(lines, FORMULAS, strict=True):
        assert (cell["kind"], cell["style"], cell["formula"]) == ("inlineStr", "1", False)
        assert cell["text"].strip() == formula.strip()


def test_values_of_every_kind_stand_in_a_workbook():
    values = [5, 2.5, True, None, "plain", "a & <b>\x00", ["x", "y"], {"k": 1}]
    _head, *lines = sheets(in_zip("xlsx", values)["01.xlsx"])["list"]
    texts = [line[0]["text"] for line in lines]
    strange = "a & <b>\N{REPLACEMENT CHARACTER}"
    assert texts == ["5", "2.5", "1", "", "plain", strange, "x; y", '{"k":1}']
    assert [line[0]["kind"] for line in lines[:3]] == [None, None, "b"]


def test_a_sheet_that_is_full_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    with pytest.raises(workbooks.TooManyRows):
        in_zip("xlsx", [1, 2, 3])


def test_a_list_is_read_some_rows_at_a_time(case_manager, office, monkeypatch):
    """Memory does not grow with the list: nothing holds more than one batch."""
    monkeypatch.setattr(reach, "AT_ONCE", 2)
    for _ in range(5):
        factories.case(office)
    sizes = []
    kept = reach.batches

    def counted(rows):
        for batch in kept(rows):
            sizes.append(len(batch))
            yield batch

    monkeypatch.setattr(writing, "batches", counted)
    found = opened(case_manager)
    assert len(found.list("cases")) == 5
    assert sizes == [2, 2, 1]
    assert (found.export.job.done, found.export.job.total) == (5, 5)


@pytest.mark.parametrize("what", PLAIN)
@pytest.mark.by_turns(6)
def test_the_number_of_queries_does_not_grow_with_the_rows(case_manager, office, what):
    model = reach.list_for(what, case_manager, {})[1].model
    make = factories.FACTORIES[model]

    def cost(more):
        for _ in range(more):
            case = factories.case(office)
            if what != "cases":
                make(case)
        export, _passphrase = asked(case_manager, what, identifiers=True)
        with CaptureQueriesContext(connection) as queries:
            written(export)
        return len(queries)

    cost(0)  # the first job of all notes that there is a worker
    assert cost(1) == cost(4)


def test_sealed_cases_are_in_no_list_unless_two_persons_said_so(case_manager, office):
    plain, sealed = factories.case(office), factories.case(office, level=SEALED)
    factories.assignment(sealed, case_manager, named=True)
    factories.involvement(sealed)
    found = opened(case_manager, identifiers=True)
    assert [row["id"] for row in found.list("cases")] == [str(plain.pk)]
    assert opened(case_manager, "victims").list("victims") == []


def test_every_row_and_case_stands_in_the_history(case_manager, office):
    case = factories.case(office)
    person = factories.involvement(case)
    found = opened(case_manager, "involvements")
    event = AuditEvent.objects.get(action="export.given")
    assert event.actor_id == case_manager.pk
    assert {person.pk, case.pk, person.victim_id} <= set(event.subjects)
    assert event.detail["export"] == str(found.export.pk)
    deeds = AuditEvent.objects.filter(target_id=str(found.export.pk))
    assert {"export.asked", "export.written", "export.taken"} <= set(
        deeds.values_list("action", flat=True)
    )
    assert "figures" in json.dumps(list(deeds.values_list("detail", flat=True)))


def test_what_the_trail_cannot_note_is_not_given(case_manager, office):
    """The file becomes one that can be taken in the commit that notes what it gives."""
    factories.case(office)
    export, _passphrase = asked(case_manager, identifiers=True)
    with connection.cursor() as cursor:
        rule = "add constraint kept_out check (action <> 'export.given') not valid"
        cursor.execute(f"alter table core_auditevent {rule}")
    with pytest.raises(IntegrityError), transaction.atomic():
        written(export)
    export.refresh_from_db()
    assert (export.file, export.data_key, export.rows) == (None, None, None)
    assert not export.cases.exists()
