"""A file of HTCDS is read with the quirks of its sources; every fault is said with its place."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from exchange.standards import htcds, reading, sheets
from tests.exchange.htcds_world import GOLDEN

HEAD = "case_id,person_id,"
SINGLE = "HTCDS_Excel_Spreadsheet_single_select_with_validation_v2.0"


def read(text):
    return reading.read(text)


def one(text):
    found = read(text)
    assert not found.faults, found.faults
    (person,) = found.people.values()
    return person


def faults(text):
    return [(f.row, f.column, f.reason) for f in read(text).faults]


def test_the_standard_has_eighty_one_current_fields_and_three_former_ones():
    assert len(htcds.CURRENT) == 81
    assert len(htcds.FIELDS) == 84
    former = [of.name for of in htcds.FIELDS.values() if of.former]
    assert former == [
        "vic_AgreementToManagePersonalData",
        "vic_Vulnerabilities",
        "vic_DetailsOfVulnerabilities",
    ]
    assert htcds.HEADER[:2] == ["case_id", "person_id"]
    assert len(htcds.FIELDS["vic_MethodsOfControl"].codes) == 16
    assert len(htcds.FIELDS["vic_TypeOfExploitation"].codes) == 11
    assert htcds.FIELDS["vic_RelationshipToTrafficker"].codes[2] == "Unaquainted"


def test_no_name_address_or_free_text_ever_leaves():
    staying = {of.name for of in htcds.FIELDS.values() if of.stays}
    assert {"prs_FirstName", "prs_MiddleName", "prs_SecondName", "prs_Birthdate"} <= staying
    assert {"prs_IdentityNumber", "prs_Email", "prs_MobilePhone", "cco_CaseComment"} <= staying
    assert {n for n in htcds.FIELDS if n.startswith("prs_Mailing")} <= staying
    leaving = {of.name for of in htcds.FIELDS.values() if of.kind == "text" and not of.stays}
    assert leaving == {"hte_City", "hte_State"}


def test_names_of_columns_and_codes_are_known_as_other_sources_spell_them():
    person = one(
        HEAD + "prs_First_Name,prs_Second_Name,vic_Methods_of_Control,"
        "vic_TraffickinStatusDecisionMakingOrg,vic_TraffickingStatus,vic_RelationshipToTrafficker\n"
        "C1,P1,Invented,Person,DebtBondage UsesChildren Threats MethodsOfControlRestrictsMovement,"
        "NGO,ActualVictimOfTrafficking,Unacquainted\n"
    )
    assert person.said == {
        "prs_FirstName": "Invented",
        "prs_SecondName": "Person",
        "vic_MethodsOfControl": "DebtBondage;ThreatensChildrenFamily;PhysicalThreats;"
        "RestrictsMovement",
        "vic_TraffickingStatusDecisionMakingOrg": "NGO",
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_RelationshipToTrafficker": "Unaquainted",
    }


def test_a_column_left_without_its_code_is_known_by_its_neighbours():
    person = one(
        HEAD + "cas_ReferredPrimaryCaseWorker,,cas_OutgoingReferralDate\nC1,P1,,Other,2026-01-05\n"
    )
    assert person.parts == {
        "referral": [
            {"cas_ReasonForOutgoingReferral": "Other", "cas_OutgoingReferralDate": "2026-01-05"}
        ]
    }


def test_an_address_is_read_by_the_words_people_saw_and_not_by_the_codes_above_them():
    person = one(
        HEAD + "prs_MailingCity,prs_MailingCountry,prs_MailingState,"
        "prs_MailingStreet,prs_MailingPostalCode\n"
        ",,Street,City,State,Zip,Country\n"
        "C1,P1,1 Invented Road,Kolkata,West Bengal,700001,IN\n"
    )
    assert person.said == {
        "prs_MailingStreet": "1 Invented Road",
        "prs_MailingCity": "Kolkata",
        "prs_MailingState": "West Bengal",
        "prs_MailingPostalCode": "700001",
        "prs_MailingCountry": "IN",
    }
    assert person.rows == [3]


@pytest.mark.parametrize("name", ["HTCDS_Excel_Spreadsheet_v2.0", SINGLE])
@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_the_workbooks_of_iom_are_read_as_they_are(name):
    """A thousand numbered lines in a column without a name; one person is filled in."""
    book, out = openpyxl.load_workbook(GOLDEN / f"{name}.xlsx"), io.BytesIO()
    sheet = book.worksheets[0]
    said = {"First Name": "Invented", "Gender": "Feminine", "Citizenship": "BD"}
    for column in sheet.iter_cols(max_row=2):
        if column[1].value in said:
            sheet.cell(3, column[0].column, said[column[1].value])
    book.save(out)
    person = one(sheets.read(out.getvalue()))
    assert person.said["prs_FirstName"] == "Invented"
    assert (person.said["prs_Gender"], person.rows) == ("Feminine", [3])


BESIDE = "_id _uuid _submission_time _validation_status _index meta/instanceID"


@pytest.fixture(scope="module")
def survey():
    """One answer to IOM's survey form as tools export it: the first choice of each question."""
    book = openpyxl.load_workbook(GOLDEN / "htcds_xlsform.xlsx")
    choices = {of: name for of, name, *_ in reversed([*book["choices"].values][1:]) if of}
    choices |= {"typeofexploitation": "SexualExploitation ForcedLabour"}  # what others ask more of
    answers = {"text": "Invented", "date": "2010-05-04", "start": "2026-05-04T10:00:00+05:30"}
    given = {}
    for kind, name, *_ in [*book["survey"].values][1:]:
        if kind:
            chosen = choices.get(kind.partition(" ")[2])
            given[name] = chosen or answers.get(kind, "2026-05-04T10:20:00+05:30")
            of = htcds.FIELDS.get(htcds.column(name))  # asked as text, and a list in the standard
            if kind == "text" and of and of.kind != "text":
                given[name] = "IN" if of.kind == "country" else of.codes[0]
    assert {"prs_Gender", "start", "end", "__version__"} < set(given)
    return given | {"vic_TypeOfExploitation/ForcedLabour": "1"}


