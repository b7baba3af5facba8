"""The keys of the kept database: for this test only, of words that everybody can read here.

They protect nothing. What they open is invented.
"""

from __future__ import annotations

import base64
import hashlib

FIELD_KEYS = (
    "1:"
    + base64.b64encode(
        hashlib.sha256(b"the database of 0.2.0 that tests/upgrade keeps; protects nothing").digest()
    ).decode()
)
SECRET_KEY = hashlib.sha512(b"of the same database; protects nothing").hexdigest()
