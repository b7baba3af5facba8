"""The embedded default: everything a fresh clone needs to run, for development and demonstrations.

A private PostgreSQL, a private broker and development secrets live under ``var/``. Settings ask
this package where they are; nothing here imports settings or models. In production every address
comes from the environment: what runs servers here is not in its image (`.dockerignore`), which has
only what is of use there as well, such as the server of a drill.
"""

from __future__ import annotations

from core.local.arguments import counts_alone, makes_keys, needs_database
from core.local.secrets import development_secrets

__all__ = [
    "broker_url",
    "counts_alone",
    "database_urls",
    "development_secrets",
    "makes_keys",
    "needs_database",
]


def broker_url() -> str:
    """Say where the private broker is, or the one that is given; nothing is started."""
    from core.local import broker  # noqa: PLC0415 - not in the image of production

    return broker.broker_url()


def database_urls() -> dict[str, str]:
    """Say where the database is, one URL per role, starting the private server if need be."""
    # The installer imports this package before psycopg2 is there.
    from core.local import database  # noqa: PLC0415 - psycopg2 may not be installed yet

    return database.database_urls()
