"""Programs that some tests need and a machine may lack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

CHROMIUM = "Browser tests need Chromium: install it, or set CHROMIUM to its path."
JAVA = "The test that HTML is valid needs Java: install it (default-jre-headless)."
REPLICA = "Tests on a replica need a server of our own and user namespaces: unset DATABASE_URL."
KUBECTL = "Tests of the manifests need kubectl: install it (kubernetes-client)."
NODE = "Tests by a provider of identities need Node: install it (nodejs, npm)."
SENTINEL = "The test by sentinels needs one: install it (redis-sentinel)."
POOLER = "Tests through a pooler need PgBouncer: install it (pgbouncer)."


def needed(found: str | None, words: str) -> str:
    """Its path. Without it the test is skipped with these words, but never in CI."""
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    return found


def say_missing(reporter: TerminalReporter) -> None:
    """One line for each, also where pytest counts skips without a word."""
    skipped = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    for words in (CHROMIUM, JAVA, KUBECTL, NODE, POOLER, REPLICA, SENTINEL):
        if any(words in reason for reason in skipped):
            reporter.write_line(words)
