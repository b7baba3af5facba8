"""Files in the standards of the field: HTCDS given out and taken in.

The sources of the standard contradict each other, so the mapping is data and their quirks are met
on reading only. No name, date of birth, address or free text ever leaves, whoever asks. What a
file says more finely than our tables is kept (`Imported.kept`) and said again while ours has not
changed: out, in and out again is the same file. A closed case of theirs opens here as a lead, for
what we have not closed is not closed.
"""
