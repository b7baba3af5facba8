"""Forms about care that differ from the plain ones of their verbs, by their nouns."""
