"""Every command of the Compose file and of the units, run as it stands there.

Neither Docker nor systemd is asked: what they would give a command (environment, folders, a file
of keys, a place to say that it is ready), it is given here, beside a PostgreSQL and a broker of its
own.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyrage
import pytest

from core.keys import field_keys
from core.local import binaries, broker, postgres
from core.local.paths import ROOT
from tests.databases import statement
from tests.local.conftest import eventually
from tests.local.test_units import COMMON, FILES, INSTALLED, UNITS, asked, composed, needs, services

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.nightly, pytest.mark.enable_socket]

PATIENCE = 120  # seconds: a program starts, on a machine that has much else to do
LONG = 900  # all migrations
AS_IT_SHOULD_BE = "Settings and database are as they should be."
LINKED = "select count(*) from core_chainlink"
WAITING = {"worker", "backup", "web", "beat"}


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Machine:
    """One on which Casework is installed: its folders, its database server, what runs on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.started: dict[str, subprocess.Popen[bytes]] = {}
        self.web, self.redis = free_port(), free_port()
        self.programs = home / "programs"
        for name in ("programs", "files", "backups", "drill", "etc", "credentials", "tmp", "var"):
            (home / name).mkdir(mode=0o700)
        socket_folder = postgres.start(home / "var")
        self.host = quote(str(socket_folder), safe="/")
        self.socket = str(socket_folder)
        keys = [pyrage.x25519.Identity.generate() for _each in range(2)]
        (home / "backup.key").write_text(f"{keys[0]}\n")
        self.values = asked() | {
            "ALLOWED_HOSTS": "casework.example.org",
            "BACKUP_RECIPIENTS": ",".join(str(key.to_public()) for key in keys),
            "EMAIL_URL": "consolemail://",
            "REDIS_PASSWORD": "invented",
            **_throwaway(),
        }
        self._stand_ins()

    def _stand_ins(self) -> None:
        """Valkey's programs by the names that Compose calls, where it is not on the machine."""
        server = shutil.which("valkey-server") or shutil.which("redis-server")
        client = shutil.which("valkey-cli") or shutil.which("redis-cli")
        where = f"--port {self.redis} --bind 127.0.0.1 --dir {self.home / 'tmp'}"
        self.program("valkey-server", f'exec {server} {where} "$@"')
        self.program("valkey-cli", f'exec {client} -p {self.redis} "$@"')

    def program(self, name: str, text: str) -> Path:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o700)
        return path

    def say(self, text: str) -> list[Any]:
        return statement(f"postgres://postgres@/casework?host={self.host}", text)

    def here(self, text: str) -> str:
        """Where it is on this machine, of what stands in a file of Compose or in a unit."""
        text = re.sub(r"@db:5432/(\w+)", rf"@/\1?host={self.host}", text)
        text = text.replace("@redis:6379", f"@127.0.0.1:{self.redis}")
        text = re.sub(r"(127\.0\.0\.1|0\.0\.0\.0):8000", f"127.0.0.1:{self.web}", text)
        text = re.sub(r"(/srv|/var/lib/casework)/(files|backups|drill)", rf"{self.home}/\2", text)
        text = re.sub(r"/tmp(?=/beat| )", str(self.home / "tmp"), text)
        return text.replace("$$", "$").replace("%%", "%").replace(INSTALLED, str(ROOT))

    def environment(self, told: dict[str, str]) -> dict[str, str]:
        """What it is told, and nothing of what this process was told."""
        path = (
            f"{self.programs}:{ROOT / '.venv/bin'}:{binaries.servers()[0].bin}:{os.environ['PATH']}"
        )
        base = {"PATH": path, "HOME": str(self.home / "tmp"), "HOSTNAME": socket.gethostname()}
        base |= {"CASEWORK_VAR": str(self.home / "var"), "PGHOST": self.socket}
        return base | {name: self.here(value) for name, value in told.items()}

    def run(self, command: list[str], told: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.here(part) for part in command],
            cwd=ROOT,
            env=self.environment(told),
            capture_output=True,
            text=True,
            timeout=LONG,
            check=False,
        )

    def start(self, name: str, command: list[str], told: dict[str, str]) -> None:
        with (self.home / f"{name}.log").open("wb") as log:
            self.started[name] = subprocess.Popen(
                [self.here(part) for part in command],
                cwd=ROOT,
                env=self.environment(told),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def log(self, name: str) -> str:
        return (self.home / f"{name}.log").read_text()

    def stop(self, name: str) -> int:
        process = self.started.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(PATIENCE)

    def end(self) -> None:
        for process in self.started.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        postgres.stop(self.home / "var")
        postgres.remove(self.home / "var")


def _throwaway() -> dict[str, str]:
    command = [sys.executable, "-m", "core.local.throwaway"]
    said = subprocess.check_output(command, cwd=ROOT, text=True).split()
    return dict(word.split("=", 1) for word in said)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if broker.system_program() is None:
        pytest.skip("no Redis or Valkey is there")
    made = Machine(tmp_path_factory.mktemp("machine"))
    yield made
    made.end()


@pytest.fixture(scope="module")
def compose(machine: Machine) -> dict[str, Any]:
    """What Compose makes of its file, with the keys in the environment."""
    needs("docker-compose")
    done = composed(FILES[0], machine.values | {"FIELD_KEYS_FILE": ""})
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["services"]
    docker = (ROOT / "Dockerfile").read_text()
    ours = [json.loads(text) for text in re.findall(r"\bCMD (\[.*\])$", docker, re.MULTILINE)]
    found["web"] |= {"healthcheck": {"test": ["CMD", *ours[0]]}, "command": ours[1]}
    return found


def is_well(machine: Machine, service: dict[str, Any]) -> bool:
    """By the check that stands there."""
    how, *rest = service["healthcheck"]["test"]
    command = ["sh", "-c", *rest] if how == "CMD-SHELL" else rest
    return machine.run(command, service.get("environment") or {}).returncode == 0


def test_compose(machine: Machine, compose: dict[str, Any]) -> None:
    """In its order: server and broker, roles, tables, then what stays up."""
    _servers(machine, compose)
    for name in ("roles", "migrate", "restore"):
        done = machine.run(compose[name]["command"], compose[name]["environment"])
        assert done.returncode == 0, done.stdout + done.stderr
    for name in sorted(WAITING):
        machine.start(name, compose[name]["command"], compose[name]["environment"])
    for name in sorted(WAITING):
        well = eventually(lambda name=name: is_well(machine, compose[name]), PATIENCE)
        assert well, machine.log(name)
    done = machine.run(["python", "manage.py", "preflight"], compose["web"]["environment"])
    assert (done.returncode, AS_IT_SHOULD_BE in done.stdout) == (0, True), done.stdout + done.stderr
    _what_the_handbook_calls(machine, compose)
    # Asked for by beat, done by the worker.
    assert eventually(lambda: machine.say(LINKED) != [(0,)], PATIENCE), machine.log("worker")
    assert {name: machine.stop(name) for name in sorted(WAITING)} == dict.fromkeys(WAITING, 0)
    assert set(compose) == {*WAITING, "db", "redis", "roles", "migrate", "restore"}


def _what_the_handbook_calls(machine: Machine, compose: dict[str, Any]) -> None:
    """As the services that its table names."""

    def call(service: str, command: str) -> str:
        words = ["python", "manage.py", *command.format(home=machine.home, **named).split()]
        done = machine.run(words, compose[service]["environment"])
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    officers = machine.values["BACKUP_RECIPIENTS"].split(",")
    named = {"first": officers[0], "second": officers[1]}
    people = "--admin a.first First a@example.org --admin b.second Second b@example.org"
    assert "https://casework.example.org/" in call("web", f"first_administrators {people}")
    call("web", "keys export --officer {first} --officer {second} --out {home}/sheets")
    call("backup", "backup")
    (backup,) = (machine.home / "backups").iterdir()
    named["backup"] = backup.name
    assert "nothing differs" in call("backup", "drill --identity {home}/backup.key")
    look = "--database casework_look --files {home}/look"
    said = call("restore", "restore {backup} --identity {home}/backup.key " + look)
    assert "no difference" in said
    _rehearsed(machine, compose["migrate"]["environment"])
    for command in ("reencrypt --check", "check_files", "verify_history"):
        call("migrate", command)
    lacking = [line for line in call("web", "preflight").splitlines() if "real names" in line]
    assert not [line for line in lacking if "backup" in line.lower()], lacking
    assert any("passkey" in line for line in lacking)


def _rehearsed(machine: Machine, told: dict[str, str]) -> None:
    """A change of keys, with the new ones from each place that they may come from."""
    both = machine.home / "both-keys"
    new = base64.b64encode(os.urandom(32)).decode()
    both.write_text(f"2:{new}\n{machine.values['FIELD_KEYS']}\n")
    both.chmod(0o400)
    for keys in (
        {"FIELD_KEYS": both.read_text().strip().replace("\n", ",")},
        {"FIELD_KEYS_FILE": str(both)},
        {"FIELD_KEYS_COMMAND": f"cat {both}"},
    ):
        none = dict.fromkeys(field_keys.SOURCES, "")
        done = machine.run(["python", "manage.py", "reencrypt", "--rehearse"], told | none | keys)
        assert "and would lie under key 2. Nothing was changed." in done.stdout, done.stderr


def _servers(machine: Machine, compose: dict[str, Any]) -> None:
    program, *settings = compose["db"]["command"]
    data = postgres.data_dir(machine.home / "var")
    for name, value in (setting.split("=") for setting in settings if setting != "-c"):
        asked_for = [program, "-C", name, "-D", str(data), *settings]
        done = machine.run(asked_for, {})
        assert done.stdout.strip() == value, done.stderr
    assert is_well(machine, compose["db"])
    if "redis" not in machine.started:
        machine.start("redis", compose["redis"]["command"], compose["redis"]["environment"])
    assert eventually(lambda: is_well(machine, compose["redis"]), PATIENCE), machine.log("redis")


# The units


class Unit:
    """What systemd would run, and with what environment."""

    def __init__(self, name: str, machine: Machine) -> None:
        lines = (UNITS / name).read_text() + (UNITS / COMMON).read_text()
        self.command = shlex.split(re.findall(r"^ExecStart=(.*)$", lines, re.MULTILINE)[0])
        self.notifies = "\nType=notify\n" in lines
        self.stays = "\nType=oneshot\n" not in lines
        self.environment: dict[str, str] = {}
        for words in re.findall(r"^Environment=(.*)$", lines, re.MULTILINE):
            told = words.replace("%d", str(machine.home / "credentials"))
            self.environment |= dict(word.split("=", 1) for word in shlex.split(told))
        for file in re.findall(r"^EnvironmentFile=/etc/casework/(.*)$", lines, re.MULTILINE):
            read = (machine.home / "etc" / file).read_text().splitlines()
            self.environment |= dict(line.split("=", 1) for line in read)


@pytest.fixture(scope="module")
def files_of_units(machine: Machine) -> None:
    """As `docs/how-to/run-in-production.md` says what stands in each."""
    values = machine.values
    login = "postgres://casework_{}:x@db:5432/casework"
    told = {
        "casework.env": {
            "SECRET_KEY": values["SECRET_KEY"],
            "ALLOWED_HOSTS": values["ALLOWED_HOSTS"],
            "REDIS_URL": f"redis://:{values['REDIS_PASSWORD']}@redis:6379/0",
            "EMAIL_URL": values["EMAIL_URL"],
        },
        "web.env": {"DATABASE_URL": login.format("app")},
        "worker.env": {"DATABASE_URL": login.format("worker")},
        "backup.env": {
            "BACKUP_DATABASE_URL": login.format("backup"),
            "BACKUP_TO": "/var/lib/casework/backups",
            "BACKUP_RECIPIENTS": values["BACKUP_RECIPIENTS"],
        },
        "owner.env": {"DATABASE_OWNER_URL": login.format("owner"), "CASEWORK_AS_OWNER": "1"},
    }
    page = (ROOT / "docs" / "how-to" / "run-in-production.md").read_text()
    for name, lines in told.items():
        (machine.home / "etc" / name).write_text("".join(f"{k}={v}\n" for k, v in lines.items()))
        (row,) = re.findall(rf"^ *\| `{name}` \|.*$", page, re.MULTILINE)
        assert [key for key in lines if f"`{key}" not in row] == []
    key = machine.home / "credentials" / "field-keys"
    key.write_text(values["FIELD_KEYS"] + "\n")
    key.chmod(0o400)


def test_units(machine: Machine, compose: dict[str, Any], files_of_units: None) -> None:
    """After Compose, on the same database; `migrate` finds nothing to do."""
    for name in WAITING & machine.started.keys():  # the test before failed
        machine.stop(name)
    _servers(machine, compose)
    units = {name.removesuffix(".service"): Unit(name, machine) for name in services()}
    for unit in units.values():
        if not unit.stays:
            done = machine.run(unit.command, unit.environment)
            assert done.returncode == 0, done.stderr
    staying = {name: unit for name, unit in units.items() if unit.stays}
    for name, unit in staying.items():
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as notified:
            told = {}
            if unit.notifies:
                told["NOTIFY_SOCKET"] = str(machine.home / "tmp" / "notify")
                notified.bind(told["NOTIFY_SOCKET"])
                notified.settimeout(PATIENCE)
            machine.start(name, unit.command, unit.environment | told)
            if unit.notifies:
                assert b"READY=1" in notified.recv(1024), machine.log(name)
    for name in staying:
        service = compose[name.removeprefix("casework-")]
        assert eventually(lambda one=service: is_well(machine, one), PATIENCE), machine.log(name)
    assert {name: machine.stop(name) for name in staying} == dict.fromkeys(staying, 0)


def test_a_command_by_hand_beside_the_units(machine: Machine, files_of_units: None) -> None:
    """`casework-manage`, with a stand-in for systemd-run that does what the common part says."""
    etc = machine.home / "etc"
    unit = Unit("casework-web.service", machine)
    (etc / "web.json").write_text(json.dumps(machine.environment(unit.environment)))
    machine.program(
        "systemd-run",
        f"exec {sys.executable} - \"$@\" <<'END'\n"
        "import json, os, sys\n"
        "told, command = sys.argv[1:sys.argv.index('--')], sys.argv[sys.argv.index('--') + 1:]\n"
        "(file,) = [one.rpartition('=')[2] for one in told if 'EnvironmentFile=' in one]\n"
        "env = json.load(open(file.replace('.env', '.json')))\n"
        "os.execvpe(command[0], command, env)\n"
        "END",
    )
    text = (ROOT / "deploy" / "casework-manage").read_text().replace("/etc/casework", str(etc))
    script = machine.program("casework-manage", text.partition("\n")[2])
    done = machine.run([str(script), "web", "preflight"], {})
    assert (done.returncode, AS_IT_SHOULD_BE in done.stdout) == (0, True), done.stderr
    assert "There is no" in machine.run([str(script), "nobody", "preflight"], {}).stderr
    told = machine.environment(unit.environment) | {"CASEWORK_ENV": ""}
    (etc / "web.json").write_text(json.dumps(told))  # the common part is not there
    done = machine.run([str(script), "web", "preflight"], {})
    assert (done.returncode, done.stdout) == (1, "")


def test_the_archive_makes_its_first_backup(tmp_path: Path) -> None:
    """`deploy/archive-daily`, with a stand-in for pgbackrest."""
    calls = tmp_path / "calls"
    stand_in = tmp_path / "pgbackrest"
    stand_in.write_text(f'#!/bin/sh\necho "$@" >> {calls}\n')
    stand_in.chmod(0o700)
    process = subprocess.Popen(
        ["/bin/sh", str(ROOT / "deploy" / "archive-daily")],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        start_new_session=True,
    )
    try:
        assert eventually(lambda: calls.exists() and len(calls.read_text().splitlines()) == 2)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    first, second = calls.read_text().splitlines()
    assert first == "--stanza=casework stanza-create"
    kind = "full" if time.strftime("%u") == "7" else "diff"
    assert second == f"--stanza=casework --type={kind} backup"
