"""What records of police and courts must not say: steps out of their order, acts after a death."""

from prosecutions.contradictions import courts, police, stages, survivors

__all__ = ["courts", "police", "stages", "survivors"]
