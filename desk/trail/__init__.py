"""The trail of deeds and looks in words, for a record and for an auditor."""
