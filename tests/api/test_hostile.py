"""Every bad input is a 4xx that names the field and the reason; nothing is written (W3, W4, H5)."""

from __future__ import annotations

import copy
import json

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from casework.models import Case, Rescue
from core.api.parsers import MAX_DEPTH
from core.models import AuditEvent
from prosecutions.models import Perpetrator
from tests.api.world import PROBLEM, REPORT
from tests.clients import taken_back
from tests.whole import examples, share, some
from victims.models import Victim

pytestmark = pytest.mark.django_db

LONG = "x" * 100_000
WRONG_TYPES = [5, -1, 1.5, 10**26, True, None, {}, {"a": 1}, [1], [None], [[]], LONG, "\0", "a\0b"]
TEXT = ["", " ", "x", "IN-WB-KOL'--", "\u202e\u200b", "csec\n", "Csec"]
FIELDS = {
    "occurred_at": [*TEXT, []],
    "jurisdiction": [*TEXT, []],
    "programme": [*TEXT, []],
    "case": [*TEXT, []],
    "site": [*TEXT, []],
    "agencies": ["x", ["x"] * 51, ["00000000-0000-0000-0000-000000000000"]],
    "narrative": [[]],
    "people": ["x", [{}] * 501, [{"sex": "female"}], ["female"]],
    "arrests": ["x", [{}] * 501, [{}], ["owner"]],
    "needs": ["medical", ["medical"] * 21, ["gold"]],
    "people[0].sex": [*TEXT, []],
    "people[0].age_months": ["", "150", "x", 1440, []],
    "people[0].age_band": [*TEXT, [], "13–17"],
    "people[0].outcome": [*TEXT, []],
    "people[0].client_id": ["", " ", "x" * 65, []],
    "arrests[0].role": [*TEXT, []],
    "arrests[0].name": ["x" * 201, "x" * 300, []],
}
GOOD = {"people[0].age_months": [5], "narrative": []}  # wrong types that are right here
CASES = [
    (field, value)
    for field, values in FIELDS.items()
    for value in [*values, *WRONG_TYPES]
    if value not in GOOD.get(field, [])
]


def written():
    intentions = AuditEvent.objects.exclude(kind="denial").count()
    return [noun.objects.count() for noun in (Case, Rescue, Victim, Perpetrator)] + [intentions]


def refused(answer, status=400):
    assert answer.status_code == status, (answer.status_code, answer.content[:300])
    assert answer["Content-Type"] == PROBLEM
    body = answer.json()
    assert body["detail"]
    return body.get("errors", {})


def report_with(field, value):
    """The good report with one value changed; `people[0].sex` is the sex of the first person."""
    report = copy.deepcopy(REPORT)
    outer, _dot, inner = field.partition("[0].")
    if inner:
        report[outer][0][inner] = value
        if inner == "age_band":
            del report[outer][0]["age_months"]
    else:
        report[outer] = value
    return report


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.by_turns(6)
def test_a_wrong_value_is_refused_at_its_field(officer, field):
    for value in [value for name, value in CASES if name == field]:
        before = written()
        errors = refused(officer.post("rescue-reports/", report_with(field, value)))
        assert errors, (field, value)
        assert all(name.startswith(field.partition(".")[0]) for name in errors), (value, errors)
        assert all(reason and all(reason) for reason in errors.values())
        assert written() == before


@pytest.mark.parametrize("field", ["occurred_at", "jurisdiction", "programme"])
def test_a_missing_field_is_named(officer, field):
    report = {name: value for name, value in REPORT.items() if name != field}
    assert list(refused(officer.post("rescue-reports/", report))) == [field]


@pytest.mark.parametrize(
    "moment",
    [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "1989-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00",
        "2026-02-30T00:00:00Z",
        "2026-11-20T24:30:00Z",
        "2026-11-20T05:52:60Z",
        "2026-11-20T05:52:00",
        "2026-11-20T05:52:00+99:00",
        "2026-11-20T05:52:00 Asia/Kolkata",
        "2026-11-20",
        "20/11/2026",
        "2926-11-20T00:00:00Z",
        "٢٠٢٦-11-20T05:52:00Z",
        "now",
        1_795_000_000,
    ],
)
def test_a_moment_that_cannot_be_is_refused(officer, moment):
    errors = refused(officer.post("rescue-reports/", REPORT | {"occurred_at": moment}))
    assert list(errors) == ["occurred_at"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("day", ["0000-01-01", "2026-02-30", "20/11/2026", "٢٠٢٦-11-20", 5, [], ""])
def test_a_day_that_cannot_be_is_refused(officer, day):
    body = {"programme": "csec", "jurisdiction": "IN-WB-KOL", "opened_on": day}
    assert list(refused(officer.post("cases/", body))) == ["opened_on"]


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2126-01-01", "9999-12-31"])
def test_a_case_opens_neither_before_these_records_nor_in_the_future(officer, day):
    body = {"programme": "csec", "jurisdiction": "IN-WB-KOL", "opened_on": day}
    assert list(refused(officer.post("cases/", body))) == ["opened_on"]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1),
        b'{"people":' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}",
        *(b"1", b'"x"', b"null", b"true", b"x", b"{", b"{}{}", b"{'a':1}", b'{"a":1,}'),
        *(b'{"a":NaN}', b'{"a":Infinity}', b'{"a":-Infinity}', b'{"a":1e999}', b'{"a":01}'),
        *(b'{"a":"\\ud800"}', b'{"a":"\\udc00\\ud800"}', b'{"\\ud800":1}'),
        *(b'{"a":"\xff"}', b"\xef\xbb\xbf{}", '{"a":1}'.encode("utf-16"), b"\0", b'{"a":"\0"}'),
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_body_that_is_no_object_of_bounded_depth_is_refused(officer, body):
    errors = refused(officer.post("rescue-reports/", body))
    assert not errors  # refused before any field was looked at
    assert not Case.objects.exists()


