"""Reports that come every month by themselves, and a letter that says no more than that."""
