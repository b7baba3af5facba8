"""The docket: every open proceeding a person may see, the urgent first, none left out.

A proceeding is open while a charge or an appeal is undecided, or no charge is filed yet; one that
is decided stays until every hearing has a result. Beside them stand limits that run, what is
awaited from others, and charges that sleep. What there is of each group is counted by query; the
rows come in pages.
"""

from prosecutions.services.docket.asking import Asked, Group, Only
from prosecutions.services.docket.reading import read_cause_list, read_docket

__all__ = ["Asked", "Group", "Only", "read_cause_list", "read_docket"]
