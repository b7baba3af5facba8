"""Lists and cases taken away as locked files.

Exports are where such systems leak: they show more than the screen, are remembered nowhere, lie
about, and ask no consent. So an export is the reader's own list of the API, all pages, with no
second description of columns that could show more; without identifiers unless asked for, and a new
field stays out until `offer.PLAIN` names it. Rows are read by key and not by a cursor of the
server: that works behind a pooler, and the lease is renewed in between. The ZIP is written here
because the library for it brings a second set of ciphers and must go back in the file.
"""
