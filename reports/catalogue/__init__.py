"""Every report: importing this package publishes them."""

from reports.catalogue import convictions, rescues, survivors

__all__ = ["convictions", "rescues", "survivors"]
