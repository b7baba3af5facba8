"""The page about files of HTCDS is true: its file and its script run against a server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from accounts import keys
from core.sheets.workbooks import workbook
from exchange.models import Imported
from tests import factories
from victims.models import RouteStop

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.nightly]
PAGE = settings.BASE_DIR / "docs" / "how-to" / "exchange-htcds.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_its_file_is_taken_in_by_its_script_and_once(real_rows, live_server, tmp_path):
    found = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    blocks, shell = dict(found), [code for language, code in found if language == "sh"]
    manager = factories.user("case_manager", factories.office("kolkata"))
    _row, key = keys.make(manager)
    env = {"PATH": os.environ["PATH"], "BASE": f"{live_server.url}/api/v1", "KEY": key}
    (tmp_path / "people.csv").write_text(blocks["csv"], encoding="utf-8")
    lines = [line.split(",") for line in blocks["csv"].splitlines()]
    (tmp_path / "people.xlsx").write_bytes(workbook(lines))
    for code in shell[1:]:  # the first is for the server
        command = ["bash", "-c", code]
        seen = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True)
        assert (json.loads(seen.stdout)["faults"], Imported.objects.count()) == ([], 0)
    for _time in range(2):
        command = [sys.executable, "-c", blocks["python"]]
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    keys_of = Imported.objects.order_by("outside_person").values_list("outside_person", flat=True)
    assert list(keys_of) == ["K-17.1", "K-17.2"]
    way = RouteStop.objects.order_by("position").values_list("jurisdiction__code", flat=True)
    assert list(way) == ["BD", "IN"]
