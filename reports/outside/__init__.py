"""Addresses outside the organisation, and the released tables that go to them."""
