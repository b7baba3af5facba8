"""Units and Compose files are read by their own programs, and both say the same.

Neither is started here. What they start is, by hand: `tests/local/test_by_hand.py`.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.local.paths import ROOT

UNITS = ROOT / "deploy" / "systemd"
COMMON = "casework-.service.d/common.conf"
INSTALLED = "/srv/casework"
PATIENCE = 60
EXPOSED = 20  # of 100, by systemd's own count; a unit without any protection has 96
FILES = [
    ["docker-compose.yml"],
    ["docker-compose.yml", "deploy/compose.archive.yml"],
    ["docker-compose.yml", "deploy/compose.keys.yml"],
    ["docker-compose.yml", "deploy/compose.scan.yml"],
]
COMPOSE = ["docker-compose", "--env-file=/dev/null", "--profile=by-hand"]
ASKED = re.compile(r"(?<!\$)\$\{([A-Z0-9_]+):\?")


def needs(program: str) -> None:
    """A machine that builds has it (.ci/run); another may lack it."""
    if not shutil.which(program):
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")


def unit(name: str) -> configparser.SectionProxy:
    """What stands under [Service]; of what stands there twice, the last."""
    parser = configparser.RawConfigParser(strict=False, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNITS / name)
    return parser["Service"]


def services() -> list[str]:
    return sorted(path.name for path in UNITS.glob("casework-*.service"))


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as if Casework were installed where this copy is."""
    there = shutil.copytree(UNITS, tmp_path / "units")
    for path in there.rglob("*"):
        if path.is_file():
            path.write_text(path.read_text().replace(INSTALLED, str(ROOT)))
    return Path(there)


def analyzed(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    units = sorted(str(path) for path in folder.glob("*.*") if path.is_file())
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *command, *units],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_systemd_finds_nothing_amiss(installed: Path) -> None:
    needs("systemd-analyze")
    done = analyzed(installed, "verify", "--man=no")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("casework-web.service", "Restrat=always", "Restrat"),
        ("casework-web.service", "ExecStart=/nowhere/gunicorn", "not executable"),
        (COMMON, "ProtectSystm=strict", "ProtectSystm"),
    ],
)
def test_what_is_amiss_is_found(installed: Path, name: str, wrong: str, says: str) -> None:
    """Planted; also in the part that all of them share."""
    needs("systemd-analyze")
    path = installed / name
    name_of_it = wrong.partition("=")[0]
    kept = [line for line in path.read_text().splitlines() if not line.startswith(name_of_it)]
    path.write_text("\n".join([*kept, "[Service]", wrong, ""]))
    assert says in analyzed(installed, "verify", "--man=no").stderr


def test_each_unit_is_confined(installed: Path) -> None:
    """By systemd's own measure; and by name what the handbook promises."""
    needs("systemd-analyze")
    for path in installed.glob("casework-*.service"):
        command = ["security", "--offline=yes", f"--threshold={EXPOSED}", str(path)]
        done = subprocess.run(
            ["systemd-analyze", "--no-pager", *command],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    common = unit(COMMON)
    assert common["User"] == "casework"
    assert common["NoNewPrivileges"] == common["PrivateTmp"] == common["ProtectHome"] == "yes"
    assert common["ProtectSystem"] == "strict"
    assert common["LoadCredential"] == "field-keys:/etc/casework/field-keys"


def test_no_secret_stands_in_a_unit() -> None:
    secret = re.compile(r"^Environment=.*(PASSWORD|SECRET|_URL|FIELD_KEYS=)", re.MULTILINE)
    for path in UNITS.rglob("*.*"):
        if path.is_file():
            assert not secret.search(path.read_text()), path.name


def test_everything_that_stays_up_belongs_to_the_target() -> None:
    wanted = set(re.findall(r"casework-\w+\.service", (UNITS / "casework.target").read_text()))
    stays = {name for name in services() if unit(name).get("Type") != "oneshot"}
    assert wanted == stays
    assert all(unit(name)["Restart"] == "always" for name in stays)


def test_only_the_unit_that_makes_backups_knows_the_role_that_reads_everything() -> None:
    files = {name: (UNITS / name).read_text() for name in services()}
    read = {
        name: re.findall(r"^EnvironmentFile=/etc/casework/(\w+)\.env", text, re.MULTILINE)
        for name, text in files.items()
    }
    assert {name for name, several in read.items() if "backup" in several} == {
        "casework-backup.service"
    }
    assert {name for name, several in read.items() if "owner" in several} == {
        "casework-migrate.service"
    }


# Compose


def asked() -> dict[str, str]:
    """Every value without which nothing is started, made up."""
    text = "".join((ROOT / name).read_text() for names in FILES for name in names)
    return dict.fromkeys(ASKED.findall(text), "invented") | {"FIELD_KEYS_FILE": "/tmp/field-keys"}


def composed(files: list[str], values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What Compose makes of its files; without a daemon."""
    named = [part for name in files for part in ("--file", name)]
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [*COMPOSE, *named, "config", "--format=json"],
        cwd=ROOT,
        env=env | values,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def services_of(files: list[str]) -> dict[str, dict[str, Any]]:
    done = composed(files, asked())
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)["services"]
    return found


@pytest.mark.parametrize("files", FILES, ids=lambda files: files[-1])
def test_compose_reads_its_files(files: list[str]) -> None:
    needs("docker-compose")
    assert services_of(files)


@pytest.mark.parametrize("name", sorted(asked()))
def test_without_a_secret_compose_names_it_and_starts_nothing(name: str) -> None:
    needs("docker-compose")
    every = sorted({file for files in FILES for file in files})
    done = composed(every, {key: value for key, value in asked().items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr


def test_keys_from_a_file_reach_every_service_and_no_environment() -> None:
    needs("docker-compose")
    found = services_of(FILES[2])
    ours = {name: one for name, one in found.items() if name not in {"db", "redis"}}
    assert ours
    for name, one in ours.items():
        assert one["environment"]["FIELD_KEYS_FILE"] == "/run/secrets/field-keys", name
        assert one["environment"]["FIELD_KEYS"] == "", name
        assert [secret["source"] for secret in one["secrets"]] == ["field-keys"], name


def test_with_a_scanner_web_and_worker_ask_it_where_it_is() -> None:
    needs("docker-compose")
    found = services_of(FILES[3])
    (command,) = {found[name]["environment"]["SCAN_COMMAND"] for name in ("web", "worker")}
    *_python, module, address = command.split()
    assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    assert address.partition(":")[0] in found


def test_the_units_start_what_compose_starts() -> None:
    """Word for word, but for where the program lies and where the web server listens."""
    needs("docker-compose")
    found = services_of(FILES[0])
    found["web"]["command"] = json.loads(
        re.findall(r"^CMD (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[0]
    )
    for name in services():
        program, *rest = unit(name)["ExecStart"].replace("%%", "%").split()
        (_mode, service) = name.removesuffix(".service").split("-")
        command = [part.replace("0.0.0.0", "127.0.0.1") for part in found[service]["command"]]
        assert [Path(program).name, *rest] == command
