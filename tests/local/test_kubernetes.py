"""Manifests are put together by kubectl, are what Kubernetes takes, and start what Compose does.

No cluster is here: what they start is started by the tests of Compose and of its commands.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from functools import cache
from typing import Any

import kubernetes_validate
import pytest
import yaml

from core.local.paths import ROOT
from tests.local.test_deployment import DOCUMENTED, SERVICES
from tests.programs import KUBECTL, needed

FOLDER = ROOT / "deploy" / "kubernetes"
PAGE = ROOT / "docs" / "how-to" / "run-on-kubernetes.md"
VERSIONS = ("1.30.0", "1.32.0", kubernetes_validate.latest_version())
NEVER_WAITED_FOR = {"roles", "migrate"}  # they end by themselves


@cache
def manifests() -> list[dict[str, Any]]:
    program = needed(shutil.which("kubectl"), KUBECTL)
    done = subprocess.run(
        [program, "kustomize", FOLDER], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


def of_kind(*kinds: str) -> dict[str, Any]:
    return {one["metadata"]["name"]: one for one in manifests() if one["kind"] in kinds}


def pods() -> dict[str, Any]:
    return {name: one["spec"]["template"] for name, one in of_kind("Deployment", "Job").items()}


def containers() -> dict[str, Any]:
    found = {}
    for name, pod in pods().items():
        (found[name],) = pod["spec"]["containers"]
    return found


def chosen(selector: dict[str, Any]) -> set[str]:
    """The pods that a selector means."""
    wanted = selector.get("matchLabels", {})
    rules = [(one["key"], one["values"]) for one in selector.get("matchExpressions", [])]
    return {
        name
        for name, pod in pods().items()
        for labels in [pod["metadata"]["labels"]]
        if wanted.items() <= labels.items()
        and all(labels.get(key) in values for key, values in rules)
    }


def secrets() -> dict[str, set[str]]:
    """What the page says of each, by its name."""
    rows = re.findall(r"^\| `(casework[a-z-]*)` \| (.*) \|$", PAGE.read_text(), re.MULTILINE)
    return {name: set(re.findall(r"`([A-Z_]+)`", words)) for name, words in rows}


@pytest.mark.parametrize("version", VERSIONS)
def test_kubernetes_takes_each(version: str) -> None:
    for one in manifests():
        kubernetes_validate.validate(one, version, strict=True)


def test_a_manifest_that_is_wrong_is_found() -> None:
    odd = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"prots": []}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(odd, VERSIONS[0], strict=True)


def test_each_pod_starts_what_compose_starts() -> None:
    by_image = shlex.split(
        re.findall(r"^CMD \[(.*)\]$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[0]
    )
    for name, container in containers().items():
        said = SERVICES[name].get("command")
        wanted = shlex.split(said) if said else [word.rstrip(",") for word in by_image]
        assert container["command"] == wanted, name
    assert containers().keys() == SERVICES.keys() - {"db", "redis", "restore"}


def test_no_pod_may_more_than_it_needs() -> None:
    for name, pod in pods().items():
        spec, container = pod["spec"], containers()[name]
        assert spec["automountServiceAccountToken"] is False, name
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"].keys() == {"memory"}, name
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert all("emptyDir" in volume for volume in spec["volumes"])


def test_what_serves_is_watched_and_survives_the_end_of_a_machine() -> None:
    for name, container in containers().items():
        assert ("livenessProbe" in container) == (name not in NEVER_WAITED_FOR), name
    assert "/readyz" in str(containers()["web"]["readinessProbe"])
    budgets = of_kind("PodDisruptionBudget").values()
    kept = {name for one in budgets for name in chosen(one["spec"]["selector"])}
    replicas = {name: one["spec"]["replicas"] for name, one in of_kind("Deployment").items()}
    assert kept == {name for name, number in replicas.items() if number > 1} == {"web", "worker"}
    (service,) = of_kind("Service").values()
    assert chosen({"matchLabels": service["spec"]["selector"]}) == {"web"}


def test_secrets_are_named_and_the_page_says_what_is_in_them() -> None:
    assert of_kind("Secret") == {}
    named = {
        source["secretRef"]["name"]
        for container in containers().values()
        for source in container["envFrom"]
        if "secretRef" in source
    }
    assert named == secrets().keys()
    (said,) = (one["data"] for one in of_kind("ConfigMap").values())
    for values in (*secrets().values(), said.keys()):
        assert set(values) - DOCUMENTED == set()


@pytest.mark.parametrize("name", ["web", "worker", "beat", "backup", "migrate", "roles"])
def test_each_pod_is_told_what_production_demands(name: str) -> None:
    (said,) = (one["data"] for one in of_kind("ConfigMap").values())
    sources = [source["secretRef"]["name"] for source in containers()[name]["envFrom"][1:]]
    told = {*said, *(key for source in sources for key in secrets()[source])}
    demanded = {"SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"}
    assert demanded <= told
    owner = {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "CASEWORK_OWNER_PASSWORD"}
    assert bool(owner & told) == (name in NEVER_WAITED_FOR)
    assert ("BACKUP_DATABASE_URL" in told) == (name == "backup")


def test_nothing_reaches_a_pod_and_no_pod_reaches_anything_unsaid() -> None:
    policies = {name: one["spec"] for name, one in of_kind("NetworkPolicy").items()}
    nothing = policies.pop("nothing")
    assert chosen(nothing["podSelector"]) == pods().keys()
    assert nothing == {
        "podSelector": nothing["podSelector"],
        "policyTypes": ["Ingress", "Egress"],
    }
    reached = {
        name
        for policy in policies.values()
        if "Ingress" in policy["policyTypes"]
        for name in chosen(policy["podSelector"])
    }
    assert reached == {"web"}
    outside = policies["to-the-world"]
    assert chosen(outside["podSelector"]) == {"web", "worker", "beat", "backup"}
    (block,) = (to["ipBlock"] for rule in outside["egress"] for to in rule["to"])
    assert "169.254.0.0/16" in block["except"]
