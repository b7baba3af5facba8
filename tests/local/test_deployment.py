"""Dockerfile, docker-compose.yml and .env.example keep step with settings and with each other."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from core.api.document import KEPT, RECORDED
from core.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCUMENTED = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OURS = ("roles", "migrate", "web", "worker", "backup", "beat", "restore")
BY_HAND = {"roles", "migrate", "restore"}  # they end by themselves


def test_every_value_that_settings_read_is_documented() -> None:
    text = (ROOT / "casework" / "conf" / "env.py").read_text()
    read = set(re.findall(r"""read\.\w+\(\s*"([A-Z_]+)\"""", text))
    assert len(read) > 8
    assert read - DOCUMENTED == set()


def test_every_value_that_compose_asks_for_is_documented() -> None:
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE)) - DOCUMENTED == set()


# Read by settings and not passed on by Compose, each with its reason.
NOT_PASSED = {
    "DATABASE_ASIDE_URL": "no pooler stands before this one database",
    "DEMO": "never in production",
    "DATABASE_ADMIN_URL": "made of POSTGRES_PASSWORD",
    "DATABASE_REPLICA_URL": "this one database has no replica",
    "ERASURE_LEDGER": "beside the files, in their volume",
    "PORT": "on this machine; inside it is always 8000",
}


def test_every_value_that_production_reads_reaches_a_service() -> None:
    text = (ROOT / "casework" / "conf" / "env.py").read_text()
    read = set(re.findall(r"""read\.\w+\(\s*"([A-Z_]+)\"""", text)) | {"AWS_ACCESS_KEY_ID"}
    passed = {name for one in SERVICES.values() for name in one.get("environment", {})}
    assert read - passed - NOT_PASSED.keys() == set()
    assert NOT_PASSED.keys() - DOCUMENTED == set()


def test_the_worker_can_reach_the_bucket_of_the_head_of_the_history() -> None:
    """Who sends the head is the worker, not the one that makes backups."""
    sends = SERVICES["worker"]["environment"]
    assert {"HISTORY_PLACE", "BACKUP_ENDPOINT", "AWS_ACCESS_KEY_ID"} <= set(sends)
    assert not {name for name in SERVICES["web"]["environment"] if name.startswith("AWS_")}


def test_no_secret_has_a_default() -> None:
    secret = re.compile(r"(?<!\$)\$\{([A-Z_]*(?:PASSWORD|KEYS?|SECRET)\b):?([-?]?)([^}]*)\}")
    found = secret.findall(COMPOSE)
    assert found
    for name, how, rest in found:
        assert how == "?" or (how == "-" and rest == ""), name


@pytest.mark.parametrize("name", OURS)
def test_settings_get_what_production_demands(name: str) -> None:
    env = SERVICES[name]["environment"]
    assert env["CASEWORK_ENV"] == "production"
    demanded = {"SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"}
    assert demanded <= set(env)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("web", "casework_app"),
        ("worker", "casework_worker"),
        ("beat", "casework_worker"),
        ("backup", "casework_worker"),
    ],
)
def test_no_running_service_knows_the_owner(name: str, role: str) -> None:
    env = SERVICES[name]["environment"]
    assert env["DATABASE_URL"].startswith(f"postgres://{role}:")
    assert not {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "CASEWORK_AS_OWNER"} & set(env)


def test_only_the_service_that_makes_backups_knows_the_role_that_reads_everything() -> None:
    knows = {name for name, one in SERVICES.items() if "BACKUP_DATABASE_URL" in one["environment"]}
    assert knows == {"backup"}
    assert "--queues=backups" in SERVICES["backup"]["command"]
    assert "--queues" not in SERVICES["worker"]["command"]


def test_the_archive_to_the_minute_is_set_up_by_compose_as_by_hand() -> None:
    """Every setting of the file stands in the command."""
    said = (ROOT / "deploy" / "archive.conf").read_text()
    command = yaml.safe_load((ROOT / "deploy" / "compose.archive.yml").read_text())
    wanted = re.findall(r"^(\w+) = '?([^'\n]+)", said, re.MULTILINE)
    assert len(wanted) == 4
    for name, value in wanted:
        assert f"{name}={value}" in command["services"]["db"]["command"]


def test_everything_that_stays_up_is_watched_and_confined() -> None:
    for name, service in SERVICES.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        if name in {"db", "redis"}:
            assert service["user"] != "root"
        if name not in {*BY_HAND, "web"}:  # web: the image's own check
            assert service["healthcheck"]["test"], name
    assert re.match(r"postgres:17\b", SERVICES["db"]["image"])
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_the_image_is_built_from_hashes_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes --only-binary :all:" in text
    assert text.index("\nUSER casework") < text.index("\nCMD ")
    assert "HEALTHCHECK" in text


