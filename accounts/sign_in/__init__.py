"""Signing in: password, second factor, passkeys, step-up, sessions and the limits on guessing.

django-allauth runs the ceremonies; name, password and limits are ours. A limit kept in the
transaction of the request vanishes when that is refused, and one that locks an account lets any
stranger lock its owner out. A session is whole when the second factor was given in it. Recovery
codes follow from one encrypted seed, as allauth makes them: no worse than hashes while the
database does not hold the key. Counts know a keyed digest of what was typed, never a name. A reset
password ends the keys of its person; a changed one ends none.
"""
