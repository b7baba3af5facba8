"""The pages of cases, one verb each."""

from casework.views.cases import (
    ITS_CASE,
    Assign,
    CaseVerb,
    CorrectCase,
    MoveCase,
    OpenCase,
    ReadNarrative,
    RecordVerb,
    RegisterSite,
    VersionedVerb,
)

__all__ = [
    "ITS_CASE",
    "Assign",
    "CaseVerb",
    "CorrectCase",
    "MoveCase",
    "OpenCase",
    "ReadNarrative",
    "RecordVerb",
    "RegisterSite",
    "VersionedVerb",
]