def test_the_web_server_is_started_the_same_way_everywhere() -> None:
    """By the configuration whose workers let go of the address (tests/local/test_serving.py)."""
    command = "--config=python:casework.conf.gunicorn"
    by_hand = (ROOT / "docs" / "how-to" / "run-in-production.md").read_text()
    for place in ((ROOT / "Dockerfile").read_text(), by_hand):
        assert re.search(rf"gunicorn[ \",]+{command}", place)
        assert "--worker-class" not in place


def test_the_steps_by_hand_install_the_libraries_before_they_are_used() -> None:
    by_hand = (ROOT / "docs" / "how-to" / "run-in-production.md").read_text()
    install = "pip install --require-hashes --only-binary :all: -r requirements.lock"
    assert by_hand.index(install) < by_hand.index("python manage.py provision_roles")


def test_every_app_is_in_the_image() -> None:
    allowed = set(re.findall(r"^!(\w+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps - allowed == set()


IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
LEFT_OUT = {f"core.local.{Path(line).stem}" for line in IGNORED if line.startswith("core/local/")}
# These ask for a server of this machine where production has addresses.
AT_HOME = {"core/local/__init__.py", "core/local/secrets.py"}


def test_what_runs_servers_here_is_not_in_the_image_and_nothing_there_needs_it() -> None:
    here = {f"core.local.{path.stem}" for path in (ROOT / "core" / "local").glob("*.py")}
    assert {"core.local.run", "core.local.broker", "core.local.install"} < LEFT_OUT < here
    folders = [path.parent for path in ROOT.glob("*/apps.py")]
    files = [ROOT / "manage.py", *(path for one in folders for path in one.rglob("*.py"))]
    for path in files:
        place = str(path.relative_to(ROOT))
        module = place.removesuffix(".py").replace("/", ".")
        if module not in LEFT_OUT and "core" in (text := path.read_text()) and "local" in text:
            needed = _imported(ast.parse(text).body if place in AT_HOME else [ast.parse(text)])
            assert needed & LEFT_OUT == set(), place
    for line in IGNORED[IGNORED.index("!core") :]:
        assert not line.startswith("!core/local"), line
    commands = "".join((ROOT / name).read_text() for name in ("Dockerfile", "docker-compose.yml"))
    commands += "".join(path.read_text() for path in (ROOT / "deploy").rglob("*.y*ml"))
    assert set(re.findall(r"core\.local\.\w+", commands)) & LEFT_OUT == set()


@pytest.mark.nightly
@pytest.mark.slow
def test_what_is_in_the_image_starts(tmp_path: Path) -> None:
    """The command by which it is built, among what `.dockerignore` lets in and nothing else."""
    for line in IGNORED:
        name = line.removeprefix("!")
        if line.startswith("core/local/"):
            (tmp_path / name).unlink()
        elif line.startswith("!") and (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        elif line.startswith("!"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    plain["PATH"] = f"{Path(sys.executable).parent}:{plain.get('PATH', '')}"
    text = (ROOT / "Dockerfile").read_text()
    built = re.search(r"^RUN (env (?:.*\n)+?.*--verbosity=0)", text, re.MULTILINE)
    assert built
    command = built[1].replace("/tmp/build", "build")
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=plain, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "build" / "static" / "staticfiles.json").exists()


def _imported(body: Sequence[ast.AST]) -> set[str]:
    """The modules that this text imports, within functions only where it is looked through."""
    nodes = [node for part in body for node in _walked(part)]
    plain = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    modules = {str(node.module) for node in froms}
    return plain | modules | {f"{node.module}.{a.name}" for node in froms for a in node.names}


def _walked(part: ast.AST) -> list[ast.AST]:
    within = isinstance(part, ast.FunctionDef | ast.ClassDef)
    hinted = isinstance(part, ast.If) and ast.unparse(part.test) == "TYPE_CHECKING"
    return [] if within or hinted else list(ast.walk(part))


def test_what_is_read_of_the_documents_is_in_the_image() -> None:
    texts = (
        path.read_text() for app in ROOT.glob("*/apps.py") for path in app.parent.rglob("*.py")
    )
    read = set(re.findall(r'BASE_DIR / "docs" / "([^"]+)"', "\n".join(texts)))
    read.remove(RECORDED.name)  # by whoever makes the document of the API
    assert {KEPT.name, "guide"} < read
    allowed = (ROOT / ".dockerignore").read_text().splitlines()
    assert {f"!docs/{name}" for name in read} - set(allowed) == set()


def test_no_lock_file_names_a_place() -> None:
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text(), path.name
