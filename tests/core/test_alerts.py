"""The alerts and the board that are shipped ask for what there is; each rings in its case."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
import yaml

from core.local.paths import ROOT
from core.models import Job
from tests.core.test_watch import figures, look
from tests.core.test_watch import watched as watched  # noqa: PLC0414 - a fixture
from tests.local.test_units import needs

pytestmark = pytest.mark.django_db
SHIPPED = ROOT / "deploy" / "metrics"
RULES = yaml.safe_load((SHIPPED / "alerts.yml").read_text())["groups"][0]["rules"]
BOARD = json.loads((SHIPPED / "dashboard.json").read_text())
PAGES = ["docs/how-to/watch.md"]
NAME = re.compile(r"\bcasework_\w+")
# A sound Casework, a sample each minute: what stands, and what grows by so much.
SOUND = {
    'up{job="casework"}': "1x60",
    "casework_database_up": "1x60",
    "casework_disk_full": "0x60",
    "casework_files_away": "0x60",
    "casework_faults_total": "0+0x60",
    "casework_requests_refused_total": "0+0x60",
    **{
        f'casework_request_seconds_bucket{{side="page", le="{bound}"}}': "0+60x60"
        for bound in ("2.5", "5", "+Inf")
    },
    "casework_job_oldest_seconds": "9x60",
    "casework_worker_silent_seconds": "9x60",
    "casework_jobs_failed_lately": "0x60",
    "casework_webhook_oldest_seconds": "9x60",
    "casework_webhooks_paused": "0x60",
    "casework_history_unsealed_seconds": "30x60",
    "casework_history_head_seconds": "3600x60",
    "casework_backup_age_seconds": "80000x60",
    "casework_drill_age_seconds": "80000x60",
    'casework_sign_ins_failed_total{step="password"}': "0+1x60",
}
# What rings, by what is amiss; each amiss alone.
AMISS = [
    ("CaseworkIsAway", 'up{job="casework"}', "0x60"),
    ("CaseworkIsAway", "casework_database_up", "0x60"),
    ("CaseworkIsAway", "casework_files_away", "1x60"),
    ("CaseworkDiskFull", "casework_disk_full", "1x60"),
    ("CaseworkFaults", "casework_faults_total", "0+1x60"),
    ("CaseworkSlow", 'casework_request_seconds_bucket{side="page", le="2.5"}', "0+50x60"),
    ("CaseworkSlow", "casework_requests_refused_total", "0+2x60"),
    ("CaseworkJobsWait", "casework_job_oldest_seconds", "1900x60"),
    ("CaseworkJobsWait", "casework_worker_silent_seconds", "1000000000x60"),
    ("CaseworkJobsFail", "casework_jobs_failed_lately", "1x60"),
    ("CaseworkWebhooksWait", "casework_webhook_oldest_seconds", "3700x60"),
    ("CaseworkWebhooksWait", "casework_webhooks_paused", "1x60"),
    ("CaseworkHistoryUnsealed", "casework_history_unsealed_seconds", "700x60"),
    ("CaseworkHistoryUnsealed", "casework_history_head_seconds", "7300x60"),
    ("CaseworkBackupOld", "casework_backup_age_seconds", "1000000000x60"),
    ("CaseworkBackupOld", "casework_drill_age_seconds", "3100000x60"),
    ("CaseworkSignInsFail", 'casework_sign_ins_failed_total{step="password"}', "0+5x60"),
]


def asked():
    """By where it stands, each figure that is named in what is shipped."""
    texts = {"alerts.yml": json.dumps(RULES), "dashboard.json": json.dumps(BOARD)}
    texts |= {page: (ROOT / page).read_text() for page in PAGES}
    return {(where, name) for where, text in texts.items() for name in NAME.findall(text)}


def test_each_figure_that_is_asked_for_exists_and_the_page_names_all(client):
    Job.objects.create(kind="morning", state="done")
    client.get("/sign-in/")
    there = {key[0] for key in figures()}
    families = {re.sub("_(bucket|sum|count)$", "", name) for name in there}
    named = asked()
    assert len(named) > 40
    assert {one for one in named if one[1] not in there | families} == set()
    assert families - {name for where, name in named if where in PAGES} == set()


def test_there_are_ten_alerts_each_says_what_to_do_and_each_is_tried():
    assert len(RULES) == 10
    assert all({*rule["annotations"]} == {"summary", "do"} for rule in RULES)
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "ticket"}
    assert {rule["alert"] for rule in RULES} == {alert for alert, _figure, _values in AMISS}


def promtool(*arguments, **options):
    needs("promtool")
    command = ["promtool", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.mark.nightly
def test_prometheus_reads_rules_and_figures():
    done = promtool("check", "rules", SHIPPED / "alerts.yml")
    assert (done.returncode, "10 rules found" in done.stdout) == (0, True), done.stderr
    done = promtool("check", "metrics", input=look().content.decode())
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def rings(rule, series):
    """What Prometheus has to say for this rule: nothing, or its alert in its words."""
    if rule is None:
        return []
    where = {"job": "casework"} if series.startswith("up{") else {}
    return [{"exp_labels": rule["labels"] | where, "exp_annotations": rule["annotations"]}]


def test_each_alert_rings_in_its_case_and_in_no_other(tmp_path):
    tests = []
    for alert, series, values in [("", "", ""), *AMISS]:
        state = SOUND | ({series: values} if series else {})
        of = {rule["alert"]: rule for rule in RULES}
        tests.append(
            {
                "interval": "1m",
                "input_series": [{"series": s, "values": v} for s, v in state.items()],
                "alert_rule_test": [
                    {
                        "eval_time": "60m",
                        "alertname": name,
                        "exp_alerts": rings(of[name] if name == alert else None, series),
                    }
                    for name in of
                ],
            }
        )
    file = tmp_path / "alerts.test.yml"
    file.write_text(yaml.safe_dump({"rule_files": [str(SHIPPED / "alerts.yml")], "tests": tests}))
    done = promtool("test", "rules", file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_board_is_one_that_grafana_opens():
    """Panels that do not lie on each other, each with a question to the source that is chosen."""
    places = set()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & places, panel["title"]
        assert at["x"] + at["w"] <= 24
        places |= cells
        assert panel["datasource"]["uid"] == "${source}"
        assert all(target["expr"] for target in panel["targets"])
    assert BOARD["templating"]["list"][0]["name"] == "source"
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
