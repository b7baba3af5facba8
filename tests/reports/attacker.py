"""Linear bounds by scipy on what is hidden: the attacker of the tests, of other code than ours."""

from __future__ import annotations

from math import ceil, floor, inf
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

SLACK = 1e-6


def narrow(
    least: dict[Any, int],
    equations: list[dict[Any, int]],
    known: dict[Any, int],
    wanted: dict[Any, Any],
    width: int,
) -> dict[Any, tuple[float, float]]:
    """Sums of unknowns, by name, whose least and greatest lie less than the width apart.

    `equations` add up to nought; in them stand unknowns (from `least` on) and what is `known`.
    A table found for one sum shows how far apart the others can be.
    """
    at = {name: number for number, name in enumerate(least)}
    sums = matrix_of([dict.fromkeys(terms, 1) for terms in wanted.values()], at)
    rows = matrix_of(equations, at)
    totals = [
        -sum(by * known[name] for name, by in row.items() if name not in at) for row in equations
    ]
    low, high = np.full(len(wanted), inf), np.full(len(wanted), -inf)
    found = {}
    for number, name in enumerate(wanted):
        ends = []
        for sign in (1, -1):
            if high[number] - low[number] >= width:
                break
            answer = linprog(
                sign * sums[number].toarray()[0],
                A_eq=rows if equations else None,
                b_eq=totals if equations else None,
                bounds=[(first, None) for first in least.values()],
                method="highs",
            )
            if answer.status == 3:  # nothing bounds it
                break
            ends.append(sign * answer.fun)
            low, high = np.minimum(low, sums @ answer.x), np.maximum(high, sums @ answer.x)
        if len(ends) == 2 and floor(ends[1] + SLACK) - ceil(ends[0] - SLACK) < width:
            found[name] = ceil(ends[0] - SLACK), floor(ends[1] + SLACK)
    return found


def matrix_of(rows: list[dict[Any, int]], at: dict[Any, int]) -> Any:
    cells = [
        (n, at[name], by) for n, row in enumerate(rows) for name, by in row.items() if name in at
    ]
    lines, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((values, (lines, columns)), shape=(len(rows), len(at)))
