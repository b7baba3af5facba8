"""Made the kept database once, when 0.2.0 was: the small demonstration, as SQL.

`python -m tests.upgrade.make` in a checkout of 0.2.0. There is no reason to run it again: an
installation of 0.2.0 does not change either.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess

from core.local import database_urls
from tests import databases
from tests.upgrade import keys, test_migrations
from tests.upgrade.test_upgrade import KEPT

NAME = "casework_upgrade_made"
# What an owner who is no superuser may not do, and need not: extensions are there before.
NOT_OURS = re.compile(
    r"^(--.*|\\(un)?restrict .*|COMMENT ON EXTENSION .*|CREATE EXTENSION .*|"
    r"SET (statement_timeout|transaction_timeout|idle_in_transaction_session_timeout) .*)?\n",
    re.MULTILINE,
)


def main() -> None:
    os.environ["FIELD_KEYS"] = keys.FIELD_KEYS
    os.environ["SECRET_KEY"] = keys.SECRET_KEY
    url = databases.named(database_urls()["owner"], NAME)
    databases.drop(database_urls()["owner"], NAME)
    databases.statement(database_urls()["owner"], f"create database {NAME}")
    databases._manage(database_urls()["owner"], NAME, "migrate", "--noinput", "--verbosity=0")
    databases._manage(database_urls()["owner"], NAME, "load_demo", "--small", DEMO="1")
    dump = ["pg_dump", "--rows-per-insert=500", "--enable-row-security", url]
    said = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    KEPT.write_bytes(lzma.compress(NOT_OURS.sub("", said).encode(), preset=9))
    digests = {name: test_migrations.digest(p) for name, p in test_migrations.migrations().items()}
    text = json.dumps(digests, indent=1)
    test_migrations.OF_0_2_0.write_text(f"{text}\n", encoding="utf-8")
    databases.drop(database_urls()["owner"], NAME)


if __name__ == "__main__":
    main()
