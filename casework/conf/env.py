"""Every value the environment can set, read in this one place. Documented in `.env.example`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import environ

from accounts.organisation import Organisation, named
from core import local, servers
from core.keys import field_keys
from core.local.paths import var_dir

ROOT = Path(__file__).resolve().parents[2]
read = environ.Env()


def _bucket(name: str) -> str:
    return servers.bucket(name, read.str(name, ""))


@dataclass(frozen=True)
class Environment:
    """What this process was told, with the development defaults filled in."""

    name: str = field(default_factory=lambda: read.str("CASEWORK_ENV", "development"))
    demo: bool = field(default_factory=lambda: read.bool("DEMO", False))
    as_owner: bool = field(default_factory=lambda: read.bool("CASEWORK_AS_OWNER", False))
    time_zone: str = field(default_factory=lambda: read.str("TIME_ZONE", "UTC"))
    backup_to: str = field(default_factory=lambda: _bucket("BACKUP_TO"))
    backup_recipients: str = field(default_factory=lambda: read.str("BACKUP_RECIPIENTS", ""))
    backup_keep: str = field(default_factory=lambda: read.str("BACKUP_KEEP", "7,5,12"))
    backup_lock_days: int = field(default_factory=lambda: read.int("BACKUP_LOCK_DAYS", 7))
    backup_endpoint: str = field(default_factory=lambda: _bucket("BACKUP_ENDPOINT"))
    drill_identity: str = field(default_factory=lambda: read.str("DRILL_IDENTITY", ""))
    drill_folder: str = field(default_factory=lambda: read.str("DRILL_FOLDER", ""))
    files_store: str = field(default_factory=lambda: _bucket("FILES_STORE"))
    files_endpoint: str = field(default_factory=lambda: _bucket("FILES_ENDPOINT"))
    files_region: str = field(default_factory=lambda: read.str("FILES_REGION", ""))
    files_key_id: str = field(default_factory=lambda: read.str("FILES_ACCESS_KEY_ID", ""))
    files_key: str = field(default_factory=lambda: read.str("FILES_SECRET_ACCESS_KEY", ""))
    language: str = field(default_factory=lambda: read.str("LANGUAGE_CODE", "en"))
    allowed_hosts: list[str] = field(default_factory=lambda: read.list("ALLOWED_HOSTS", default=[]))
    email_url: str = field(default_factory=lambda: read.str("EMAIL_URL", "consolemail://"))
    # Where backups go, who can open them, how long they are kept; and the drill.

    @property
    def production(self) -> bool:
        return self.name == "production"

    @property
    def testing(self) -> bool:
        return self.name == "test"

    @property
    def demonstration(self) -> bool:
        """Invented people may live here: asked for, or the private database. Never production."""
        private = self.name == "development" and not read.str("DATABASE_URL", "")
        return (self.demo or private) and not self.production

    @property
    def host(self) -> str:
        """The first name people type, in which mail is sent."""
        return next(iter(self.allowed_hosts), "localhost").lstrip(".")

    @property
    def site_url(self) -> str:
        """What links in mails begin with."""
        if self.production:
            return f"https://{self.host}"
        return f"http://127.0.0.1:{read.str('PORT', '') or 8000}"

    @property
    def proxies(self) -> int:
        """How many of our own stand before us: production has one at least, for TLS."""
        return read.int("TRUSTED_PROXIES", 1 if self.production else 0)

    @property
    def files_root(self) -> Path:
        """Where received files lie, encrypted, or are written before they go into a bucket."""
        return Path(read.str("CASEWORK_FILES", "") or var_dir() / "files")

    @property
    def erasure_ledger(self) -> str:
        """Where erasures are written down outside the database; empty: beside the files."""
        return read.str("ERASURE_LEDGER", "")

    @property
    def webhook_hosts(self) -> list[str]:
        """The hosts outside that may be told of changes; none unless they are named."""
        hosts: list[str] = read.list("WEBHOOK_HOSTS", default=[])
        return [host.strip().lower() for host in hosts]

    @property
    def file_megabytes(self) -> int:
        """How large a received file may be."""
        return read.int("CASEWORK_FILE_MB", 25)

    @property
    def scan_command(self) -> str:
        """What looks for viruses in a file given to its standard input; nothing: nobody looks."""
        return read.str("SCAN_COMMAND", "")

    @property
    def history_officers(self) -> list[str]:
        """The addresses of two persons at least, who are sent the head of the history."""
        addresses: list[str] = read.list("HISTORY_OFFICERS", default=[])
        return [address.strip() for address in addresses if address.strip()]

    @property
    def history_place(self) -> str:
        """A folder or bucket (`s3://name/folder`) that takes files and lets nobody change them: for
        the head of the history."""
        return _bucket("HISTORY_PLACE")

    @property
    def map_boundaries(self) -> str:
        """A file of shapes for maps (`reports/maps`), in the place of our own."""
        return read.str("MAP_BOUNDARIES", "")

    @property
    def metrics_token(self) -> str:
        """Who may read the figures of operation; empty: nobody, and there is no such address."""
        return read.str("METRICS_TOKEN", "")

    def organisation(self) -> Organisation | None:
        """The provider of identities by which people may sign in; nothing where none is named."""
        provider = Organisation(
            issuer=read.str("OIDC_ISSUER", "").strip(),
            client_id=read.str("OIDC_CLIENT_ID", "").strip(),
            secret=read.str("OIDC_CLIENT_SECRET", "").strip(),
            name=read.str("OIDC_NAME", "").strip(),
            second_factor=read.list("OIDC_SECOND_FACTOR", default=[]),
            subject=read.str("OIDC_SUBJECT", "").strip() or "sub",
            hosts=read.list("OIDC_HOSTS", default=[]),
        )
        secret_file = read.str("OIDC_CLIENT_SECRET_FILE", "")
        return named(provider, secret_file=secret_file, production=self.production)

    @property
    def access_log(self) -> bool:
        """Whether each request leaves a line in the log."""
        return read.bool("ACCESS_LOG", self.production)

    @property
    def request_id_header(self) -> str:
        """In which header our own proxy sends the number of a request; none without a proxy."""
        return read.str("REQUEST_ID_HEADER", "") if self.proxies else ""

    @property
    def error_hook(self) -> str:
        """A URL or a function that is told of each fault."""
        return "" if self.testing else read.str("ERROR_HOOK", "")

    @property
    def traces(self) -> str:
        """The address of a collector that is sent traces, by the name all OpenTelemetry has."""
        return "" if self.testing else read.str("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")

    @property
    def backup_database(self) -> str:
        """The database as the role that reads everything: known only where backups are made."""
        if self.production:
            url = read.str("BACKUP_DATABASE_URL", "")
            return servers.for_libpq("BACKUP_DATABASE_URL", url) if url else ""
        known = local.needs_database(sys.argv)
        return local.database_urls()["backup"] if known else ""

    def secrets(self) -> dict[str, str]:
        """SECRET_KEY and FIELD_KEYS; generated once under var/ when not in production."""
        keys = field_keys.keys_from(os.environ)
        if self.production:
            return {
                "SECRET_KEY": read.str("SECRET_KEY"),
                "FIELD_KEYS": keys or read.str("FIELD_KEYS"),
            }
        there = local.database_urls()["owner"] if local.needs_database(sys.argv) else None
        made = local.development_secrets(var_dir(), there, new=local.makes_keys(sys.argv))
        return {
            "SECRET_KEY": read.str("SECRET_KEY", made["SECRET_KEY"]),
            "FIELD_KEYS": keys or made["FIELD_KEYS"],
        }

    def database(self) -> dict[str, Any]:
        """The database as the role this process may act as."""
        name = "DATABASE_OWNER_URL" if self.as_owner else "DATABASE_URL"
        if self.production:
            url = read.str(name)
        elif local.needs_database(sys.argv):
            urls = local.database_urls()
            role = "worker" if local.counts_alone(sys.argv) else "app"
            url = urls["owner" if self.as_owner or self.testing else role]
        else:
            url = "postgres:///casework"
        return servers.database(name, url)

    def database_aside(self) -> dict[str, Any]:
        """The same by another pool, where a pooler stands before it."""
        aside = "" if self.as_owner or self.testing else read.str("DATABASE_ASIDE_URL", "")
        return servers.database("DATABASE_ASIDE_URL", aside) if aside else self.database()

    def database_replica(self) -> dict[str, Any]:
        """A replica of it, for long reading; nothing where none is named."""
        there = "" if self.as_owner or self.testing else read.str("DATABASE_REPLICA_URL", "")
        return servers.database("DATABASE_REPLICA_URL", there) if there else {}

    def broker(self) -> str:
        """Where jobs are announced, and calls counted: a Redis or Valkey, private unless named."""
        return servers.broker(read.str("REDIS_URL") if self.production else local.broker_url())

    def email(self) -> dict[str, Any]:
        parsed = servers.mail(self.email_url)
        known = {name: value for name, value in parsed.items() if name.startswith("EMAIL")}
        return known | {"EMAIL_TIMEOUT": 20}
