"""By night: what is due is proposed, and what was confirmed thirty days ago is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.days import clock
from core.jobs import job, request
from retention.services import steps

if TYPE_CHECKING:
    from core.jobs import Run


@job("retention")
def go_through(run: Run) -> dict[str, int]:
    """Ask for one job an erasure: none waits for another, and one that fails stops no other."""
    proposed = steps.propose_due(clock.today())
    due = steps.to_erase()
    for erasure in due:
        request("erase", erasure=str(erasure))
    return {"proposed": proposed, "to_erase": len(due)}


@job("erase")
def erase(run: Run) -> dict[str, bool]:
    """The rows, in the transaction of this job. The rest is a job of its own, asked for with it."""
    pk = run.job.parameters["erasure"]
    begun = steps.erase_rows(pk)
    if begun:
        request("finish-erasure", erasure=pk)
    return {"erased": begun}


@job("finish-erasure")
def finish_erasure(run: Run) -> dict[str, bool]:
    steps.finish(run.job.parameters["erasure"])
    return {"finished": True}
