"""The page for partners is true: its examples run against a running server, as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import uuid

import pytest
from django.conf import settings

from accounts import keys
from accounts.models import ApiKey
from casework.models import Case, Rescue
from exchange import signing
from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
PAGE = settings.BASE_DIR / "docs" / "how-to" / "connect-a-program.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAYS = ["read_cases", "log_rescues"]


def examples(language):
    text = PAGE.read_text(encoding="utf-8")
    return [code for of, code in BLOCK.findall(text) if of == language]


@pytest.fixture
def partner(real_rows, live_server, tmp_path):
    """`partner(program, code)`: runs an example as a partner's program does."""
    office = factories.office("kolkata")
    account = factories.service_account("field_officer", office, run_by="outside")
    _row, key = keys.make(account.user, scopes=SAYS, networks=["127.0.0.1/32"])
    env = {"PATH": os.environ["PATH"], "BASE": f"{live_server.url}/api/v1", "KEY": key}

    def run(program, code):
        command = [program, "-c", code]
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run.folder = tmp_path
    return run


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_what_is_typed_works_and_works_twice(partner):
    me, report, many = examples("sh")
    assert set(json.loads(partner("bash", me))["permissions"]) >= {"casework.view_case"}
    first, again = partner("bash", report), partner("bash", report)
    assert json.loads(first) == json.loads(again)
    assert json.loads(first)["people"][0]["client_id"] == "our-4711"
    assert Rescue.objects.count() == 1
    results = json.loads(partner("bash", many))["results"]
    assert [result["status"] for result in results] == [201, 400]
    assert Case.objects.count() == 2


def test_a_copy_is_kept_and_loses_what_is_gone(partner):
    keep, _receive = examples("python")
    office = factories.office("kolkata")
    gone, stays = factories.case(office), factories.case(office)
    factories.case(level=4)
    for wanted in ({gone, stays}, {stays}):
        said = partner(sys.executable, keep)
        assert said == f"{len(wanted)} cases\n"
        rows = json.loads((partner.folder / "cases.json").read_text())["rows"]
        assert set(rows) == {str(case.pk) for case in wanted}
        Case.objects.filter(pk=gone.pk).update(level=4)


def test_a_key_that_is_over_gets_no_copy(partner):
    keep, _receive = examples("python")
    ApiKey.objects.update(revoked_at="2026-01-01T00:00:00Z")
    with pytest.raises(AssertionError, match="401"):
        partner(sys.executable, keep)
    assert not (partner.folder / "cases.json").exists()


def test_a_message_is_believed_once_and_while_it_is_fresh():
    space = {}
    exec(examples("python")[1], space)
    secret, body, seen = signing.new_secret(), b'{"type": "cases.changed"}', set()

    def signed(at=0, by=secret):
        return signing.headers(by, str(uuid.uuid4()), int(time.time()) + at, body)

    good = signed()
    assert space["told"](secret, good, body, seen) == {"type": "cases.changed"}
    assert space["told"](secret, good, body, seen) is None
    for headers in (signed(by=signing.new_secret()), signed(-301), signed(301)):
        assert space["told"](secret, headers, body, seen) is None
    assert space["told"](secret, signed(), body + b" ", seen) is None
    assert len(seen) == 1
