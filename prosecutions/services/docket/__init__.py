"""The docket: every open proceeding a person may see, the urgent first, none left out.

A proceeding is open while a charge or an appeal is undecided, or no charge is filed yet. Beside
them stand limits that run and what is awaited from others.
"""

from prosecutions.services.docket.asking import Asked, Group, Only
from prosecutions.services.docket.reading import read_cause_list, read_docket

__all__ = ["Asked", "Group", "Only", "read_cause_list", "read_docket"]
