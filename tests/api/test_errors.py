"""Every refusal is problem+json: the status, what is wrong in words, and which fields."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from core.api.errors import CODES
from core.lists import pagination
from tests import factories
from tests.api.world import PROBLEM, REPORT

pytestmark = pytest.mark.django_db
CODE = {400: "invalid", 401: "not-authenticated", 403: "permission-denied", 404: "not-found"}
CODE |= {405: "method-not-allowed", 409: "step-not-possible-now", 412: "stale", 413: "too-large"}
CODE |= {415: "unsupported-media-type", 422: "key-reused", 428: "precondition-required"}
CODE |= {503: "unavailable"}


def not_available(*_args, **_kwargs):
    raise OperationalError("invented")


@pytest.fixture
def refusals(manager, officer, case, monkeypatch):
    """For each status, a call that is answered with it."""
    address = f"cases/{case.pk}/"

    def reused():
        officer.post("rescue-reports/", REPORT, Idempotency_Key="k")
        return officer.post("rescue-reports/", REPORT | {"needs": []}, Idempotency_Key="k")

    def stale():
        return manager.patch(address, {"programme": "osec"}, If_Match='"7"')

    def closed():
        shut = factories.case(status="closed", closed_on="2026-04-01")
        return manager.post(f"cases/{shut.pk}/move/", {"step": "assess"}, If_Match='"1"')

    def unavailable():
        monkeypatch.setattr(pagination, "page_of", not_available)
        return manager.get("cases/")

    return {
        400: lambda: manager.post("rescue-reports/", REPORT | {"needs": ["gold"]}),
        401: lambda: Client().get("/api/v1/cases/"),
        403: lambda: officer.post(address + "assign/", {"user": "nobody"}),
        404: lambda: manager.get(f"cases/{uuid.uuid4()}/"),
        405: lambda: manager.call("DELETE", address),
        409: closed,
        412: stale,
        413: lambda: manager.post(
            "cases/", b'{"a":"%s"}' % (b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        ),
        415: lambda: manager.client.post(
            "/api/v1/cases/", {"a": 1}, headers={"Authorization": f"Bearer {manager.key}"}
        ),
        422: reused,
        428: lambda: manager.patch(address, {"programme": "osec"}),
        503: unavailable,
    }


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 503])
def test_every_refusal_has_one_shape(refusals, status):
    answer = refusals[status]()
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    body = answer.json()
    more = {"current", "yours", "changed_by", "changed_at"} if status == 412 else set()
    always = {"type", "title", "status", "code", "detail", "request"}
    assert set(body) - {"errors", "codes"} == always | more
    assert (body["code"], body["code"] in CODES) == (CODE[status], status != 409)
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"] == HTTPStatus(status).phrase
    assert body["detail"]
    assert body["request"] == answer["X-Request-ID"]
    assert ("errors" in body) is ("codes" in body) is (status == 400)


def test_refusals_carry_what_the_caller_needs_next(refusals):
    assert refusals[401]()["WWW-Authenticate"].startswith("Bearer")
    assert "PATCH" in refusals[405]()["Allow"]
    assert refusals[412]()["ETag"] == '"1"'
    assert int(refusals[503]()["Retry-After"]) > 0


def test_a_refused_step_says_why(refusals):
    """A person reads the 409: the step and the status, in words."""
    assert "Closed" in refusals[409]().json()["detail"]


def test_a_rule_has_a_code_whatever_the_language(officer, manager, case):
    address, body = f"cases/{case.pk}/assign/", {"user": officer.user.username}
    english, hindi = (
        manager.post(address, body, Accept_Language=language).json() for language in ("en", "hi")
    )
    assert english["code"] == hindi["code"] == "already-on-team"
    assert english["detail"] == "This person is already on the team." != hindi["detail"]


def test_errors_name_fields_by_their_full_path(officer):
    """Nested, listed and plain fields, all in one answer, none of them guessed at."""
    body = REPORT | {
        "people": [{"sex": "female", "age_months": 3}, {"sex": "?", "age_months": -1}],
        "needs": ["medical", "gold"],
        "programme": "piracy",
        "agencies": ["x", str(uuid.uuid4())],
    }
    answer = officer.post("rescue-reports/", body)
    codes = answer.json()["codes"]
    assert codes["people[1].sex"] == codes["needs[1]"] == ["invalid-choice"]
    assert codes["people[1].age_months"] == ["min-value"]
    assert codes["agencies[0]"] == ["row-not-found"]
    assert (
        set(answer.json()["errors"])
        == set(codes)
        == {
            "people[1].sex",
            "people[1].age_months",
            "needs[1]",
            "programme",
            "agencies[0]",
            "agencies[1]",
        }
    )


def test_unknown_body_fields_are_refused_by_name_with_the_other_errors(officer):
    """M3: what a caller may not write is named, never dropped."""
    person = {"sex": "female", "age_months": 3, "full_name": "x"}
    body = REPORT | {"office": "manila", "level": 4, "programme": "piracy", "people": [person]}
    errors = officer.post("rescue-reports/", body).json()["errors"]
    assert set(errors) == {"office", "level", "programme", "people[0].full_name"}
    assert errors["office"] == ["There is no such field."]


def test_unknown_query_parameters_are_refused_by_name(manager, case):
    errors = manager.get("cases/?owner=1&status=lead&page=2").json()["errors"]
    assert set(errors) == {"owner", "page"}
    assert errors["owner"] == ["There is no such parameter."]
    detail = manager.get(f"cases/{case.pk}/?fields=all")
    assert list(detail.json()["errors"]) == ["fields"]


def test_unknown_parameters_come_with_the_other_errors(manager):
    errors = manager.get("cases/?owner=1&status=gone&limit=0&sort=x").json()["errors"]
    assert set(errors) == {"owner", "status", "limit", "sort"}


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/", "/api/v2/cases/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_address_below_api_is_answered_in_json(path, method):
    answer = Client().generic(method, path, "{}", content_type="application/json")
    assert answer.status_code == 404
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["status"] == 404


def test_an_id_that_is_none_is_the_same_404_as_an_unknown_one(manager):
    """No address of a row may answer 500, whatever stands in place of its id."""
    answers = [manager.get(f"cases/{pk}/") for pk in (uuid.uuid4(), "x", "%00", "1" * 300)]
    assert [a.status_code for a in answers] == [404] * 4
    assert len({a.json()["detail"] for a in answers}) == 1


def test_a_broken_server_says_nothing_about_itself(manager, monkeypatch):
    """An error of ours is a 500 in the same shape, without a word of what it was."""

    def broken(*_args, **_kwargs):
        raise RuntimeError("Invented Name")

    monkeypatch.setattr(pagination, "page_of", broken)
    answer = manager.get("cases/")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert answer["Content-Type"] == PROBLEM
    assert "Invented" not in json.dumps(answer.json())