def exported(answers, **beside):
    said = answers | dict.fromkeys(BESIDE.split(), "x") | beside
    return f"{','.join(said)}\n{','.join(said.values())}\n"


def test_the_survey_form_of_iom_is_read_without_what_tools_put_beside_the_answers(survey):
    found = read(exported(survey))
    assert found.faults == []
    (person,) = found.people.values()
    assert person.said["prs_FirstName"] == "Invented"
    split = next(name for name in survey if "/" in name)
    assert set(found.left_out) == {"start", "end", "__version__", split, *BESIDE.split()}
    assert not {*person.said} & {*found.left_out}


def test_a_submission_is_known_again_by_its_number_and_else_by_its_answers(survey):
    first = [*read(exported(survey, _uuid="u-1")).people]
    assert [*read(exported(survey, _uuid="u-1", _index="7", prs_Email="")).people] == first
    assert [*read(exported(survey, _uuid="u-2")).people] != first
    plain = [*read(exported(survey, _uuid="", **{"meta/instanceID": ""})).people]
    again = exported(survey, _uuid="", _index="9", **{"meta/instanceID": ""})
    assert [*read(again).people] == plain
    later = exported(survey, _uuid="", start="2026-05-05", **{"meta/instanceID": ""})
    assert [*read(later).people] != plain


@pytest.mark.parametrize("head", ["_place_latitude", "meta/other", "vic_TypeOfExploitation/X"])
def test_what_might_be_an_answer_is_refused(head):
    assert faults(f"prs_Gender,vic_TypeOfExploitation,{head}\nFeminine,,1\n")[0][:2] == (1, head)


def test_a_first_column_of_anything_else_is_no_count():
    assert faults(",prs_Gender\n1,Feminine\n3,Feminine\n") == [
        (2, "", "This cell is not below the name of a column."),
        (3, "", "This cell is not below the name of a column."),
    ]


def test_several_industries_are_read_and_one_is_written():
    person = one(
        HEAD + "vic_TypeOfExploitation,vic_ForcedLabourIndustry\n"
        "C1,P1,ForcedLabour,F_Construction C_Manufacturing\n"
    )
    assert person.said["vic_ForcedLabourIndustry"] == "F_Construction;C_Manufacturing"
    assert person.without_what_stays()["vic_ForcedLabourIndustry"] == "F_Construction"


def test_restriction_of_movement_is_kept_here_and_not_in_a_file_of_sixteen_codes():
    person = one(HEAD + "vic_MethodsOfControl\nC1,P1,DebtBondage;RestrictsMovement\n")
    assert person.without_what_stays()["vic_MethodsOfControl"] == "DebtBondage"


def test_what_repeats_goes_on_in_further_lines_of_the_same_person():
    person = one(
        HEAD + "prs_Gender,hte_Type,hte_Country,hte_Date\n"
        "C1,P1,Feminine,Recruitment,BD,2025-01-01\nC1,P1,,Exploitation,IN,2025-03-01\n"
    )
    assert person.said == {"prs_Gender": "Feminine"}
    assert [stop["hte_Country"] for stop in person.parts["event"]] == ["BD", "IN"]
    assert person.part_rows["event"] == [2, 3]


