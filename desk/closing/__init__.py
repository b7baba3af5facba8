"""How a case ends, and how it goes on: what must be settled first, over all apps."""
