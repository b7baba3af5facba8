"""What a case page shows of police and courts: one module for each noun."""

from desk.court.section import Court

__all__ = ["Court"]
