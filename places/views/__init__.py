"""The pages of places and institutions."""
