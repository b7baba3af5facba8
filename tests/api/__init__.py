"""The conventions of the REST interface, each asked for over HTTP."""