def test_the_deepest_body_allowed_is_read(officer):
    body = b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH
    assert "a" in refused(officer.post("rescue-reports/", body))


def test_the_largest_body_allowed_is_read_and_one_byte_more_is_not(officer):
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    body = b'{"a":"' + b"x" * (most - 8) + b'"}'
    assert len(body) == most
    assert "a" in refused(officer.post("rescue-reports/", body))
    refused(officer.post("rescue-reports/", body + b" "), 413)


KINDS = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x", "text/json"]


@pytest.mark.parametrize(
    "kind", [*KINDS, "application/json-patch+json", "multipart/form-data; a=b"]
)
def test_another_kind_of_body_is_refused(officer, browser_client, kind):
    text = json.dumps(REPORT)
    call = {"content_type": kind, "headers": {"Authorization": f"Bearer {officer.key}"}}
    refused(Client().generic("POST", "/api/v1/rescue-reports/", text, **call), 415)
    session = browser_client(officer.user)
    answer = session.generic("POST", "/api/v1/rescue-reports/", text, content_type=kind)
    assert answer.status_code in {400, 415}
    assert answer["Content-Type"] == PROBLEM
    assert not Case.objects.exists()


def test_the_kind_of_a_body_may_be_written_in_any_manner(officer):
    call = {"headers": {"Authorization": f"Bearer {officer.key}"}}
    for kind in ("Application/JSON", "application/json; charset=utf-8"):
        answer = Client().generic(
            "POST", "/api/v1/rescue-reports/", json.dumps(REPORT), content_type=kind, **call
        )
        assert answer.status_code == 201


@pytest.mark.parametrize("key", ["a\r\nSet-Cookie: a=b", "a\nb", "a\rb", "\x00", "é\x85"])
def test_a_key_cannot_carry_a_header(officer, key):
    answer = officer.post("rescue-reports/", REPORT, Idempotency_Key=key)
    assert list(refused(answer)) == ["Idempotency-Key"]
    assert "Set-Cookie" not in answer


def test_names_of_every_script_and_length_arrive_as_they_are(officer):
    """A name is never improved: right to left, zero-width, apostrophe, digits, 200 signs."""
    names = ["محمد\u200fعلي", "अ\u200dनु", "O'Brien \u202edrow", "12345", "é" * 200, "<b>x</b>", "𝒳"]
    arrests = [{"role": "owner", "name": name} for name in names]
    assert officer.post("rescue-reports/", REPORT | {"arrests": arrests}).status_code == 201
    assert set(Perpetrator.objects.values_list("name", flat=True)) == set(names)


def test_many_unknown_fields_and_long_ones_make_a_short_answer(officer):
    body = REPORT | {f"{n}{LONG[:500]}": 1 for n in range(500)}
    answer = officer.post("rescue-reports/", body)
    assert 0 < len(refused(answer)) <= 20
    assert len(answer.content) < 5_000


ODD = ("OPTIONS", "HEAD", "PUT", "DELETE", "TRACE", "PROPFIND")


def test_no_method_on_any_address_breaks_anything(manager, routes, case):
    """By day on a third of them."""
    for path in share(routes, "methods", one_in=12):
        address = path.removeprefix("/api/v1/").replace("{id}", str(case.pk))
        for method in ("POST", "PATCH", *some(ODD, path, 1)):
            with taken_back():
                status = manager.call(method, address).status_code
            assert status < 500, (method, path)


CODES = st.sampled_from(["csec", "female", "13-17", "owner", "medical", "IN-WB-KOL", "rescued"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | CODES
NAMES = st.sampled_from([name.rpartition(".")[2] for name in FIELDS]) | st.text(max_size=10)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=20
)
ROWS = st.lists(
    st.dictionaries(NAMES, SCALARS) | st.sampled_from([*REPORT["people"], *REPORT["arrests"]]),
    max_size=4,
)
CHANGES = st.dictionaries(
    st.sampled_from([name for name in FIELDS if "." not in name]), ROWS | ANYTHING, max_size=2
)
REPORTS = CHANGES.map(lambda changes: REPORT | changes)


@trials(
    max_examples=examples(150),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(report=REPORTS | ANYTHING)
def test_whatever_is_sent_is_taken_whole_or_refused_whole(officer, report):
    before = written()
    answer = officer.post("rescue-reports/", json.dumps(report))
    if answer.status_code == 201:
        assert written() != before
    else:
        refused(answer)
        assert written() == before
