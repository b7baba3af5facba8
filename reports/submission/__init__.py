"""The public submission to the UN Special Rapporteur on slavery, produced again from records.

`published.json` is what the document says: forty statements S01 to S40, with the figures in them.
`entries` says for each figure where the records say it and how both are to be read; `sources` how
it is read out of the reports of the catalogue. No figure stands in this code.
"""
