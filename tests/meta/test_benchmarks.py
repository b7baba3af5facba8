"""Benchmarks find the product as it is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from core.local.paths import ROOT


@pytest.mark.nightly
@pytest.mark.slow
def test_with_the_tables_of_others_beside_its_own_the_product_starts():
    """They have twins of its tables; `manage.py` takes these settings from the environment."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.naive.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
