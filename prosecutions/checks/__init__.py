"""Warnings about a case, never errors: what to look at again."""
