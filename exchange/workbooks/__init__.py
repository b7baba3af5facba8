"""The workbook by which an organisation moves in: a sheet for each noun, declared once.

An office moves in once, checks for weeks, and must be able to leave again with everything. Keys
are those of the organisation and give the ids, so the same file again changes nothing; a workbook
adds and corrects nothing. Looking and taking in write in the same order, the first in a savepoint
that is undone, so the database's own rules speak before anything is there. Rows come in as they
stand, not as a history of verbs: what happened years ago cannot pass today's guards. What would
open a case to somebody passes the guard of its verb (`limits.py`).
"""
