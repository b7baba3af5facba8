"""What is asked of the union of all members: the first of it, how many, the first of each kind."""

from __future__ import annotations

from typing import NamedTuple

from desk.to_do.questions import LONG

REFERENCE = "(select reference from casework_case of where of.id = case_id) as reference"
IN_ORDER = "select {columns} from (%s) t order by {order} limit {most}"
UP_TO = "select count(*) from (select from (%s) every limit {most}) t"
# The first of each kind, and how many there are.
FIRST_OF_EACH = """
select *, {reference} from (
    select t.*, count(*) over kind as in_all,
           row_number() over (kind order by place, id) as nth
      from (%s) t
    window kind as (partition by until is null, {by})) of_each
 where nth <= case when {folded} then 1 else %%s end order by place, id
"""


class Kind(NamedTuple):
    """What is counted together. Of what is folded one stands for all; what is put off, apart."""

    by: str
    folded: str = f"place >= {LONG} and until is null"


BY_RULE = Kind("rule, urgent", "false")
BY_HARM = Kind(f"case when place >= {LONG} then rule else harm::text end")
TOGETHER = Kind("true", "false")
IN_ALL = Kind(f"case when place >= {LONG} then rule end")
