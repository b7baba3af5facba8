"""Tables that leave the organisation: made safe, decided on by two persons, kept in a log."""
