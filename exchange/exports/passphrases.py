"""Passphrases the system makes: six words that can be said on the telephone, in any language."""

from __future__ import annotations

import secrets

WORDS, SYLLABLES = 6, 2
FIRST, SECOND = "bdfgklmnprstvz", "aeiou"  # 70 syllables: 73 bits in all


def new_passphrase() -> str:
    return " ".join(
        "".join(secrets.choice(FIRST) + secrets.choice(SECOND) for _ in range(SYLLABLES))
        for _ in range(WORDS)
    )
