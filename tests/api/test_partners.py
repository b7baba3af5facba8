"""The page for partners is true: its examples run against a running server, as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
import uuid

import pytest
from django.conf import settings

from accounts import keys
from accounts.models import ApiKey
from casework.models import Case, Rescue
from exchange import signing
from tests import factories
from tests.api.examples import examples, run

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
PAGE = "connect-a-program.md"
SAYS = ["read_cases", "log_rescues"]
BOTH = ("sh", "python")
NO_CALLS = {"Be told"}  # what is sent to the partner; the others are calls


@pytest.fixture
def partner(real_rows, live_server, tmp_path):
    """`partner(heading, language)`: runs an example as a partner's program does."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    office = factories.office("kolkata")
    account = factories.service_account("field_officer", office, run_by="outside")
    _row, key = keys.make(account.user, scopes=SAYS, networks=["127.0.0.1/32"])
    env = {"PATH": os.environ["PATH"], "BASE": f"{live_server.url}/api/v1", "KEY": key}
    calls, _me = examples(PAGE, "What you are given", "python")
    (tmp_path / "calls.py").write_text(calls, encoding="utf-8")

    def partner(heading, language):
        return run(language, examples(PAGE, heading, language)[-1], tmp_path, env)

    partner.folder, partner.user = tmp_path, account.user
    return partner


def test_every_topic_has_an_example_of_both_kinds():
    text = (settings.BASE_DIR / "docs" / "how-to" / PAGE).read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.M)
    assert {"Send many", "Keep a copy", *NO_CALLS} < set(headings)
    for heading in headings:
        assert all(examples(PAGE, heading, language) for language in BOTH)


def test_a_key_says_whose_it_is_and_what_it_may(partner):
    by_curl = json.loads(partner("What you are given", "sh"))
    assert by_curl["username"] == partner.user.username
    assert set(by_curl["permissions"]) >= {"casework.view_case", "intake.log_rescue"}
    username, *permissions = partner("What you are given", "python").split()
    assert (username, permissions) == (by_curl["username"], sorted(by_curl["permissions"]))


def test_what_is_sent_again_is_stored_once(partner):
    first, again = (
        partner("Send something, safely twice", "sh"),
        partner("Send something, safely twice", "sh"),
    )
    assert json.loads(first) == json.loads(again)
    case = json.loads(first)["case"]["id"]
    said = partner("Send something, safely twice", "python")  # the same, by the same key
    assert said.split() == [case, "our-4711"]
    assert Rescue.objects.count() == 1


@pytest.mark.parametrize("language", BOTH)
def test_of_many_each_has_its_result(partner, language):
    said = partner("Send many", language)
    if language == "sh":
        results = json.loads(said)["results"]
        assert [result["status"] for result in results] == [201, 400]
        assert list(results[1]["errors"]) == ["programme"]
    else:
        made, refused = said.splitlines()
        assert made.split() == ["csec", "201"]
        assert refused.startswith("gold 400 {'programme': [")
    assert Case.objects.count() == 1


def test_a_list_is_read_to_its_end(partner):
    office = factories.office("kolkata")
    wanted = {factories.case(office).reference for _ in range(3)}
    factories.case(level=4)
    for language in BOTH:
        lines = partner("Read a list", language).split()
        assert set(lines) == wanted
        assert len(lines) == 3


def test_sites_are_read_as_a_map(partner):
    case = factories.case(factories.office("kolkata"))
    site = factories.site(factories.assignment(case, partner.user).case, kind="brothel")
    features = json.loads(partner("On a map", "sh"))["features"]
    assert [feature["id"] for feature in features] == [str(site.pk)]
    assert partner("On a map", "python") == f"{site.pk} None\n"


def test_a_copy_is_kept_and_loses_what_is_gone(partner):
    office = factories.office("kolkata")
    gone, stays = factories.case(office), factories.case(office)
    factories.case(level=4)
    for wanted in ({gone, stays}, {stays}):
        assert partner("Keep a copy", "python") == f"{len(wanted)} cases\n"
        rows = json.loads((partner.folder / "cases.json").read_text())["rows"]
        assert set(rows) == {str(case.pk) for case in wanted}
        Case.objects.filter(pk=gone.pk).update(level=4)
    page = json.loads(partner("Keep a copy", "sh"))
    assert page["until"]
    assert str(stays.pk) in {row["id"] for row in page["results"]}


def test_a_key_that_is_over_gets_no_copy(partner):
    ApiKey.objects.update(revoked_at="2026-01-01T00:00:00Z")
    with pytest.raises(AssertionError, match="401"):
        partner("Keep a copy", "python")
    assert not (partner.folder / "cases.json").exists()


def test_a_message_is_believed_once_and_while_it_is_fresh():
    space = {}
    exec(examples(PAGE, "Be told", "python")[0], space)
    secret, body, seen = signing.new_secret(), b'{"type": "cases.changed"}', set()

    def signed(at=0, by=secret):
        return signing.headers([by], str(uuid.uuid4()), int(time.time()) + at, body)

    good = signed()
    assert space["told"](secret, good, body, seen) == {"type": "cases.changed"}
    assert space["told"](secret, good, body, seen) is None
    for headers in (signed(by=signing.new_secret()), signed(-301), signed(301)):
        assert space["told"](secret, headers, body, seen) is None
    assert space["told"](secret, signed(), body + b" ", seen) is None
    assert len(seen) == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_message_is_checked_by_hand(tmp_path):
    secret, body = signing.new_secret(), '{"type": "cases.changed", "noun": "Fälle"}\n'
    headers = signing.headers([secret], str(uuid.uuid4()), int(time.time()), body.encode())
    env = {"PATH": os.environ["PATH"], "SECRET": secret, "ID": headers["webhook-id"]}
    env |= {"AT": headers["webhook-timestamp"], "SIGNATURE": headers["webhook-signature"]}
    (code,) = examples(PAGE, "Be told", "sh")
    for sent, wanted in ((body, "ours\n"), (body + " ", "not ours\n")):
        (tmp_path / "body").write_text(sent, encoding="utf-8")
        assert run("sh", code, tmp_path, env) == wanted
