"""Verbs: what they take, the forms and pages that follow, and taking them back."""
