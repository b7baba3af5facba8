"""Ids as one parameter of a statement, and the conditions that compare with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class Id(str):
    """An id as the database wrote it."""

    __slots__ = ()


class Array:
    """Ids as one parameter of a statement, written out once however many conditions name them."""

    def __init__(self, ids: Iterable[object]) -> None:
        self.text = "{" + ",".join(map(str, ids)) + "}"


NOTHING = Array(())


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class AnyOf(Lookup):
    """`= ANY(array)`: one parameter however many ids, so plans stay the same; or a question."""

    lookup_name = "any_of"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [(value if isinstance(value, Array) else Array(value)).text]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = {self.among(right)}", [*left_params, *right_params]

    def among(self, ids: str) -> str:
        array = f"ARRAY{ids}" if hasattr(self.rhs, "as_sql") else f"{ids}::uuid[]"
        return f"ANY({array})"


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class OnlyOf(AnyOf):
    """`=` the one id of an array: unlike any of several, it gives rows in the order of an index
    that begins with it."""

    lookup_name = "only_of"

    def among(self, ids: str) -> str:
        return f"({ids}::uuid[])[1]"
