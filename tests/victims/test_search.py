"""Finding a person by name: inside the reader's scope, and outside as if there were nobody."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from tests import factories
from tests.meta.tables import execute
from victims.models import FormerIdentity, Identity
from victims.services import identities

pytestmark = pytest.mark.django_db
NAME = "Canary Ivory"
MISS = b'{"results":[],"more":false}'


@pytest.fixture
def client(api, field_officer):
    return api(field_officer)


def search(client, name):
    return client.post("victims/search/", {"name": name})


def test_a_person_is_found_by_part_of_the_name(client, browser_client, field_officer, known, said):
    answer = search(client, "ivory")
    (hit,) = answer.json()["results"]
    assert hit == {
        "id": str(known.pk),
        "code": known.code,
        "case": str(known.case_id),
        "reference": known.case.reference,
        "victim": str(known.victim_id),
        "sex": "female",
        "age_band": "0-12",
    }
    page = browser_client(field_officer).post("/search/name/", {"name": "IVORY can"})
    assert known.code in said(page)
    assert known.case.reference in said(page)
    assert NAME not in page.content.decode()


def test_a_person_is_found_by_any_name_that_was_recorded(client, case):
    victims = [factories.identity(case, full_name="প্রিয়া দাস").victim]
    latin = factories.involvement(case).victim
    Identity.objects.create(victim=latin, full_name="สมชาย", latin_name="Somchai Priya")
    former = factories.former_identity(case, value="Priya Sen").victim
    FormerIdentity.objects.create(
        victim=latin, field="contacts", value="Canary aunt", replaced_by=factories.user()
    )
    found = {hit["victim"] for hit in search(client, "priya").json()["results"]}
    assert found == {str(row.pk) for row in (*victims, latin, former)}
    assert search(client, "canary").content == MISS


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Laxmi Devi", "Lakshmee"),
        ("लक्ष्मी देवी", "laxmi debi"),
        ("Mohammed Ali", "Md Ali"),
        ("dela Cruz, Maria", "De La Cruz"),
        ("Chhaya Das", "chaya"),
    ],
)
def test_a_person_is_found_by_how_the_name_sounds(client, case, recorded, typed):
    factories.identity(case, full_name="Ruth Wanjiru")
    person = factories.identity(case, full_name=recorded).victim
    hits = search(client, typed).json()["results"]
    assert [hit["victim"] for hit in hits] == [str(person.pk)]


def test_whoever_is_spelt_so_stands_before_who_sounds_so(
    client, browser_client, field_officer, case, office, said
):
    sounds = factories.identity(case, full_name="Lakshmi Devi").victim
    former = factories.former_identity(case, value="Lakshmi Das").victim
    spelt = factories.identity(case, full_name="Laxmi Devi").victim
    Identity.objects.create(victim=former, full_name="Laxmi Das")  # both: it counts as spelt
    factories.identity(factories.case(office), full_name="Lakshmi Devi")
    hits = search(client, "laxmi").json()["results"]
    assert {hit["victim"] for hit in hits[:2]} == {str(spelt.pk), str(former.pk)}
    assert [hit["victim"] for hit in hits[2:]] == [str(sounds.pk)]
    page = browser_client(field_officer).post("/search/name/", {"name": "laxmi"})
    assert said(page).count("sounds alike") == 1


def test_who_only_shares_a_word_with_the_question_is_not_found(client, case):
    factories.identity(case, full_name="Laxmi Devi")
    assert search(client, "Laxmi Wanjiru").content == MISS


def test_outside_the_scope_a_hit_is_a_miss_byte_for_byte(
    client, browser_client, field_officer, office, reads
):
    """Another office, a case of the own office without the team, a sealed case."""
    manila = factories.office("manila", "PH-MNL")
    for case in (factories.case(manila), factories.case(office), factories.case(level=4)):
        factories.identity(case, full_name=NAME)
        factories.former_identity(case, value=NAME)
    hit, miss = search(client, NAME), search(client, "Nobody Anywhere")
    assert hit.content == miss.content == MISS
    ours = {"X-Request-ID", "Expires"}  # its number, the second
    assert {k: v for k, v in hit.headers.items() if k not in ours} == {
        k: v for k, v in miss.headers.items() if k not in ours
    }
    page = browser_client(field_officer)
    pages = [page.post("/search/name/", {"name": name}) for name in (NAME, "Nobody Here")]
    token = re.compile(rb'(csrfmiddlewaretoken" value=")\w+')
    bodies = [token.sub(rb"\1", page.content) for page in pages]
    assert bodies[0].replace(NAME.encode(), b"") == bodies[1].replace(b"Nobody Here", b"")
    assert b"Nobody open to you has this name" in bodies[0]
    assert {json.dumps(detail) for _who, _what, detail in reads("names.searched")} == {
        '{"ids": []}'
    }


def test_each_wall_alone_keeps_what_is_outside_from_the_answer(client, office, monkeypatch):
    for case in (factories.case(office), factories.case(level=4)):
        factories.identity(case, full_name=NAME)
    with monkeypatch.context() as patch:
        patch.setattr(type(Identity.objects.all()), "visible_to", lambda rows, user: rows)
        assert search(client, NAME).content == MISS
    for table in ("victims_identity", "victims_involvement", "victims_formeridentity"):
        execute(f"alter table {table} disable row level security")
    assert search(client, NAME).content == MISS


def test_whoever_sees_someone_by_code_only_finds_nobody_by_name(api, office, monkeypatch):
    """By each wall alone."""
    both = factories.user("data_officer", office)
    factories.membership(both, "field_officer", office)
    factories.identity(factories.case(office), full_name=NAME)
    with monkeypatch.context() as patch:
        patch.setattr(type(Identity.objects.all()), "visible_to", lambda rows, user: rows)
        assert search(api(both), NAME).content == MISS
    execute("alter table victims_identity disable row level security")
    assert search(api(both), NAME).content == MISS


def test_a_persons_part_in_a_closed_case_is_no_hit(client, known):
    factories.involvement(factories.case(factories.office("manila", "PH-MNL")), known.victim)
    for table in ("victims_involvement", "casework_case"):
        execute(f"alter table {table} disable row level security")
    (hit,) = search(client, NAME).json()["results"]
    assert hit["id"] == str(known.pk)


def test_what_lies_outside_is_not_even_opened(client, office, known, monkeypatch):
    """So that it cannot be told by the time it takes either."""
    for _ in range(5):
        factories.identity(factories.case(office), full_name=NAME)
    opened, whole = [], identities.Question.fits
    monkeypatch.setattr(
        identities.Question, "fits", lambda self, said: opened.append(said) or whole(self, said)
    )
    assert len(search(client, NAME).json()["results"]) == 1
    assert opened == [NAME]


def test_the_search_is_on_record_by_whom_it_found_never_by_what_was_typed(
    client, browser_client, field_officer, known, reads
):
    search(client, "ivory")
    browser_client(field_officer).post("/search/name/", {"name": "ivory"})
    assert [detail for _who, _what, detail in reads("names.searched")] == [
        {"ids": [str(known.pk)]}
    ] * 2
    event = AuditEvent.objects.filter(action="names.searched").first()
    assert known.case_id in event.subjects
    assert "ivory" not in json.dumps(list(AuditEvent.objects.values()), default=str).lower()


def test_a_name_never_stands_in_an_address(browser_client, field_officer, known):
    page = browser_client(field_officer)
    assert known.code not in page.get("/search/name/?name=ivory").content.decode()
    assert 'method="post"' in page.get("/search/name/").content.decode()


def test_many_are_cut_at_fifty_in_order_and_it_says_so(client, browser_client, field_officer, case):
    for _ in range(51):
        factories.identity(case, full_name=NAME)
    body = search(client, NAME).json()
    codes = [hit["code"] for hit in body["results"]]
    assert (len(codes), body["more"]) == (50, True)
    assert codes == sorted(codes)
    page = browser_client(field_officer).post("/search/name/", {"name": NAME})
    assert b"There are more." in page.content


@pytest.mark.parametrize("name", ["", " ", "a", "12", "\0", "a\0b", "x" * 201, None, 5, []])
def test_an_odd_question_is_refused_in_words(client, name):
    answer = search(client, name)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["name"])


def test_the_page_refuses_in_words_as_well(browser_client, field_officer, said):
    answer = browser_client(field_officer).post("/search/name/", {"name": "a"})
    assert answer.status_code == 400
    assert "Type at least two letters of the name." in said(answer)


def test_a_search_costs_the_same_statements_however_many_names(client, case):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert search(client, NAME).status_code == 200
        return len(queries)

    factories.identity(case, full_name=NAME)
    statements()  # the first call of a key says that the key is in use
    few = statements()
    for _ in range(30):
        factories.former_identity(case)
        factories.identity(case, full_name=NAME)
    assert statements() == few <= 20


def test_who_may_see_no_identity_may_not_search(api, browser_client, office):
    for role in ("data_officer", "programme_manager", "safeguarding_lead", "auditor"):
        user = factories.user(role, office)
        assert search(api(user), NAME).status_code == 403
        assert browser_client(user).post("/search/name/", {"name": NAME}).status_code == 403
