"""Phones, the sealed boxes they deliver, and the extracts they hold."""

from intake.models.boxes import (
    CLOCK_OFF,
    LIFETIME,
    OLDEST,
    Box,
    BoxAway,
    BoxKind,
    BoxPart,
    BoxQuerySet,
    BoxState,
    BoxWait,
)
from intake.models.extracts import AGAIN, LASTS, Extract, ExtractEnd
from intake.models.phones import Phone, PhoneEnd

__all__ = [
    "AGAIN",
    "CLOCK_OFF",
    "LASTS",
    "LIFETIME",
    "OLDEST",
    "Box",
    "BoxAway",
    "BoxKind",
    "BoxPart",
    "BoxQuerySet",
    "BoxState",
    "BoxWait",
    "Extract",
    "ExtractEnd",
    "Phone",
    "PhoneEnd",
]
