"""The conventions of the REST interface, said once."""
