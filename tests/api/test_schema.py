"""The OpenAPI document says what the code does, is checked in, and can be read offline."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from io import StringIO

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from core.api.document import KEPT, Renderer
from core.api.parts import part as part_of
from core.api.parts import tags
from exchange.nouns import Noun
from tests import factories

COMMAND = "python manage.py spectacular --format openapi-json --file docs/openapi.json"
UNDOCUMENTED = {"/api/v1/schema/", "/api/v1/docs/"}
SCIM = "Users Users/<uuid:pk> ServiceProviderConfig ResourceTypes ResourceTypes/<str:name>"
SCIM += " Schemas Schemas/<str:name>"
UNDOCUMENTED |= {f"/api/scim/v2/{path}" for path in SCIM.split()}  # of a standard
RATE = {"RateLimit", "RateLimit-Policy"}
# Steps and corrections by POST, of a row as it was read.
OF_A_VERSION = (
    *(
        "/move/",
        "suspects/{id}/name/",
        "suspects/{id}/death/",
        "seals/{id}/confirm/",
        "seals/{id}/refuse/",
        "boxes/{id}/put-away/",
    ),
    *("/add-vacation/", "/drop-vacation/", "/take-practice-away/", "task-rules/{id}/reset/"),
    *(f"rescue-plans/{{id}}/{step}/" for step in ("decide", "call-off", "carry-out")),
    *("rescue-plans/{id}/name-person/", "rescue-plans/{id}/unname-person/"),
    *("agencies/{id}/merge/", "jurisdictions/{id}/merge/", "providers/{id}/merge/"),
    *("conflicts/{id}/lift/", "hearings/{id}/correct/", "/correct-attribution/"),
    *("/strike/", "complaints/{id}/accused/"),
    *("judgments/{id}/enter-in-error/", "custodies/{id}/correct-end/", "hearings/{id}/take-off/"),
    *("hearings/{id}/correct-listing/", "hearings/{id}/take-back/"),
    *("networks/{id}/correct/", "network-members/{id}/correct/"),
    *("charges/{id}/plead/", "charges/{id}/amend/", "charges/{id}/name-survivors/"),
    "sentences/{id}/share/",
    *("accusations/{id}/end/", "protective-measures/{id}/answer/"),
    *("assistance-requests/{id}/answer/", "participations/{id}/correct/"),
    *("answers/{id}/accept/", "answers/{id}/refuse/"),
    *("release-certificates/{id}/answer/", "entitlements/{id}/change/"),
    *("rehabilitation-payments/{id}/reimburse/", "compensation-claims/{id}/answer/"),
    *("cases/{id}/close/", "cases/{id}/reopen/", "cases/{id}/only-aftercare/"),
    "estimates/{id}/publish/",
    *("/write-question/", "/drop-question/", "question-sets/{id}/publish/"),
    "question-sets/{id}/retire/",
    *("leads/{id}/end/", "investigation-steps/{id}/drop/", "investigation-steps/{id}/finish/"),
    *("investigation-steps/{id}/tell-result/", "assistance-requests/{id}/relate/"),
    *("rescues/{id}/amend/", "involvements/{id}/amend-outcome/"),
    *("involvements/{id}/answer-indicators/", "involvements/{id}/set-route/"),
    *("victims/{id}/note-papers/", "victims/{id}/note-safety/"),
    *("consents/{id}/withdraw/", "withdrawals/{id}/told/"),
    *("care-plans/{id}/close/", "goals/{id}/end/", "assessments/{id}/answer/"),
    *("placements/{id}/correct/", "placements/{id}/end/", "workbook-imports/{id}/confirm/"),
    "jurisdictions/{id}/draw/",
    *("erasures/{id}/confirm/", "erasures/{id}/undo/", "erasures/{id}/keep/"),
)
# The answer names someone or holds a secret and is kept nowhere, not even for a repeated send.
ASKING = ("/reveal/", "search/", "notes/{id}/open/", "instruments/preview/", "calendar-feed/")
ASKING += ("/issue-key/", "keys/{id}/rotate/", "/webhooks/", "webhooks/{id}/renew-secret/")
ASKING += ("/exports/", "exports/{id}/file/")
ASKING += ("htcds-imports/preview/", "/htcds-exports/", "/ctdc-exports/", "/access-bundles/")
ASKING += ("/court-bundles/", "boxes/{id}/open/", "rescue-plans/{id}/open/", "/connect-collect/")
REFUSALS = {
    "get": {"400", "401", "403", "404", "429", "503"},
    "post": {"400", "401", "403", "404", "409", "413", "415", "429", "503"},
    "patch": {"400", "401", "403", "404", "409", "412", "413", "415", "428", "429", "503"},
}


@pytest.mark.nightly
def test_the_document_is_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    assert '"nullable"' not in json.dumps(document)  # a word of 3.0, which nobody heeds any more
    assert not list(OpenAPIV31SpecValidator(document).iter_errors())


def test_the_document_checked_in_is_the_one_the_code_makes(document):
    """A change of the interface is seen in review, as a difference of this file."""
    assert json.loads(KEPT.read_text(encoding="utf-8")) == document, f"Run: {COMMAND}"
    assert KEPT.read_bytes() == Renderer().render(document), f"Run: {COMMAND}"


def test_what_many_operations_say_is_said_once(document):
    """Each refusal, each header and each parameter of all lists stands in the components."""
    shared = document["components"]["parameters"].values()
    for operations in document["paths"].values():
        for operation in operations.values():
            answers = operation["responses"].items()
            assert not [code for code, answer in answers if code > "207" and "$ref" not in answer]
            assert not [one for one in operation.get("parameters", []) if one in shared]
    said = json.dumps(document)
    for kind in ("parameters", "responses", "headers", "schemas"):
        for name in document["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in said, name


def test_a_file_has_no_example_of_json(document):
    paths = [one for operations in document["paths"].values() for one in operations.values()]
    answers = [answer for operation in paths for answer in operation["responses"].values()]
    kinds = [kind for answer in answers for kind in answer.get("content", {}).items()]
    assert not [kind for kind, told in kinds if "example" in told and not kind.endswith("json")]
    assert [kind for kind, told in kinds if "example" in told]


def test_each_value_has_one_type(document):
    """A union would have to be taken apart by whoever uses a generated client."""

    def unions(node):
        parts = list(node.values()) if isinstance(node, dict) else node
        if isinstance(node, dict) and "oneOf" in node and node["oneOf"][1:] != [{"type": "null"}]:
            yield node
        for part in parts if isinstance(parts, list) else ():
            yield from unions(part)

    assert [node for node in unions(document) if "discriminator" not in node] == []
    assert "anyOf" not in json.dumps(document)
    outcome = document["components"]["schemas"]["PleaOrNoneEnum"]
    assert outcome["enum"] == [*document["components"]["schemas"]["PleaEnum"]["enum"], ""]


def test_making_the_document_leaves_nothing_unclear():
    """A warning means that the document guesses."""
    call_command("spectacular", format="openapi-json", fail_on_warn=True, stdout=StringIO())


def test_every_address_is_in_the_document(routes):
    def addresses(patterns, before="/"):
        for pattern in patterns:
            here = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from addresses(pattern.url_patterns, here)
            else:
                yield re.sub(
                    r"\(\?P<(\w+)>.*?\)(?=/)", r"{\1}", re.sub(r"[\^$]", "", here)
                ).replace("{pk}", "{id}")

    ours = {a for a in addresses(get_resolver().url_patterns) if a.startswith("/api/")}
    assert ours - UNDOCUMENTED == set(routes)


def test_every_operation_lists_its_refusals(routes):
    for path, methods in routes.items():
        for method, operation in methods.items():
            missing = REFUSALS[method] - set(operation["responses"])
            assert not missing, f"{method} {path}: {missing}"
            refusals = [r for code, r in operation["responses"].items() if code >= "400"]
            assert all("application/problem+json" in r["content"] for r in refusals)


def test_every_operation_takes_a_key_or_a_session(routes):
    for methods in routes.values():
        for operation in methods.values():
            assert operation["security"] == [{"key": []}, {"session": []}]
            assert operation["description"]
            assert operation["summary"]


def test_operations_have_short_names_of_their_own(routes):
    names = [operation["operationId"] for m in routes.values() for operation in m.values()]
    assert len(names) == len(set(names))
    assert {"cases_list", "cases_get", "cases_create", "cases_update", "cases_move"} < set(names)
    assert {"cases_changes", "cases_bulk", "report_runs_behind", "me_get"} < set(names)


def test_an_answer_has_one_type_and_what_is_sent_one_kind_of_content(routes):
    """What a generated client reads without a cast (but for nothing where there may be nothing),
    and sends as it is: of two kinds it takes the wrong one where a file is sent."""
    for path, methods in routes.items():
        for method, operation in methods.items():
            good = [answer for code, answer in operation["responses"].items() if code < "300"]
            assert len(good) == 1, f"{method} {path}"
            sent = operation.get("requestBody", {}).get("content", {})
            assert len(sent) <= 1, f"{method} {path}"
            for content in [*sent.values(), *good[0].get("content", {}).values()]:
                assert not {"oneOf", "anyOf"} & content["schema"].keys(), f"{method} {path}"


def test_what_is_sent_in_the_head_is_in_the_document(routes):
    def heads(path, method, code):
        return set(routes[f"/api/v1/{path}"][method]["responses"][code]["headers"]) - RATE

    assert heads("cases/", "get", "200") == heads("cases/changes/", "get", "200") == {"Link"}
    assert heads("cases/", "post", "201") == {"Idempotency-Replayed", "Location"}
    assert heads("report-runs/", "post", "202") == {"Idempotency-Replayed", "Location"}
    assert heads("cases/bulk/", "post", "207") == {"Idempotency-Replayed"}
    assert heads("cases/{id}/", "get", "200") == heads("cases/{id}/", "patch", "200") == {"ETag"}
    assert heads("cases/{id}/move/", "post", "200") == {"ETag"}


def test_messages_of_webhooks_are_in_the_document(document):
    assert set(document["webhooks"]) == {f"{noun}.changed" for noun in Noun}
    assert {"webhook-id", "webhook-timestamp", "webhook-signature"} == {
        one["name"] for one in document["webhooks"]["cases.changed"]["post"]["parameters"]
    }


def test_every_tag_is_told(document):
    told = {tag["name"] for tag in document["tags"]}
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    every = {name for one in operations for name in one["tags"]}
    assert told == every | {"webhooks"}
    assert document["servers"]
    assert document["info"]["description"]


def test_creates_take_an_idempotency_key_and_changes_a_version(routes):
    for path, methods in routes.items():
        for method, operation in methods.items():
            headers = {p["name"] for p in operation.get("parameters", []) if p["in"] == "header"}
            wanted = {"get": set(), "post": {"Idempotency-Key"}, "patch": {"If-Match"}}[method]
            wanted = {"If-None-Match"} if "304" in operation["responses"] else wanted
            wanted = {"If-Match"} if path.endswith(OF_A_VERSION) else wanted
            wanted = set() if path.endswith(ASKING) else wanted
            assert headers == wanted, f"{method} {path}"


def enums(part, where=""):
    """Every list of codes, with what stands beside it."""
    if isinstance(part, dict):
        if "enum" in part:
            yield where, part["enum"], part.get("description", "")
        for name, inner in part.items():
            if name not in {"example", "examples"}:
                yield from enums(inner, f"{where}/{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from enums(inner, f"{where}/{number}")


def test_every_code_is_said_in_words(document, routes):
    """In rows, in bodies, and in the filters of lists."""
    bare = [
        f"{where}: {code}"
        for where, codes, words in enums(document["components"]["schemas"])
        for code in codes
        if code and f"`{code}` - " not in words
    ]
    for path, methods in routes.items():
        for one in (p for o in methods.values() for p in o.get("parameters", [])):
            codes = one["schema"].get("enum", []) if one["name"] != "sort" else []
            words = one.get("description", "")
            bare += [f"{path}?{one['name']}={c}" for c in codes if f"`{c}` - " not in words]
    assert not bare, "\n".join(bare)


def test_what_has_to_be_waited_for_says_how_long(routes):
    for methods in routes.values():
        for operation in methods.values():
            for code in ("429", "503"):
                assert "Retry-After" in operation["responses"][code]["headers"]


def test_asking_for_a_report_is_answered_202(routes):
    answers = routes["/api/v1/report-runs/"]["post"]["responses"]
    assert [code for code in answers if code < "300"] == ["202"]


def test_what_a_row_may_be_without_is_null(document):
    shapes = document["components"]["schemas"]

    def told(shape, name):
        return shapes[shape]["properties"][name].get("type")

    assert told("Transfer", "decided_by") == told("Jurisdiction", "parent") == ["string", "null"]
    assert told("Export", "total") == ["integer", "null"]
    assert told("Transfer", "asked_by") == "string"
    assert shapes["DashboardTile"]["properties"]["value"] == {}  # any JSON, so null as well


def test_a_list_that_answers_a_question_has_no_pages(routes):
    asked = routes["/api/v1/providers/{id}/free/"]["get"]
    (content,) = asked["responses"]["200"]["content"].values()
    assert content["schema"]["type"] == "array"
    assert [parameter["name"] for parameter in asked["parameters"]] == ["id"]


def test_what_the_rules_may_keep_back_says_so(routes):
    for name in ("document-versions/{id}/original", "snapshots/{id}/paper"):
        assert "409" in routes[f"/api/v1/{name}/"]["get"]["responses"]
    assert "409" not in routes["/api/v1/snapshots/{id}/"]["get"]["responses"]


@pytest.mark.django_db
def test_keys_and_people_may_read_the_document_as_it_is_kept(api, browser_client, office):
    user = factories.user()
    by_key = api(user).get("schema/")
    by_session = browser_client(user).get("/api/v1/schema/")
    assert by_key["Content-Type"] == "application/vnd.oai.openapi+json"
    assert by_key.content == by_session.content == KEPT.read_bytes()
    packed = api(user).get("schema/", **{"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == KEPT.read_bytes()
    known = api(user).get("schema/", **{"If-None-Match": packed["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.django_db
def test_nobody_else_may_read_the_document():
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["version=%0d%0aX: y", "version=2", "format=yaml", "lang=xx"])
def test_odd_questions_for_the_document_break_nothing(api, office, query):
    answer = api(factories.user()).get(f"schema/?{query}")
    assert answer.status_code == 200
    assert answer.json()["info"]["version"] == "1"


@pytest.fixture
def page(browser_client, office):
    return browser_client(factories.user()).get("/api/v1/docs/?tag=cases")


@pytest.mark.django_db
def test_the_documentation_page_sends_a_stranger_to_sign_in():
    answer = Client().get("/api/v1/docs/")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/api/v1/docs/"


@pytest.mark.django_db
def test_the_documentation_page_keeps_the_policy_of_every_page(page):
    """Nothing inline, so nothing is relaxed for it."""
    html = page.content.decode()
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "style-src 'self'" in page["Content-Security-Policy"]
    assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


@pytest.mark.django_db
def test_the_documentation_page_needs_no_other_host(page):
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())
    assert len(addresses) == 5
    assert all(address.startswith("/") and not address.startswith("//") for address in addresses)


@pytest.mark.django_db
def test_every_file_of_the_documentation_page_is_in_the_house(page, browser_client):
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())
    files = [a.removeprefix("/static/") for a in addresses if a.startswith("/static/")]
    assert len(files) == 4  # the source among them
    assert all(finders.find(file) for file in files)
    (address,) = [a for a in addresses if not a.startswith("/static/")]
    script = browser_client(factories.user()).get(unescape(address))
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema/?tag=cases" in script.content.decode().replace(r"\u003D", "=")


@pytest.mark.django_db
def test_the_reference_is_opened_by_noun_each_a_document_of_its_own(api, browser_client, office):
    listed = browser_client(factories.user()).get("/api/v1/docs/").content.decode()
    whole = json.loads(KEPT.read_bytes())
    assert all(f'href="?tag={tag}"' in listed for tag in tags())
    assert all(
        set(way["tags"]) & tags().keys()
        for ways in whole["paths"].values()
        for way in ways.values()
    )
    sent = api(factories.user()).get("schema/?tag=sites")
    assert sent.content == part_of("sites").plain
    assert sent["ETag"] == part_of("sites").tag
    OpenAPIV31SpecValidator(sent.json()).validate()
    assert len(part_of("cases").plain) < len(KEPT.read_bytes()) / 20
    assert set(sent.json()["paths"]) == {path for path in whole["paths"] if "/sites/" in path}
