"""Extracts of cases on phones: what is in one, who may have one, and how it ends.

Why it is so: docs/adr/0089-reading-without-a-network.md.
"""
