"""Whatever stands in the head or the address of a call: the same answer, or a 4xx with a reason."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.api.test_hostile import LONG, refused
from tests.api.world import PROBLEM

pytestmark = pytest.mark.django_db

ODD = ["", " ", "x", "\0", "a\r\nSet-Cookie: a=b", "é\x85", "'; drop table x;--", "9" * 400, LONG]
UNREAD = {
    "Accept": [*ODD, "text/html", "application/xml", "*/*;q=x"],
    "Accept-Charset": ["utf-7", *ODD],
    "Accept-Language": [*ODD, "ar", "xx-XX;q=9", "../../etc/passwd"],
    "Cookie": [*ODD, "session=x", "session=\0", ";;;=", "csrf="],
    "Forwarded": ["for=127.0.0.1", *ODD],
    "If-Modified-Since": ["Mon, 30 Feb 2026 99:99:99 GMT", *ODD],
    "If-None-Match": ["*", *ODD],
    "Range": ["bytes=0-1", "bytes=9-0", *ODD],
    "X-Forwarded-For": ["127.0.0.1", "::1", "x, y", *ODD],
    "X-Forwarded-Host": ["evil.example", *ODD],
    "X-HTTP-Method-Override": ["DELETE", "PATCH", *ODD],
    "X-Original-URL": ["/api/v1/users/", *ODD],
    "X-Request-ID": ODD,
}


@pytest.mark.parametrize("name", UNREAD)
@pytest.mark.by_turns(6)
def test_a_header_that_is_not_for_us_changes_nothing(manager, case, name):
    wanted = manager.get("cases/").json()
    for value in UNREAD[name]:
        answer = manager.get("cases/", **{name: value})
        assert answer.status_code == 200, value[:40]
        assert answer.json() == wanted
        assert answer["Content-Type"] == "application/json"
        assert name == "Cookie" or "Set-Cookie" not in answer  # what is no session is taken away


QUERIES = [
    *(
        "%ff=1",
        "%00=1",
        "a%00b=1",
        "=",
        "a[]=1",
        "limit[]=1",
        "__class__=1",
        "id__gt=0",
        "%F0%9F=1",
    ),
    *("office%ED%A0%80=1", "\u202elimit=1", "x" * 5000 + "=1", "LIMIT=1", "limit =1", "sort;=1"),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: repr(query[:20]))
def test_a_parameter_that_is_none_is_refused_by_name(manager, query):
    answer = manager.get(f"cases/?{query}")
    assert refused(answer)
    assert len(answer.content) < 5_000


@pytest.mark.parametrize("value", ["%ff", "%00", "%ED%A0%80", "%F0%9F", "x" * 5000, "\u202ecsec"])
def test_a_value_in_no_encoding_is_refused_at_its_parameter(manager, value):
    for name in ("status", "programme", "opened_from", "office", "cursor", "limit", "sort"):
        answer = manager.get(f"cases/?{name}={value}")
        if name == "office" and answer.status_code == 200:  # a code of no office
            assert answer.json()["results"] == []
        else:
            assert list(refused(answer)) == [name], (name, value[:20])


@pytest.mark.parametrize("name", ["limit", "status", "sort", "cursor", "updated_since"])
def test_a_second_value_is_refused_by_name_and_not_dropped(manager, name):
    value = {"limit": "1", "sort": "newest", "status": "lead", "cursor": ""}
    one = value.get(name, "2026-11-24T05:30:00Z")
    path = "cases/changes/" if name == "updated_since" else "cases/"
    assert manager.get(f"{path}?{name}={one}").status_code == 200
    assert name in refused(manager.get(f"{path}?{name}={one}&{name}={one}"))


def test_of_what_takes_several_values_several_are_taken(manager):
    assert manager.get("docket/?stage=trial&stage=filed").status_code == 200
    assert list(refused(manager.get("docket/?page=1&page=2"))) == ["page"]


def test_a_method_the_document_does_not_name_is_refused(manager, case):
    """What can be called, and with what, stands in the document; nothing else says so."""
    for path in ("cases/", f"cases/{case.pk}/"):
        for method in ("OPTIONS", "PUT", "DELETE"):
            refused(manager.call(method, path), 405)


def test_too_many_parameters_are_refused(manager):
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    answer = manager.get("cases/?" + "&".join(f"a{n}=1" for n in range(most + 1)))
    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM


ADDRESSES = [
    *("%ff", "%00", "..", "%2e%2e", "%2F", "x" * 5000, "\u202e", "1;x=1", "' or 1=1", "{id}"),
    *("00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000", "null"),
    *("00000000_0000_0000_0000_000000000000", "0000000A-0000-0000-0000-00000000000A"),
]


@pytest.mark.parametrize("key", ADDRESSES, ids=lambda key: repr(key[:20]))
def test_what_is_no_key_of_a_row_is_not_found(manager, key):
    for path in (f"cases/{key}/", f"cases/{key}/steps/", f"victims/{key}/"):
        answer = manager.get(path)
        assert answer.status_code == 404, path[:60]
        assert answer["Content-Type"] == PROBLEM
