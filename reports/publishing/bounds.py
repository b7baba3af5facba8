"""What a stranger can work out about hidden counts: how far apart the tables lie that would fit.

Everything that was ever told is a set of persons and how many they are. Persons who are in the same
sets cannot be told apart: they are one group, and how many are in it is a whole number that nobody
is told. Each set that is shown is an equation: the groups in it add up to its count. Each hidden
one says that it is at least 1, because noughts are shown. A count can be worked out as far as the
tables agree that fit all of this (the attacker of Fischetti and Salazar-González, "Models and
Algorithms for Optimizing Cell Suppression in Tabular Data with Linear Constraints", JASA 95, 2000).

HiGHS looks for such tables with floating point, and is not believed: each table it finds is rounded
and held against every equation in whole numbers. A count is safe where two tables that passed lie
far enough apart; where none are found it is not. So an error of the solver hides more, never less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from highspy.highs import Highs

NODES = 500  # branches of a search for whole numbers; then none is held to be there
HELPS = 0.9  # of the counts that are not known to be wide, so many may be left by a look around
NEARLY = 0.01
NO_LIMIT = highspy.kHighsInf
INTEGER, CONTINUOUS = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous


class Bounds:
    """The tables that fit: `truth` counts the persons of each group, `sets` are shown or hidden.

    A sum is known by its number: the sets as they were given, then each group by itself.
    """

    def __init__(self, truth: Sequence[int], sets: Sequence[Collection[int]], width: int) -> None:
        self.truth, self.width = np.array(truth, dtype=np.int64), width
        self.sets = [np.array(sorted(members), dtype=np.int32) for members in sets]
        self._starts = np.cumsum([0, *(len(members) for members in self.sets)])[:-1]
        self._members = np.concatenate([*self.sets, np.zeros(0, dtype=np.int32)])
        self._open = np.zeros(len(self.sets), dtype=bool)
        self.least = self._sums(self.truth)
        self.most = self.least.copy()
        self._told = self.least[: len(self.sets)].copy()
        self._shown = np.bincount(self._members, minlength=len(self.truth))  # by how many sets
        self._solver = self._new_solver()
        self._widen(np.flatnonzero(self._shown == 0))

    def _sums(self, table: Any) -> Any:
        of_sets = np.add.reduceat(table[self._members], self._starts) if self.sets else table[:0]
        return np.concatenate([of_sets, table])

    def _new_solver(self) -> Highs:
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_max_nodes", NODES)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.truth), len(self.sets)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.full(lp.num_col_, NO_LIMIT)
        lp.row_lower_ = lp.row_upper_ = self._told.astype(float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.append(self._starts, len(self._members)).astype(np.int32)
        lp.a_matrix_.index_ = self._members
        lp.a_matrix_.value_ = np.ones(len(self._members))
        solver.passModel(lp)
        return solver

    def hide(self, number: int) -> None:
        """From now on nobody is told this set but that somebody is in it."""
        self._open[number] = True
        self._solver.changeRowBounds(number, 1.0, NO_LIMIT)
        members = self.sets[number]
        self._shown[members] -= 1
        self._widen(members[self._shown[members] == 0])

    def _widen(self, groups: Any) -> None:
        """Groups in no set that is shown can be as large as one likes: far enough is enough."""
        if len(groups):
            table = self.truth.copy()
            table[groups] += self.width
            self._keep(table)
            for group in groups:
                self._solver.changeColBounds(int(group), 0.0, float(table[group]))

    def narrow(self, watched: Collection[int]) -> Iterator[int]:
        """Which of these sums cannot be told to lie in a wide interval."""
        left = [number for number in watched if not self.is_wide(number)]
        self._look_around(left)
        for number in left:
            if not self.is_wide(number) and not self._becomes_wide(number):
                yield number

    def is_wide(self, number: int) -> bool:
        """Whether two tables that fit are known to lie so far apart."""
        return bool(self.most[number] - self.least[number] >= self.width)

    def _becomes_wide(self, number: int) -> bool:
        """Whether it is, once the farthest tables have been looked for."""
        direction = self._direction(number)
        ends = []
        for sign in (1, -1):
            corner = self._corner(direction * sign)
            self._remember(corner)
            ends.append(np.dot(corner, direction))
        if self.is_wide(number) or ends[0] - ends[1] < self.width - NEARLY:
            return self.is_wide(number)
        self._remember(self._whole(direction, self.least[number] + self.width))
        if not self.is_wide(number):
            self._remember(self._whole(-direction, self.width - self.most[number]))
        return self.is_wide(number)

    def _direction(self, number: int) -> Any:
        direction = np.zeros(len(self.truth))
        is_set = number < len(self.sets)
        direction[self.sets[number] if is_set else number - len(self.sets)] = 1
        return direction

    def _look_around(self, left: list[int]) -> None:
        """Tables that lie far away in many groups at once, while they help; always the same."""
        chance = np.random.default_rng(len(left))
        while left:
            self._remember(self._corner(chance.choice((-1.0, 1.0), len(self.truth))))
            still = [number for number in left if not self.is_wide(number)]
            if len(still) > len(left) * HELPS:
                return
            left = still

    def _corner(self, direction: Any) -> list[float]:
        """The table that lies farthest in a direction, were fractions of persons allowed."""
        every = np.arange(len(direction), dtype=np.int32)
        self._solver.changeColsCost(len(direction), every, -direction)
        self._solver.run()
        return self._solver.getSolution().col_value

    def _whole(self, direction: Any, target: int) -> Any:
        """One in whole numbers, as far as the target if there is one."""
        self._solver.setOptionValue("objective_target", -float(target))
        every = np.arange(len(direction), dtype=np.int32)
        types = np.full(len(direction), INTEGER.value, dtype=np.uint8)
        self._solver.changeColsIntegrality(len(direction), every, types)
        point = self._corner(direction)
        self._solver.changeColsIntegrality(len(direction), every, types * CONTINUOUS.value)
        return point

    def _remember(self, values: object) -> bool:
        """Keep a table, where it is one of whole numbers and fits everything that is told."""
        point = np.array(values)
        table = np.rint(point).astype(np.int64)
        if len(point) != len(self.truth) or np.abs(table - point).max(initial=0) > NEARLY:
            return False
        sums = self._sums(table)[: len(self.sets)]
        fits = np.where(self._open, sums >= 1, sums == self._told)
        if table.min(initial=0) < 0 or not fits.all():
            return False
        self._keep(table)
        return True

    def _keep(self, table: object) -> None:
        sums = self._sums(table)
        self.least, self.most = np.minimum(self.least, sums), np.maximum(self.most, sums)

    def telling(self, number: int) -> list[int]:
        """The shown sets from which a sum follows, as the solver explains it: it proves nothing."""
        numbers: dict[int, None] = {}
        for sign in (1, -1):
            self._corner(self._direction(number) * sign)
            duals = self._solver.getSolution().row_dual
            numbers |= {n: None for n, dual in enumerate(duals) if abs(dual) > NEARLY}
        return [n for n in numbers if not self._open[n]]
