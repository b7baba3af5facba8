"""What a stranger can work out about hidden numbers: the exact least and greatest of each.

A table is a set of whole numbers bound by equations: a total is the sum of its parts. Whoever
reads it knows the shown ones, the equations, and the least that each hidden one can be. All tables
that fit that knowledge form a polytope; the interval of a hidden number is its least and greatest
value in it (the attacker of Fischetti and Salazar-González, "Models and Algorithms for Optimizing
Cell Suppression in Tabular Data with Linear Constraints", JASA 95, 2000). Intervals that are merely
propagated from equation to equation are too wide to prove anything; these are exact: the simplex
method in fractions, started from the true table, which always fits, and branching where a corner
is not whole. Where branching takes too long the interval found so far stands, which is never wider
than the exact one: a table is then held to be less safe than it is, never safer.
"""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    Number = int | Fraction
    Equation = Mapping[Any, int]  # the sum of coefficient times number is nought
    Interval = tuple[int, int | None]  # no greatest: nothing bounds it above

BRANCHES = 200


def intervals(
    truth: Mapping[Hashable, int], least: Mapping[Hashable, int], equations: Sequence[Equation]
) -> dict[Any, Interval]:
    """The interval of every hidden number. Shown ones are left out of `truth`."""
    found: dict[Any, Interval] = {}
    for names, own in parts(truth, equations):
        corner = Corner([truth[n] - least[n] for n in names], names, own)
        for at, name in enumerate(names):
            low, high = corner.extreme(at, -1), corner.extreme(at, 1)
            base = least[name]
            found[name] = (base + (low or 0), None if high is None else base + high)
    return found


def narrow(
    truth: Mapping[Hashable, int],
    least: Mapping[Hashable, int],
    equations: Sequence[Equation],
    watched: Collection[Any],
    width: int,
) -> Iterator[Any]:
    """Those of the watched hidden numbers whose interval is not at least so wide, one by one.

    Tables found on the way to one number are remembered as witnesses for the others.
    """
    for names, own in parts(truth, equations):
        corner = Corner([truth[n] - least[n] for n in names], names, own)
        for at, name in enumerate(names):
            if name in watched and not corner.is_wide(at, width):
                yield name


def parts(
    names: Collection[Any], equations: Sequence[Equation]
) -> Iterator[tuple[list[Any], list[Equation]]]:
    """The hidden numbers in groups that no equation ties together, each with its equations."""
    of: dict[Any, list[int]] = {name: [] for name in names}
    for number, equation in enumerate(equations):
        for name in of.keys() & equation.keys():
            of[name].append(number)
    left = dict.fromkeys(names)
    while left:
        group: dict[Any, None] = {}
        own: set[int] = set()
        todo = [next(iter(left))]
        while todo:
            name = todo.pop()
            if left.pop(name, "gone") is None:
                group[name] = None
                own |= set(of[name])
                todo += [other for number in of[name] for other in equations[number]]
        yield list(group), [equations[number] for number in sorted(own)]


