"""Shapes of the forms about people and programs."""
