"""Keys for development: made once, kept under var/, never used in production."""

from __future__ import annotations

import base64
import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def development_secrets(var: Path) -> dict[str, str]:
    """Return SECRET_KEY and FIELD_KEYS of this working copy, making them on first use."""
    folder = var / "secrets"
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