class Corner:
    """One corner of all tables that fit: some numbers are at their least, the others follow.

    `rows[r]` says how number `basic[r]` follows from those at their least, `free`. Numbers are
    counted from their least on, so all are nought or more.
    """

    def __init__(self, start: list[int], names: list[Any], equations: list[Equation]) -> None:
        self.seen = [(value, value) for value in start]  # of whole tables met on the way
        place = {name: at for at, name in enumerate(names)}
        matrix = [_row(equation, place) for equation in equations]
        pivots = _reduce(matrix, len(names))
        self.basic = list(pivots)
        self.free = [at for at in range(len(names)) if at not in set(pivots)]
        self.rows: list[list[Number]] = [
            [-matrix[r][f] for f in self.free] for r in range(len(pivots))
        ]
        self.const: list[Number] = [start[p] for p in pivots]
        for j, f in enumerate(self.free):
            self._descend(j, start[f])

    def _descend(self, j: int, height: int) -> None:
        """From the true table, lower one number until it or another is at its least."""
        stops = [(Fraction(self.const[r]) / c, r) for r, c in self._column(j) if c > 0]
        limit, r = min(stops, default=(Fraction(height), -1))
        if r >= 0 and limit < height:
            self._pivot(r, j, height)
        else:
            for row, coefficient in self._column(j):
                self.const[row] = _plain(self.const[row] - coefficient * height)

    def _column(self, j: int) -> list[tuple[int, Number]]:
        return [(r, row[j]) for r, row in enumerate(self.rows) if row[j]]

    def _pivot(self, r: int, j: int, shift: Number = 0) -> None:
        """Number `basic[r]` goes to its least, `free[j]` follows from now on."""
        pivot, const, row = self.rows[r][j], self.const[r], self.rows[r]
        inverse = _over(1, pivot)
        new = [_plain(-value * inverse) if value else 0 for value in row]
        new[j] = inverse
        value = _plain(-const * inverse)  # of free[j], from where it stood
        for other, coefficient in self._column(j):
            if other != r:
                self.const[other] = _plain(self.const[other] + coefficient * value)
                old = self.rows[other]
                self.rows[other] = [
                    _plain(a + coefficient * b) if b else a for a, b in zip(old, new, strict=True)
                ]
                self.rows[other][j] = _plain(coefficient * inverse)
        self.rows[r], self.const[r] = new, _plain(value + shift)
        self.basic[r], self.free[j] = self.free[j], self.basic[r]

    def is_wide(self, at: int, width: int) -> bool:
        """Whether two whole tables that fit differ by so much in this number."""
        for sign in (1, -1):
            low, high = self.seen[at]
            if high - low >= width:
                return True
            if self.extreme(at, sign) is None:
                return True
        low, high = self.seen[at]
        return high - low >= width

    def extreme(self, at: int, sign: int) -> int | None:
        """The greatest (sign 1) or least (sign -1) of a number; None: there is no greatest."""
        if not self._climb(at, sign):
            return None
        best = self.seen[at][1] if sign > 0 else self.seen[at][0]
        todo: list[Corner | None] = [self._copy()]
        tries = 0
        while todo and tries < BRANCHES:
            tries += 1
            corner = todo.pop()
            if corner is None or sign * corner._value(at) <= sign * best:
                continue
            broken = corner._broken()
            if broken is None:
                corner._remember()
                best = int(corner._value(at))
            else:
                todo += [corner._branch(broken, up, at, sign) for up in (False, True)]
        return best

    def _climb(self, at: int, sign: int) -> bool:
        """Walk to the corner where a number is greatest or least; by Bland's rule it ends."""
        while True:
            slope = self._slope(at)
            ways = [(f, j) for j, f in enumerate(self.free) if sign * slope[j] > 0]
            if not ways:
                return True
            j = min(ways)[1]
            stops = [
                (Fraction(self.const[r]) / -c, self.basic[r], r)
                for r, c in self._column(j)
                if c < 0
            ]
            if not stops:
                return False
            self._pivot(min(stops)[2], j)

    def _slope(self, at: int) -> list[Number]:
        if at in self.basic:
            return self.rows[self.basic.index(at)]
        return [int(f == at) for f in self.free]

    def _value(self, at: int) -> Number:
        return self.const[self.basic.index(at)] if at in self.basic else 0

    def _broken(self) -> int | None:
        """A row whose number is not whole here."""
        return next((r for r, c in enumerate(self.const) if Fraction(c).denominator > 1), None)

    def _remember(self) -> None:
        """A whole table was met: every number of it is possible."""
        if self._broken() is not None:
            return
        for at, (low, high) in enumerate(self.seen):
            value = int(self._value(at))
            self.seen[at] = (min(low, value), max(high, value))

    def _copy(self) -> Corner:
        """The same corner to go on from; what was seen is shared."""
        twin = copy(self)
        twin.rows, twin.const = [list(row) for row in self.rows], list(self.const)
        twin.basic, twin.free = list(self.basic), list(self.free)
        return twin

    def _branch(self, r: int, up: bool, at: int, sign: int) -> Corner | None:
        """The best corner where the broken number is at most, or at least, the next whole one."""
        twin, broken = self._copy(), self.const[r]
        if up:
            row, const = list(self.rows[r]), broken - ceil(broken)
        else:
            row, const = [-value for value in self.rows[r]], floor(broken) - broken
        twin.rows.append(row)
        twin.const.append(_plain(const))
        twin.basic.append(1 + max([*self.basic, *self.free]))
        return twin if twin._mend(at, sign) else None

    def _mend(self, at: int, sign: int) -> bool:
        """Back among the tables that fit, keeping what is best (dual simplex). False: none fits."""
        while True:
            below = [(self.basic[r], r) for r, c in enumerate(self.const) if c < 0]
            if not below:
                return True
            r, slope = min(below)[1], self._slope(at)
            ways = [
                (Fraction(-sign * slope[j]) / c, f, j)
                for j, (f, c) in enumerate(zip(self.free, self.rows[r], strict=True))
                if c > 0
            ]
            if not ways:
                return False
            self._pivot(r, min(ways)[2])


def _row(equation: Equation, place: Mapping[Any, int]) -> list[Number]:
    row: list[Number] = [0] * len(place)
    for name, coefficient in equation.items():
        if name in place:
            row[place[name]] += coefficient
    return row


def _reduce(matrix: list[list[Number]], width: int) -> list[int]:
    """Solve the equations for as many numbers as they bind; returns which (Gauss and Jordan)."""
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        r = next((r for r in range(at, len(matrix)) if matrix[r][column]), None)
        if r is None:
            continue
        matrix[at], matrix[r] = matrix[r], matrix[at]
        inverse = _over(1, matrix[at][column])
        matrix[at] = [_plain(value * inverse) for value in matrix[at]]
        for other, row in enumerate(matrix):
            if other != at and (by := row[column]):
                matrix[other] = [_plain(a - by * b) for a, b in zip(row, matrix[at], strict=True)]
        pivots.append(column)
    return pivots


def _over(a: Number, b: Number) -> Number:
    return _plain(Fraction(a) / Fraction(b))


def _plain(value: Number) -> Number:
    """A fraction that is whole, as the whole number: those are counted with much faster."""
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value
