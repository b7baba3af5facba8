"""Days, hours and ages: the clock of an office, days as people type them, spans of time."""
