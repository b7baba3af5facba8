"""Ways around machinery that was measured to be dear, each held to the same answer: see README."""
