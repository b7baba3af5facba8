"""The pages of cases, one verb each."""

from casework.views.cases import (
    Assign,
    CorrectCase,
    MoveCase,
    OpenCase,
    ReadNarrative,
    RecordVerb,
    RegisterSite,
    page,
)

__all__ = [
    "Assign",
    "CorrectCase",
    "MoveCase",
    "OpenCase",
    "ReadNarrative",
    "RecordVerb",
    "RegisterSite",
    "page",
]
