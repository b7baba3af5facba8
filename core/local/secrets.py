"""Keys for development: made once, kept under var/, never used in production."""

from __future__ import annotations

import base64
import os
import secrets
from typing import TYPE_CHECKING

from core.keys import field_keys
from core.local.faults import Problem

if TYPE_CHECKING:
    from pathlib import Path


NONE_GIVEN = (
    "A restore needs the field keys that its backup was written with: set FIELD_KEYS_FILE,"
    " FIELD_KEYS_COMMAND or FIELD_KEYS. No new ones are made."
)


def development_secrets(
    var: Path, database: str | None = None, *, new: bool = True
) -> dict[str, str]:
    """Return SECRET_KEY and FIELD_KEYS of this working copy, making them on first use.

    None are made for a database that has its own, if we know where it is; nor where none may be
    `new`.
    """
    folder = var / "secrets"
    if not (folder / "field_keys").exists() and not field_keys.named_in(os.environ):
        if not new:
            raise Problem(NONE_GIVEN)
        if database:
            _refuse_lost(database)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    field_key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "SECRET_KEY": _kept(folder / "secret_key", secrets.token_urlsafe(50)),
        "FIELD_KEYS": _kept(folder / "field_keys", f"1:{field_key}"),
    }


def _kept(path: Path, fresh: str) -> str:
    """Return what the file holds; write the fresh value if there is none yet.

    Several processes may come here at once: the file appears whole, and the first one wins.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(fresh + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _refuse_lost(database: str) -> None:
    # The installer imports this package before the libraries are there.
    from core import installation  # noqa: PLC0415
    from core.local.database import opened  # noqa: PLC0415

    with opened(database) as cursor:
        if installation.is_sealed(cursor):
            raise Problem(installation.KEYS_LOST)
