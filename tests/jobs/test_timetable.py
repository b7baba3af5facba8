"""What the clock asks for is known in a process that has loaded nothing but the apps."""

from __future__ import annotations

import json
import subprocess
import sys

from django.conf import settings

KNOWN = """
import django, json; django.setup()
from core.jobs import KINDS
print(json.dumps(sorted(KINDS)))
"""


def test_every_job_of_the_clock_is_known_to_a_worker():
    asked = {
        entry["args"][0]
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"] == "core.request_job"
    }
    known = subprocess.run([sys.executable, "-c", KNOWN], capture_output=True, check=True)
    assert len(asked) > 8
    assert asked - set(json.loads(known.stdout)) == set()
