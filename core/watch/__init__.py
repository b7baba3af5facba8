"""Eyes on a running Casework: its figures, a line for each request, a word about each fault.

Whoever watches the server is trusted with no name. So what is said here are numbers and words of
our own code: names of routes, methods, kinds of jobs, types of errors. Never a path, an id of a
row, a person, an office, or what somebody sent.
"""
