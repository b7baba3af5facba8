"""The page that tells how a file is taken away is true: its examples run against a server."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from exchange.models import Export
from tests import factories
from tests.api.examples import examples, run
from tests.exchange.taking import written
from tests.exchange.unlocking import rows, unlocked

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
TOKEN = "a" * 32


def worker():
    """Writes the one export that is asked for, as soon as it is."""
    try:
        for _second in range(600):
            if asked := Export.objects.first():
                return written(asked)
            time.sleep(0.1)
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("language", ["sh", "python"])
@pytest.mark.by_turns(2)
def test_the_file_is_asked_for_waited_for_and_taken(real_rows, live_server, tmp_path, language):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    office = factories.office("kolkata")
    manager = factories.user("case_manager", office)
    factories.case(office, programme="csec")
    factories.case(programme="osec")
    browser = Client()
    browser.force_login(manager)
    cookie = f"session={browser.cookies['session'].value}; csrf={TOKEN}"
    env = {"PATH": os.environ["PATH"], "BASE": f"{live_server.url}/api/v1", "COOKIE": cookie}
    (code,) = examples("use-the-api.md", "Take a file away", language)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(worker)
        said = run(language, code, tmp_path, env)
        assert done.result() is not None
    parts = unlocked((tmp_path / "export.zip").read_bytes(), said.strip())
    # Ids are others in a file without identifiers.
    assert [row["programme"] for row in rows(parts["01.jsonl"])] == ["csec"]
