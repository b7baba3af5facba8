"""Shapes of the forms about places and institutions."""