def test_without_keys_each_line_is_known_by_what_it_says():
    text = "prs_Gender,prs_Citizenship\nFeminine,IN\nMasculine,IN\n"
    first, second = read(text).people
    assert first != second
    assert first[0].startswith("row-")
    assert list(read(text).people) == [first, second]


@pytest.mark.parametrize(
    ("head", "cells", "row", "column"),
    [
        ("prs_Gender", "Female", 2, "prs_Gender"),
        ("prs_Birthdate", "31/03/2010", 2, "prs_Birthdate"),
        ("prs_Birthdate", "2010-02-30", 2, "prs_Birthdate"),
        ("prs_Birthdate", "1700-01-01", 2, "prs_Birthdate"),
        ("cas_IncomingReferralDate", "2099-01-01", 2, "cas_IncomingReferralDate"),
        ("prs_NumberOfChildren", "-1", 2, "prs_NumberOfChildren"),
        ("prs_NumberOfChildren", "999", 2, "prs_NumberOfChildren"),
        ("prs_Deceased", "maybe", 2, "prs_Deceased"),
        ("prs_Citizenship", "XX", 2, "prs_Citizenship"),
        ("prs_PrimaryLanguage", "Bengali", 2, "prs_PrimaryLanguage"),
        ("prs_FirstName", "123", 2, "prs_FirstName"),
        ("vic_MethodsOfControl", "DebtBondage;Magic", 2, "vic_MethodsOfControl"),
        ("vic_TypeOfSexExploitation", "Pornography", 2, "vic_TypeOfSexExploitation"),
        ("vic_ForcedLabourIndustry", "F_Construction", 2, "vic_ForcedLabourIndustry"),
        (
            "vic_TraffickingStatusDecisionMakingOrg",
            "NGO",
            2,
            "vic_TraffickingStatusDecisionMakingOrg",
        ),
        ("prs_FirstName", "=1+1", 2, "prs_FirstName"),
        ("prs_FirstName", "@SUM(1)", 2, "prs_FirstName"),
        ("prs_FirstName", "-cmd|x", 2, "prs_FirstName"),
        ("no_such_field", "x", 1, "no_such_field"),
    ],
)
def test_every_fault_names_its_row_and_column(head, cells, row, column):
    ((at, name, reason),) = faults(f"{HEAD}{head}\nC1,P1,{cells}\n")
    assert (at, name) == (row, column)
    assert reason
    assert cells not in reason  # what a cell says is in no message


def test_all_faults_are_said_at_once():
    text = HEAD + "prs_Gender,prs_Birthdate\nC1,P1,x,x\nC1,P 2,Feminine,\n,P3,,\nC1,,Feminine,\n"
    assert [(row, column) for row, column, _why in faults(text)] == [
        (2, "prs_Birthdate"),
        (2, "prs_Gender"),
        (3, "person_id"),
        (4, "case_id"),
        (5, "person_id"),
    ]


def test_a_person_is_a_survivor_or_a_suspect():
    head = HEAD + "per_RoleInProcess,vic_TraffickingStatus\n"
    ((row, column, _why),) = faults(head + "C1,P1,Transporter,ActualVictimOfTrafficking\n")
    assert (row, column) == (2, "vic_TraffickingStatus")
    assert not faults(head + "C1,P1,SoldIndividual,ActualVictimOfTrafficking\n")


def test_lines_of_one_person_or_case_that_contradict_each_other_are_refused():
    assert faults(HEAD + "prs_Gender\nC1,P1,Feminine\nC1,P1,Masculine\n")[0][:2] == (
        3,
        "prs_Gender",
    )
    said = faults(HEAD + "cas_Status\nC1,P1,Active\nC1,P2,Closed\n")
    assert said[0][:2] == (3, "cas_Status")


def test_days_of_a_way_stand_in_order():
    text = (
        HEAD + "hte_Type,hte_Country,hte_Date\nC1,P1,Transit,IN,2025-02-01\n"
        "C1,P1,Exploitation,IN,2025-01-01\n"
    )
    assert faults(text)[0][:2] == (3, "hte_Date")


def test_an_apostrophe_before_a_formula_says_that_it_is_text():
    assert (
        one(HEAD + "prs_MobilePhone\nC1,P1,'+234 80 1234\n").said["prs_MobilePhone"]
        == "+234 80 1234"
    )
    assert (
        one(HEAD + "prs_MobilePhone\nC1,P1,+234 80 1234\n").said["prs_MobilePhone"]
        == "+234 80 1234"
    )


# Files that are none


