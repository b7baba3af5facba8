"""Nobody overwrites what another person changed in the meantime (D3)."""

from __future__ import annotations

import pytest

from casework.models import Case
from core.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes(case):
    """Every call that changes a row, as (method, path, a good body)."""
    return [
        ("PATCH", f"cases/{case.pk}/", {"programme": "osec"}),
        ("POST", f"cases/{case.pk}/move/", {"step": "assess"}),
    ]


def state(case):
    return Case.objects.filter(pk=case.pk).values().get(), AuditEvent.objects.filter(
        kind="intention"
    ).count()


def test_a_row_comes_with_its_version(manager, case):
    answer = manager.get(f"cases/{case.pk}/")
    assert answer["ETag"].startswith('"1.')
    assert answer.json()["version"] == 1


def test_without_the_version_read_nothing_is_changed(manager, case, changes):
    before = state(case)
    for method, path, body in changes:
        answer = manager.call(method, path, body)
        assert answer.status_code == 428, path
        assert "If-Match" in answer.json()["detail"]
    assert state(case) == before


def test_a_stale_version_changes_nothing_and_says_which_is_current(manager, case, changes):
    Case.objects.filter(pk=case.pk).update(version=5)
    before = state(case)
    for method, path, body in changes:
        for sent in ('"4"', '"6"', "4", 'W/"4"'):
            answer = manager.call(method, path, body, If_Match=sent)
            assert (answer.status_code, answer["ETag"]) == (412, '"5"'), (path, sent)
    assert state(case) == before


def test_a_stale_edit_comes_back_with_both_versions(manager, case):
    path = f"cases/{case.pk}/"
    assert manager.call("PATCH", path, {"programme": "csec"}, If_Match='"1"').status_code == 200
    answer = manager.call("PATCH", path, {"programme": "osec"}, If_Match='"1"')
    told = answer.json()
    assert (answer.status_code, answer["ETag"]) == (412, '"2"')
    assert told["yours"] == {"programme": "osec"}
    assert (told["current"]["programme"], told["current"]["version"]) == ("csec", 2)
    assert told["changed_by"] == manager.user.name
    assert told["changed_at"]
    seen = AuditEvent.objects.filter(action="case.retrieve", target_id=case.pk) | (
        AuditEvent.objects.filter(action="case.retrieve", subjects__contains=[case.pk])
    )
    assert seen.exists()


def test_the_current_version_is_accepted_and_counted_on(manager, case, changes):
    etag = manager.get(f"cases/{case.pk}/")["ETag"]
    for number, (method, path, body) in enumerate(changes, 2):
        answer = manager.call(method, path, body, If_Match=etag)
        assert answer.status_code == 200, answer.content
        etag = answer["ETag"]
        assert etag == f'"{number}"'
    case.refresh_from_db()
    assert (case.programme, case.status, case.version) == ("osec", "assessment", 3)


def test_a_row_that_is_as_it_was_read_is_not_sent_again(manager, case):
    path = f"cases/{case.pk}/"
    etag = manager.get(path)["ETag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}'):
        answer = manager.get(path, **{"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    for other in ('"1"', "x"):
        assert manager.get(path, **{"If-None-Match": other}).status_code == 200
    Case.objects.filter(pk=case.pk).update(programme="osec")  # shown anew, whatever the version
    assert manager.get(path, **{"If-None-Match": etag}).status_code == 200


def test_whichever_version_there_is_can_be_changed_on_purpose(manager, case, changes):
    for method, path, body in changes:
        assert manager.call(method, path, body, If_Match="*").status_code == 200, path


@pytest.mark.parametrize("sent", ["abc", '"1", "2"', '"-1"', '"' + "9" * 27 + '"', "²"])
def test_an_odd_version_is_refused_by_name(manager, case, changes, sent):
    for method, path, body in changes:
        answer = manager.call(method, path, body, If_Match=sent)
        assert answer.status_code == 400, path
        assert list(answer.json()["errors"]) == ["If-Match"]


@pytest.fixture(params=["referral", "suspect"])
def other(request, case):
    """Another call that changes a row: how, with what, and the row whose version counts."""
    if request.param == "referral":
        row = factories.referral(case)
        return f"referrals/{row.pk}/move/", {"step": "withdraw"}, row
    suspect = factories.suspect(case)
    return f"suspects/{suspect.pk}/name/", {"name": "Invented Name"}, suspect.perpetrator


def test_the_other_changes_ask_for_the_version_as_well(manager, other):
    path, body, row = other
    assert manager.post(path, body).status_code == 428
    assert list(manager.post(path, body, If_Match="x").json()["errors"]) == ["If-Match"]
    for sent in ('"0"', '"2"'):
        answer = manager.post(path, body, If_Match=sent)
        assert (answer.status_code, answer["ETag"]) == (412, '"1"')
    row.refresh_from_db()
    assert row.version == 1
    answer = manager.post(path, body, If_Match='"1"')
    assert (answer.status_code, answer["ETag"]) == (200, '"2"'), answer.content
    assert manager.post(path, body, If_Match='"1"').status_code == 412


def test_a_version_that_was_not_asked_for_is_heeded_all_the_same(manager, case):
    one, other = (factories.suspect(case).perpetrator for _time in range(2))
    path, body = f"perpetrators/{one.pk}/merge/", {"other": str(other.pk)}
    assert manager.post(path, body, If_Match='"7"').status_code == 412
    other.refresh_from_db()
    assert other.merged_into is None
    assert manager.post(path, body, If_Match='"1"').status_code == 200
