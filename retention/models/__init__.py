"""How long what is kept, what holds it back, and what was erased."""

from retention.models.erasures import Erasure, Tombstone
from retention.models.holds import LegalHold
from retention.models.policies import Policy

__all__ = ["Erasure", "LegalHold", "Policy", "Tombstone"]
