"""Reports that come by themselves, and a letter that says no more than that."""
