"""The embedded default: everything a fresh clone needs to run, for development and demonstrations.

A private PostgreSQL, a private broker and development secrets live under ``var/``. Settings ask
this package where they are; nothing here imports settings or models, and nothing here is used in
production, where every address comes from the environment.
"""

from __future__ import annotations

from core.local.arguments import counts_alone, makes_keys, needs_database
from core.local.broker import broker_url, cache_url
from core.local.secrets import development_secrets

__all__ = [
    "broker_url",
    "cache_url",
    "counts_alone",
    "database_urls",
    "development_secrets",
    "makes_keys",
    "needs_database",
]


def database_urls() -> dict[str, str]:
    """Say where the database is, one URL per role, starting the private server if need be."""
    # The installer imports this package before psycopg2 is there.
    from core.local import database  # noqa: PLC0415 - psycopg2 may not be installed yet

    return database.database_urls()
