"""The docket: every open proceeding a person may see, the urgent first, none left out.

A proceeding is open while a charge or an appeal is undecided, or no charge is filed yet; one that
is decided stays until every hearing has a result. Beside them stand limits that run, what is
awaited from others, and charges that sleep. What there is of each group is counted by query; the
rows come in pages.

Proceedings are lost between two hearings: no result is recorded, no next date set, and the case
falls out of every list that begins with hearings. So this one begins with proceedings, and each
open one stands in exactly one group, "no next date" among them. A hearing that is listed has an
empty result; a status "scheduled" would have to be kept in step.
"""

from prosecutions.docket.asking import DocketQuery, Group, Only
from prosecutions.docket.causes import read_cause_list
from prosecutions.docket.reading import read_docket

__all__ = ["DocketQuery", "Group", "Only", "read_cause_list", "read_docket"]
