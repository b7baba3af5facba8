"""Every report: importing this package publishes them."""

from reports.catalogue import (
    clearance,
    convictions,
    funnel,
    hearings,
    ncrb,
    networks,
    operations,
    operations_by_year,
    profile,
    rates,
    recovery,
    rehabilitation,
    rescues,
    sentences,
    survivors,
    time_to_verdict,
)

__all__ = [
    "clearance",
    "convictions",
    "funnel",
    "hearings",
    "ncrb",
    "networks",
    "operations",
    "operations_by_year",
    "profile",
    "rates",
    "recovery",
    "rehabilitation",
    "rescues",
    "sentences",
    "survivors",
    "time_to_verdict",
]
