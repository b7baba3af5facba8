"""The pages of care, one verb each, by their nouns."""
