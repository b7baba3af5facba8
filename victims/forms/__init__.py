"""Shapes of the forms about survivors, by their nouns."""
