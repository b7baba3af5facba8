"""The pages about survivors, one verb each, by their nouns."""