def workbook(sheet, strings="", **more):
    """With parts as a spreadsheet program writes them, and these in the place of some."""
    out, whole = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    book.add_worksheet().write(0, 0, "x")
    book.close()
    given = {"xl/worksheets/sheet1.xml": sheet} | ({STRINGS: strings} if strings else {})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book, zipfile.ZipFile(whole) as usual:
        for name in usual.namelist():
            book.writestr(name, given.get(name) or usual.read(name))
        for name, content in more.items():
            book.writestr(name, content)
    return out.getvalue()


STRINGS = "xl/sharedStrings.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_of(*rows):
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    return f"<worksheet {NS}><sheetData>{cells}</sheetData></worksheet>"


def test_a_workbook_is_read_as_its_table():
    strings = (
        f"<sst {NS}><si><t>case_id</t></si><si><r><t>person</t></r><r><t>_id</t></r></si></sst>"
    )
    sheet = (
        f"<worksheet {NS}><sheetData>"
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="D1" t="inlineStr"><is><t>prs_Birthdate</t></is></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>C1</t></is></c><c r="B3"><v>7</v></c>'
        '<c r="D3"><v>40000</v></c></row>'
        "</sheetData></worksheet>"
    )
    text = sheets.read(workbook(sheet, strings))
    assert text == "case_id,person_id,,prs_Birthdate\r\n\r\nC1,7,,40000\r\n"
    person = one(text)
    assert (person.key, person.rows) == (("C1", "7"), [3])
    assert person.said == {"prs_Birthdate": "2009-07-06"}


def test_a_formula_in_a_workbook_is_a_fault_with_its_place():
    sheet = (
        f"<worksheet {NS}><sheetData><row><c t='inlineStr'><is><t>case_id</t></is></c>"
        "<c t='inlineStr'><is><t>person_id</t></is></c>"
        "<c t='inlineStr'><is><t>prs_Gender</t></is></c></row>"
        "<row><c t='inlineStr'><is><t>C1</t></is></c><c t='inlineStr'><is><t>P1</t></is></c>"
        "<c><f>1+1</f><v>2</v></c></row></sheetData></worksheet>"
    )
    assert faults(sheets.read(workbook(sheet)))[0][:2] == (2, "prs_Gender")


DTD = f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet {NS}><sheetData/></worksheet>'


def only(row):
    return workbook(f"<worksheet {NS}><sheetData>{row}</sheetData></worksheet>", f"<sst {NS}/>")


CASE_ALONE = sheet_of(["case_id"], ["C1"])
NONE = {
    "huge": lambda: b"case_id\n" * 200_000,
    "latin-1": lambda: "case_id,prs_FirstName\nC1,\u00e9\n".encode("latin-1"),
    "utf-16": lambda: "case_id,prs_FirstName\n".encode("utf-16"),
    "nul": lambda: b"case_id,\0person_id\n",
    "empty": lambda: b"",
    "no line": lambda: b"case_id,person_id\n",
    "open quotation mark": lambda: b'case_id,person_id\n"C1,P1\n',
    "too many lines": lambda: b"case_id\n" + b"C1\n" * 2_100,
    "too many columns": lambda: b",".join([b"x"] * 300) + b"\nC1\n",
    "a long cell": lambda: b"case_id\n" + b"x" * 30_000 + b"\n",
    "no zip": lambda: b"PK\x03\x04 no zip",
    "no XML": lambda: workbook("<worksheet"),
    "zip bomb": lambda: only("<row><c><v>" + "0" * 60_000_000 + "</v></c></row>"),
    "entities": lambda: workbook(DTD),
    "entities in UTF-16": lambda: workbook(DTD.encode("utf-16")),
    "entities in EBCDIC": lambda: workbook(
        b'<?xml version="1.0" encoding="cp037"?>' + DTD.encode("cp037")
    ),
    "far cell": lambda: only('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "far column": lambda: only('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
    "row before the first": lambda: only('<row r="-5"><c r="A1"><v>1</v></c></row>'),
    "row twice": lambda: only('<row r="1"/><row r="1"/>'),
    "no end of rows": lambda: only("<row/>" * 3_000),
    "no such string": lambda: only('<row><c t="s"><v>99</v></c></row>'),
    "many parts": lambda: workbook(CASE_ALONE, **{f"p{n}": "" for n in range(550)}),
    "a way out": lambda: workbook(CASE_ALONE, **{"../evil": ""}),
}


@pytest.mark.parametrize("name", NONE)
@pytest.mark.by_turns(4)
def test_what_is_no_table_is_refused_in_words(name):
    with pytest.raises(sheets.NotATable) as refused:
        reading.read(sheets.read(NONE[name]()))
    assert len(str(refused.value)) > 10
