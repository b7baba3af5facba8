"""Which tables subscribers may be told of, each by its noun (core/wall/outbox.sql).

Whatever writes a row also writes what is to be told of it, in the same statement.
"""

from __future__ import annotations

WATCHED = {
    "casework_case": "cases",
    "casework_rescue": "rescues",
    "casework_site": "sites",
    "victims_involvement": "involvements",
    "prosecutions_suspect": "suspects",
    "prosecutions_arrest": "arrests",
    "prosecutions_complaint": "complaints",
    "prosecutions_prosecution": "prosecutions",
    "prosecutions_charge": "charges",
    "prosecutions_hearing": "hearings",
    "prosecutions_judgment": "judgments",
    "prosecutions_sentence": "sentences",
    "aftercare_referral": "referrals",
    "aftercare_placement": "placements",
    "aftercare_releasecertificate": "release-certificates",
}


def triggers() -> str:
    """SQL for the wall: what is inserted into these tables, and what is changed in them."""
    return "\n".join(
        f"create trigger {table}_outbox_{deed} after {deed} on {table}"
        " referencing new table as changed"
        f" for each statement execute function exchange_outbox('{noun}');"
        for table, noun in WATCHED.items()
        for deed in ("insert", "update")
    )
