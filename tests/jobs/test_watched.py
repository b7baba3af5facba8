"""A web server of two processes and a worker, watched from outside: real ones, by the settings."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from core.local.paths import ROOT
from tests.core.test_watch import figures
from tests.jobs.conftest import eventually, needs_redis
from tests.local.test_units import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.proto.trace.v1.trace_pb2 import Span

    from tests.jobs.conftest import House

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, needs_redis]
TOKEN = "a-token-of-these-tests-that-is-long-enough"
MARK = "Zqcanary"
LOOKS, ASKED = 12, 40


@contextmanager
def collector(told: list[bytes]) -> Iterator[str]:
    """Where faults are told: an address, and what came there."""

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Nothing on the screen."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def web(house: House, **env: str) -> Iterator[str]:
    """The web server as production starts it, and its address."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config=python:casework.conf.gunicorn"]
    with (house.folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{port}"],
            cwd=ROOT,
            env=house.environment("app") | env,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        assert eventually(lambda: answer(f"{address}/healthz")[0] == 200), written(house)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def answer(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


def written(house: House) -> str:
    return (house.folder / "web.log").read_text()


def look(address: str) -> dict[tuple[object, ...], float]:
    status, text = answer(f"{address}/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    assert MARK not in text
    return figures(text)


def counted() -> set[Path]:
    """The folders in which web servers count."""
    return {*Path("/dev/shm").glob("casework-counted-*")}


@pytest.mark.nightly
def test_whichever_process_is_asked_tells_of_all(with_broker: House) -> None:
    there = counted()
    with web(with_broker, METRICS_TOKEN=TOKEN, ACCESS_LOG="1") as address:
        if Path("/dev/shm").is_dir():
            (folder,) = counted() - there
            assert folder.stat().st_mode & 0o077 == 0
        key = ("casework_requests_total", ("method", "GET"), ("route", "case-list"))
        key = (*key, ("status", "401"))
        for number in range(ASKED):
            assert answer(f"{address}/api/v1/cases/?q={MARK}{number}")[0] == 401
        found = [look(address) for _ in range(LOOKS)]
        assert {one[key] for one in found} == {ASKED}
        assert {one["casework_database_up",] for one in found} == {1}
        assert found[0]["casework_faults_total",] == 0
        pids = {path.name.rpartition("_")[2] for path in folder.glob("counter_*.db")}
        assert len(pids) >= 2, "two processes count"
    lines = [json.loads(line) for line in written(with_broker).splitlines() if line[0] == "{"]
    mine = [line for line in lines if line.get("route") == "case-list"]
    assert len(mine) == ASKED
    assert {(line["status_code"], line["method"]) for line in mine} == {(401, "GET")}
    assert len({line["request"] for line in mine}) == ASKED
    assert MARK not in written(with_broker)
    assert counted() <= there, "gone with the server"


@pytest.mark.nightly
def test_what_came_of_jobs_is_seen_and_a_fault_is_told(
    with_broker: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bytes] = []
    with collector(told) as hook, web(with_broker, METRICS_TOKEN=TOKEN) as address:
        monkeypatch.setitem(os.environ, "ERROR_HOOK", hook)  # of the worker
        before = look(address)

        def over(outcome: str) -> float:
            key = ("casework_jobs_total", ("kind", "test-effect"), ("outcome", outcome))
            return look(address).get(key, 0) - before.get(key, 0)

        good = with_broker.ask("job", {})["job"]
        bad = with_broker.ask("job", {"breaks": MARK})["job"]
        waits = look(address)
        assert waits["casework_jobs_waiting",] >= 0
        with_broker.worker()
        assert with_broker.becomes(good, "done"), with_broker.said()
        assert with_broker.becomes(bad, "failed"), with_broker.said()
        assert (over("done"), over("failed")) == (1, 1)
        assert look(address)["casework_jobs_failed_lately",] >= 1
        assert look(address)["casework_worker_silent_seconds",] < 60
        assert eventually(lambda: bool(told))
    faults = [json.loads(body) for body in told]
    assert [(one["type"], one["id"]) for one in faults] == [("ZeroDivisionError", bad)]
    assert faults[0]["place"].startswith("kinds.py:")
    assert MARK not in b"".join(told).decode() + with_broker.said()


@pytest.mark.nightly
def test_what_web_and_worker_did_is_traced_and_no_word_of_anybody(
    with_broker: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent by OTLP, as the settings say; by threads of processes that a server made."""
    told: list[bytes] = []

    def spans() -> list[Span]:
        sent = [ExportTraceServiceRequest.FromString(body) for body in told]
        of = [rows for one in sent for rows in one.resource_spans]
        return [span for rows in of for scope in rows.scope_spans for span in scope.spans]

    with collector(told) as endpoint:
        traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
        with web(with_broker, **traced) as address:
            assert answer(f"{address}/api/v1/cases/?q={MARK}")[0] == 401
            assert eventually(lambda: "GET case-list" in {span.name for span in spans()})
        for name, value in traced.items():
            monkeypatch.setitem(os.environ, name, value)  # of the worker
        bad = with_broker.ask("job", {"breaks": MARK})["job"]
        with_broker.worker()
        assert with_broker.becomes(bad, "failed"), with_broker.said()
        assert eventually(lambda: "job test-effect" in {span.name for span in spans()})
    (job,) = [span for span in spans() if span.name == "job test-effect"]
    said = {fact.key: fact.value.string_value for fact in job.attributes}
    assert said == {"error.type": "ZeroDivisionError"}
    below = {span.name for span in spans() if span.parent_span_id == job.span_id}
    assert "INSERT" in below
    assert MARK not in b"".join(told).decode(errors="replace") + with_broker.said()


PAGE = ROOT / "docs" / "how-to" / "watch.md"
SHIPPED = ROOT / "deploy" / "metrics"


@contextmanager
def prometheus(folder: Path, address: str) -> Iterator[str]:
    """Prometheus as the page says, but for where Casework is, and that it looks each second."""
    (said,) = re.findall("```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    config = yaml.safe_load(said)
    (folder / "token").write_text(TOKEN)
    (scrape,) = config["scrape_configs"]
    scrape["scheme"], _slashes, target = address.partition("://")
    scrape["static_configs"] = [{"targets": [target]}]
    scrape["authorization"]["credentials_file"] = str(folder / "token")
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    shutil.copy(SHIPPED / "alerts.yml", folder)
    port = free_port()
    command = ["prometheus", f"--config.file={folder}/prometheus.yml"]
    command += [f"--storage.tsdb.path={folder}/kept", f"--web.listen-address=127.0.0.1:{port}"]
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.nightly
def test_prometheus_reads_it_by_the_page_and_has_an_answer_for_each_panel(house: House) -> None:
    needs("prometheus")
    house.rows(
        "insert into core_job (id, version, created_at, updated_at, kind, parameters, state, done,"
        " attempts, failure) values (gen_random_uuid(), 1, now(), now(), 'morning', '{}', 'done',"
        " 0, 1, '')"
    )
    board = json.loads((SHIPPED / "dashboard.json").read_text())
    questions = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    officers = "a@example.org,b@example.org"
    with (
        web(house, METRICS_TOKEN=TOKEN, HISTORY_OFFICERS=officers) as address,
        prometheus(house.folder, address) as there,
    ):

        def found(question: str) -> bool:
            url = f"{there}/query?{urllib.parse.urlencode({'query': question})}"
            status, text = answer(url)
            return status == 200 and bool(json.loads(text)["data"]["result"])

        assert eventually(lambda: found('up{job="casework"} == 1'))
        assert eventually(lambda: all(map(found, questions))), [
            question for question in questions if not found(question)
        ]
        status, text = answer(f"{there}/rules")
        (group,) = json.loads(text)["data"]["groups"]
        assert (status, len(group["rules"])) == (200, 10)
        assert {rule["health"] for rule in group["rules"]} == {"ok"}
