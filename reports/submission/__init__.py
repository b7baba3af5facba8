"""The public submission to the UN Special Rapporteur on slavery, produced again from records.

`published.json` is what the document says: forty statements S01 to S40, with the figures in them.
`entries` says for each figure where the records say it and how both are to be read; `sources` how
it is read out of the reports of the catalogue. No figure stands in this code.

Figures counted for this page alone would drift from those of the dashboard, and figures copied
from the text would agree for ever: so each is a place in a report. What has no record is shown,
too, since the reader must see what cannot be proved. Paper is set by typst: a browser on the
server, or WeasyPrint with libraries from outside PyPI, would be more to keep up.
"""
