"""Print keys that nothing will ever be kept under: for checks of production settings."""

from __future__ import annotations

import base64
import secrets
import sys


def main() -> None:
    """Print them as words for `env`."""
    field_key = base64.b64encode(secrets.token_bytes(32)).decode()
    sys.stdout.write(f"SECRET_KEY={secrets.token_urlsafe(64)} FIELD_KEYS=1:{field_key}\n")


if __name__ == "__main__":
    main()
