"""Exports on pages and by the interface: asked, seen, decided, taken."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core.access import SEALED
from exchange.models import Export
from exchange.services import exports as rules
from tests import factories
from tests.exchange.taking import asked, written
from tests.exchange.unlocking import unlocked
from tests.factories import exports

pytestmark = pytest.mark.django_db
ASK = {"what": "cases", "format": "jsonl", "reason": "figures", "whom": ""}


@pytest.fixture
def client(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def officer(office):
    return factories.user("data_officer", office)


def the_file(answer):
    return b"".join(answer.streaming_content)


def test_from_the_form_to_the_file(client, case_manager, office, said, fresh):
    case = factories.case(office)
    answer = client.post("/exports/new/", ASK | {"identifiers": "on"})
    assert answer.status_code == 200
    export = Export.objects.get()
    assert export.passphrase in said(answer)
    passphrase = export.passphrase
    page = f"/exports/{export.pk}/"
    assert "Queued." in said(client.get(page))
    assert passphrase not in said(client.get(page))
    export = written(export)
    assert "Ready." in said(client.get(page, headers={"X-Fragment": "1"}))
    assert "It may be taken 3 times" in said(client.get(page))
    answer = client.post(f"{page}file/")
    assert (
        answer["Content-Disposition"] == f'attachment; filename="export-{str(export.pk)[:8]}.zip"'
    )
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Cache-Control"] == "no-store"
    found = unlocked(the_file(answer), passphrase)
    assert str(case.pk).encode() in found["01.jsonl"]
    assert "Ready" in said(client.get("/exports/"))
    assert client.get(f"{page}file/").status_code == 405


def test_the_address_narrows_the_list(client, said):
    page = said(client.get("/exports/new/?what=cases&status=assessment"))
    assert "status = assessment" in page
    client.post("/exports/new/?what=cases&status=assessment", ASK)
    assert Export.objects.get().filters == {"status": "assessment"}
    assert client.post("/exports/new/?what=cases&stat=x", ASK).status_code == 409


def test_a_whole_case(client, office, said):
    case = factories.case(office)
    assert "Take the case away" in said(client.get(f"/cases/{case.pk}/summary/"))
    address = f"/exports/new/?case={case.pk}"
    assert case.reference in said(client.get(address))
    client.post(address, {"format": "jsonl", "reason": "handover", "whom": ""})
    export = Export.objects.get()
    assert (export.what, export.of_case, export.filters) == ("case", case.pk, {})
    assert case.reference in said(client.get(f"/exports/{export.pk}/"))


@pytest.mark.parametrize("case", ["foreign", "sealed", "unknown", "nonsense"])
def test_a_case_beyond_reach_is_not_found(client, case, office):
    made = {
        "foreign": lambda: factories.case(factories.office("manila", "PH-MNL")).pk,
        "sealed": lambda: factories.case(office, level=SEALED).pk,
        "unknown": lambda: factories.user().pk,
        "nonsense": lambda: "x",
    }[case]()
    assert client.get(f"/exports/new/?case={made}").status_code == 404


def test_who_may_not_name_is_not_offered_to(browser_client, officer, said):
    page = said(browser_client(officer).get("/exports/new/"))
    assert "With ids, references and codes" not in page
    assert "For whom is it?" in page


def test_a_second_person_decides_on_pages(client, case_manager, officer, browser_client, said):
    export = exports.export(case_manager, people=70, what="identities", identifiers=True)
    page, second = f"/exports/{export.pk}/", browser_client(officer)
    listed = said(second.get("/exports/"))
    assert "Waiting for you as the second person" in listed
    assert case_manager.name in listed
    assert "70 survivors by name" in said(second.get(page))
    assert client.post(f"{page}allow/").status_code == 409
    assert second.get(f"{page}allow/").status_code == 200
    assert second.post(f"{page}allow/").status_code == 302
    assert Export.objects.get().decision == "allowed"
    other = exports.export(case_manager)
    assert second.post(f"/exports/{other.pk}/refuse/").status_code == 302
    assert "Refused" in said(client.get(f"/exports/{other.pk}/"))


def test_others_see_nothing_of_it(case_manager, browser_client, api, office):
    export = exports.export(case_manager)
    away = factories.office("manila", "PH-MNL")
    for user in (factories.user("data_officer", away), factories.user("case_manager", away)):
        assert browser_client(user).get(f"/exports/{export.pk}/").status_code == 404
        assert api(user).get("exports/").json()["results"] == []
    far = factories.case(away).pk  # the case is beyond the second person
    of_a_case = exports.export(case_manager, what="case", of_case=far)
    assert (
        api(factories.user("data_officer", office)).get(f"exports/{of_a_case.pk}/").status_code
        == 404
    )
    not_asked = exports.export(case_manager, decision="not_needed")
    for user in (factories.user("case_manager", office), factories.user("data_officer", office)):
        assert api(user).get(f"exports/{not_asked.pk}/").status_code == 404
    assert (
        browser_client(factories.user("field_officer", office)).get("/exports/").status_code == 403
    )


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("NotOpenAnyMore", "You may no longer export this."),
        ("TooManyRows", "A sheet cannot have so many rows."),
        ("TooManyAttempts", "The work was interrupted five times."),
        ("ZeroDivisionError", "Something went wrong. Ask again"),
    ],
)
def test_what_failed_is_said_in_plain_words(client, case_manager, said, failure, words, fresh):
    export, _passphrase = asked(case_manager)
    export.job.state, export.job.failure = "failed", failure
    export.job.save()
    page = said(client.get(f"/exports/{export.pk}/"))
    assert words in page
    assert "Error" not in page


def test_a_cancelled_one_is_ended_on_its_page(client, case_manager, said, fresh):
    export, _passphrase = asked(case_manager)
    assert client.post(f"/exports/{export.pk}/end/").status_code == 302
    assert "Cancelled" in said(client.get(f"/exports/{export.pk}/"))


def test_by_the_interface(api, case_manager, officer, office, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ALONE", 0)
    case = factories.case(office)
    factories.identity(case)
    person, second = api(case_manager), api(officer)
    body = {"what": "case", "case": str(case.pk), "reason": "handover", "identifiers": True}
    made = person.post("exports/", body | {"format": "xlsx"})
    assert made.status_code == 201
    export, passphrase = made.json()["export"], made.json()["passphrase"]
    assert (export["state"], export["people"], export["case"]) == ("waiting", 1, str(case.pk))
    address = f"exports/{export['id']}/"
    assert person.post(f"{address}allow/").status_code == 409
    assert second.post(f"{address}allow/").json()["state"] == "queued"
    row = written(Export.objects.get())
    shown = person.get(address).json()
    assert (shown["state"], shown["done"]) == ("ready", shown["total"])
    assert "passphrase" not in shown
    answer = person.post(f"{address}file/")
    found = unlocked(the_file(answer), passphrase)
    assert {"01.xlsx", "manifest.json"} <= set(found)
    assert person.post(f"{address}withdraw/").json()["state"] == "cancelled"
    assert person.post(f"{address}file/").status_code == 409
    assert row.expires_at > timezone.now()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": "weather"}, "what"),
        ({"reason": "why not"}, "reason"),
        ({"what": "case"}, "case"),
        ({"filters": {"status": "nowhere"}}, "filters"),
        ({"filters": {"nonsense": "x"}}, "filters"),
        ({"filters": "x"}, "filters"),
        ({"whom": "public"}, "whom"),
        ({"identifiers": "yes"}, "identifiers"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_bad_input_is_answered_by_its_field(api, case_manager, wrong, field):
    answer = api(case_manager).post("exports/", {"what": "cases", "reason": "figures"} | wrong)
    assert answer.status_code == 400
    assert any(name.startswith(field) for name in answer.json()["errors"])
    assert not Export.objects.exists()


def test_a_key_takes_nothing_away(api, case_manager, fresh):
    """A program shows no second factor."""
    caller = api(case_manager)
    body = '{"what": "cases", "reason": "figures"}'
    answer = caller.client.post(
        "/api/v1/exports/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {caller.key}"},
    )
    assert answer.status_code == 403
    assert not Export.objects.exists()
