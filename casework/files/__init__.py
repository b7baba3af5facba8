"""Files of a case: how they are received, what they may be, how they are kept."""
