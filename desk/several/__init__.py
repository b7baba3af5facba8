"""A verb for several rows of a list: chosen there, looked at beforehand, done together, taken back.

Nothing is said twice of a verb: it is the verb of the single row that asks, refuses and records.
What would happen is found by doing it and rolling it back (`rehearsing.py`), so what is shown
beforehand can never differ from the rules. Then all that was shown is done, or nothing.
"""
