"""Sweeps over everything the product is made of, each proven by a planted fault."""
