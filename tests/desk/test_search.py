"""One box: what is open is found in any spelling, what is not leaves no trace in the answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Disclosure
from core.access import ScopedQuerySet
from core.models import AuditEvent
from desk import search
from prosecutions.models import Alias
from tests import factories
from tests.factories import justice
from tests.meta.tables import execute, table, walled

pytestmark = pytest.mark.django_db
NAME = "Canary Ivory"
PAIRS = json.loads((Path(__file__).parent / "name_pairs.json").read_text(encoding="utf-8"))["pairs"]
KINDS = ["case", "proceeding", "complaint", "offender", "network", "site"]
KINDS += ["document", "survivor", "lead"]
TABLES = ("suspect", "perpetrator", "alias", "prosecution", "complaint", "networkmember")


@pytest.fixture
def ask(api):
    """`ask(user, text)`: by kind what is found, each by its label."""

    def found(user, text):
        answer = api(user).post("search/", {"q": text})
        assert answer.status_code == 200, answer.content
        return {
            kind["kind"]: [hit["label"] for hit in kind["hits"]]
            for kind in answer.json()["results"]
            if kind["hits"]
        }

    return found


def one_of_each(case):
    """Something of every kind that answers to these words."""
    factories.complaint(case)
    factories.prosecution(case, docket="SC 112/2026")
    factories.suspect(case, name=NAME)
    factories.site(case, code="P-7")
    factories.identity(case, full_name=NAME)
    return justice.network(case)


# What is found


@pytest.mark.parametrize(
    "asked",
    [
        *("0002/2026", "2/2026", "FIR 0002/2026", "FIR 2/2026", "FIR no. 2 of 2026", "0002 / 2026"),
        *("FIR no. 2 / 2026", "f.i.r. 2/2026", "Crime number 2 of 2026", "fir no 2 - 2026"),
    ],
)
def test_the_number_of_the_police_however_it_is_said(case, lawyer, ask, asked):
    factories.complaint(case, number="0002/2026")
    factories.complaint(case, number="12/2026")
    factories.prosecution(case, docket="SC 02/2026")
    found = ask(lawyer, asked)
    assert "0002/2026" in found["complaint"]
    if asked not in ("2/2026",):
        assert found["complaint"] == ["0002/2026"], "another number only ends like it"


def test_a_number_in_words_finds_the_docket_too(case, lawyer, ask):
    factories.prosecution(case, docket="SC 112/2026")
    assert ask(lawyer, "case no. 112 of 2026")["proceeding"] == ["SC 112/2026"]
    assert ask(lawyer, "case no. 12 of 2026") == {}


def test_a_case_by_the_beginning_of_its_reference(case, lawyer, ask):
    assert ask(lawyer, case.reference) == {"case": [case.reference]}
    assert case.reference in ask(lawyer, "kol-20")["case"]
    assert ask(lawyer, case.reference[1:]) == {}


@pytest.mark.parametrize(
    "spoken", ["kol-147", "KOL 2024 147", "kol/2024-0147", "KOL147", "kol 0147"]
)
def test_a_case_by_its_reference_as_it_is_spoken(case, office, lawyer, ask, spoken):
    meant = factories.case(office, reference="KOL-2024-0147")
    factories.case(office, reference="KOL-2024-1470")
    assert ask(lawyer, spoken) == {"case": [meant.reference]}


def test_numbers_of_court_and_police(case, lawyer, ask):
    one_of_each(case)
    assert ask(lawyer, "sc 112") == {"proceeding": ["SC 112/2026"]}
    assert ask(lawyer, "12/2026")["complaint"] == ["12/2026"]


def test_sites_and_networks_by_code(case, lawyer, ask):
    network = one_of_each(case)
    assert ask(lawyer, "p-7") == {"site": ["P-7"]}
    assert ask(lawyer, network.code.lower())["network"] == [network.code]


def test_an_offender_by_name_and_by_other_name_with_the_cases(case, lawyer, api):
    suspect = factories.suspect(case, name="राजेश कुमार")
    Alias.objects.create(perpetrator=suspect.perpetrator, name="Raju Bhai")
    for text in ("rajesh", "Rajesh Kumar", "राजेश", "raju bhai", "kumar rajesh"):
        answer = api(lawyer).post("search/", {"q": text}).json()["results"]
        (hit,) = answer[3]["hits"]
        assert (hit["label"], hit["reference"]) == ("राजेश कुमार", case.reference), text


def test_the_likest_stands_first(case, lawyer, ask):
    for name in ("Salma Begum", "Salman Khan", "Salim Khan"):
        factories.suspect(case, name=name)
    assert ask(lawyer, "Salman Khan")["offender"][0] == "Salman Khan"


def test_a_merged_offender_is_found_by_either_name(case, lawyer, ask):
    kept, other = factories.suspect(case, name="Rakesh"), factories.suspect(case, name="Vijendra")
    other.perpetrator.merged_into = kept.perpetrator
    other.perpetrator.save()
    assert "Vijendra" in ask(lawyer, "rakesh")["offender"]
    assert set(ask(lawyer, "vijendra")["offender"]) == {"Vijendra", "Rakesh"}


def test_a_survivor_by_name_is_a_code_never_the_name(case, lawyer, api, browser_client):
    identity = factories.identity(case, full_name="प्रिया")
    part = case.involvement_set.get(victim=identity.victim)
    answer = api(lawyer).post("search/", {"q": "priya"})
    assert [hit["label"] for hit in answer.json()["results"][KINDS.index("survivor")]["hits"]] == [
        part.code
    ]
    page = browser_client(lawyer).post("/search/", {"q": "priya"})
    assert part.code in page.content.decode()
    assert "प्रिया" not in answer.content.decode() + page.content.decode()


@pytest.mark.parametrize(("script", "recorded", "typed", "there", "back"), PAIRS)
@pytest.mark.by_turns(12)
def test_spellings(case, lawyer, ask, script, recorded, typed, there, back):
    """What is found, and what honestly is not: a pair that begins to be found changes the list."""
    factories.suspect(case, name=recorded)
    assert bool(ask(lawyer, typed).get("offender")) is there
    case.suspect_set.update(perpetrator=factories.perpetrator(name=typed))
    assert bool(ask(lawyer, recorded).get("offender")) is back


def test_the_share_that_is_found_is_as_the_module_says():
    found = sum(there + back for *_pair, there, back in PAIRS)
    assert len(PAIRS) >= 40
    assert f"{found} of {2 * len(PAIRS)}" in " ".join(str(search.__doc__).split())


def test_many_are_cut_at_ten_and_it_says_so(case, lawyer, api, browser_client, said):
    for _ in range(11):
        factories.suspect(case, name=NAME)
    kind = api(lawyer).post("search/", {"q": NAME}).json()["results"][3]
    assert (len(kind["hits"]), kind["more"]) == (10, True)
    assert "There are more" in said(browser_client(lawyer).post("/search/", {"q": NAME}))


# What is not open leaves no trace


def test_what_is_out_of_scope_is_a_miss_byte_for_byte(office, lawyer, api, browser_client):
    """Another office, a case of the own office without the team, a sealed case."""
    manila = factories.office("manila", "PH-MNL")
    texts = [NAME, "SC 112", "P-7", "12/2026"]
    for case in (factories.case(manila), factories.case(office), factories.case(level=4)):
        texts.append(one_of_each(case).code)
    sealed = case.reference
    miss = api(lawyer).post("search/", {"q": "Nobody Anywhere"}).content
    # What differs from page to page by itself: the token of the form, the minute of printing.
    token = re.compile(r'(csrfmiddlewaretoken" value=")\w+|\d\d:\d\d\. Shred')
    page = browser_client(lawyer)

    def shown(text):
        html = page.post("/search/", {"q": text}).content.decode()
        return token.sub(r"\1", html).replace(f'value="{text}"', "")

    nothing = shown("Nobody Anywhere")
    for text in (*texts, sealed):
        assert api(lawyer).post("search/", {"q": text}).content == miss, text
        assert shown(text) == nothing, text


def test_each_wall_alone_keeps_it_out(office, lawyer, api, monkeypatch):
    texts = [NAME, "SC 112", "P-7", "12/2026", one_of_each(factories.case(office)).code]
    miss = api(lawyer).post("search/", {"q": "Nobody Anywhere"}).content
    with monkeypatch.context() as patch:
        patch.setattr(ScopedQuerySet, "visible_to", lambda rows, user: rows)
        for text in texts:
            assert api(lawyer).post("search/", {"q": text}).content == miss, text
    for model in walled():
        execute(f"alter table {table(model)} disable row level security")
    for text in texts:
        assert api(lawyer).post("search/", {"q": text}).content == miss, text


def test_two_readers_find_each_their_own(case, office, lawyer, ask):
    manila = factories.office("manila", "PH-MNL")
    there = factories.case(manila)
    for one in (case, there):
        one_of_each(one)
    other = factories.user("case_manager", manila)
    assert ask(lawyer, NAME) == {"offender": [NAME], "survivor": ask(lawyer, NAME)["survivor"]}
    codes = {case.pk: ask(lawyer, NAME)["survivor"], there.pk: ask(other, NAME)["survivor"]}
    for pk, found in codes.items():
        assert found == list(Case.objects.get(pk=pk).involvement_set.values_list("code", flat=True))


def test_a_sealed_case_is_found_by_those_it_names(case, office, lawyer, ask):
    one_of_each(case)
    Case.objects.filter(pk=case.pk).update(level=4)
    named = factories.user("legal_officer", office)
    factories.assignment(case, named, named=True)
    assert ask(named, NAME).keys() == {"offender", "survivor"}
    assert ask(lawyer, NAME) == ask(lawyer, case.reference) == {}


@pytest.mark.parametrize(
    ("parts", "kinds"),
    [(["suspect"], {"offender"}), (["people", "identity"], {"survivor"}), (["rescue"], set())],
)
def test_a_prosecutor_finds_what_was_disclosed(case, office, ask, parts, kinds):
    one_of_each(case)
    prosecutor = factories.user("prosecutor", office)
    Disclosure.objects.all().delete()
    factories.disclosure(case, prosecutor, parts=parts)
    assert ask(prosecutor, NAME).keys() == kinds
    assert ask(prosecutor, case.reference).keys() == {"case"}
    assert ask(prosecutor, "SC 112") == {}


def test_whoever_sees_people_by_code_finds_nobody_by_name(case, office, ask):
    one_of_each(case)
    assert ask(factories.user("data_officer", office), NAME).keys() == {"offender"}


def test_roles_without_cases_have_no_box(api, browser_client, office):
    for role in ("programme_manager", "auditor", "system_admin", "provider_partner"):
        user = factories.user(role, office)
        assert api(user).post("search/", {"q": "KOL-2026"}).status_code == 403
        assert browser_client(user).get("/search/").status_code == 403


# What is typed


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "%%", "__", "K%", "_OL-2026", "\\\\", "%_", "12_2026"]
)
@pytest.mark.by_turns(4)
def test_signs_of_patterns_mean_themselves(case, lawyer, api, text):
    one_of_each(case)
    answer = api(lawyer).post("search/", {"q": text})
    if answer.status_code == 200:
        assert not [kind for kind in answer.json()["results"] if kind["hits"]], text


def test_a_sign_of_a_pattern_is_found_where_it_stands(case, lawyer, ask):
    factories.prosecution(case, docket="SC_1%A\\B")
    factories.prosecution(case, docket="SCX1YA-B")
    assert ask(lawyer, "c_1%a\\b")["proceeding"] == ["SC_1%A\\B"]


MARKS = [
    "\u200fKOL-2026",
    "KOL\u200e-2026",
    "\u202bKOL-2026\u202c",
    "\u2068KOL-2026\u2069",
    "  KOL-2026\t\n",
]


@pytest.mark.parametrize("text", MARKS)
def test_marks_of_direction_that_came_along_are_no_part_of_it(case, lawyer, ask, text):
    assert case.reference in ask(lawyer, text)["case"]


REFUSED = [
    "",
    " ",
    "a",
    "1",
    "-",
    "%%%",
    "a\0b",
    "\0",
    "x" * 201,
    "x" * 10_000,
    "\x1b[31m",
    "\u200f\u200f",
    "!?",
]


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.by_turns(4)
def test_an_odd_question_is_refused_in_words(lawyer, api, browser_client, said, text):
    answer = api(lawyer).post("search/", {"q": text})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["q"])
    page = browser_client(lawyer).post("/search/", {"q": text})
    assert page.status_code == 400
    assert re.search(r"Type at (least|most)|Type it again", said(page))


@pytest.mark.parametrize("body", [{}, {"q": None}, {"q": 5}, {"q": ["ab"]}, {"q": {}}, {"x": "ab"}])
def test_an_odd_body_is_refused(lawyer, api, body):
    answer = api(lawyer).post("search/", body)
    assert answer.status_code == 400
    assert "q" in answer.json()["errors"]


def test_every_kind_is_answered_in_its_order(lawyer, api):
    answer = api(lawyer).post("search/", {"q": "nothing"}).json()["results"]
    assert [kind["kind"] for kind in answer] == KINDS
    assert not any(kind["more"] or kind["hits"] for kind in answer)


# No name in an address, in the history, in a log


def test_it_asks_by_post_only(case, lawyer, api, browser_client):
    factories.suspect(case, name=NAME)
    page = browser_client(lawyer)
    assert NAME not in page.get(f"/search/?q={NAME}").content.decode()
    assert api(lawyer).get(f"search/?q={NAME}").status_code == 405
    for path in ("/", "/search/", "/docket/"):
        forms = re.findall(r"<form[^>]*role=.search.[^>]*>", page.get(path).content.decode())
        assert forms
        assert all('method="post"' in form and "/search/" in form for form in forms)


def test_it_is_on_record_by_what_was_found_never_by_what_was_typed(case, lawyer, api, caplog):
    one_of_each(case)
    suspect = case.suspect_set.get(perpetrator__name=NAME)
    api(lawyer).post("search/", {"q": "canary ivory"})
    events = AuditEvent.objects.filter(action__in=["search.asked", "names.searched"])
    assert sorted(events.values_list("action", flat=True)) == ["names.searched", "search.asked"]
    assert suspect.pk in events.get(action="search.asked").subjects
    kept = json.dumps(list(AuditEvent.objects.values()), default=str).lower()
    assert "ivory" not in kept + caplog.text.lower()


def test_a_search_that_finds_nothing_is_on_record_as_well(lawyer, api):
    api(lawyer).post("search/", {"q": "nothing"})
    assert AuditEvent.objects.get(action="search.asked").detail == {"ids": []}


@pytest.mark.nightly
def test_it_costs_the_same_statements_whatever_is_found(case, lawyer, api):
    client = api(lawyer)

    def statements(text):
        with CaptureQueriesContext(connection) as queries:
            assert client.post("search/", {"q": text}).status_code == 200
        return len(queries)

    statements(NAME)  # the first call of a key says that the key is in use
    few = statements("Nobody Anywhere")
    for _ in range(3):
        other = factories.case(case.office)
        factories.assignment(other, lawyer)
        one_of_each(other)
    assert statements(NAME) == few <= 27


def test_the_page_before_anything_is_asked(lawyer, browser_client, said):
    answer = browser_client(lawyer).get("/search/")
    assert "What you type is not kept." in said(answer)
    assert 'name="q"' in answer.content.decode()
