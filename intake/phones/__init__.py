"""Phones that deliver: enrolled, ended, and what arrives from them.

Why it is so: docs/adr/0088-what-a-phone-delivers.md.
"""
