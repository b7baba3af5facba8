"""A text column that only this application can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from core.keys import crypto

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model
    from django.db.models.lookups import Lookup


class Ciphertext(bytes):
    """A value as it lies in the database; it opens only on its own row."""

    def __repr__(self) -> str:
        return "<ciphertext>"


class _Opens:
    """Decrypts on first use, when the row's key is known."""

    def __init__(self, field: EncryptedTextField) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type | None = None) -> object:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Ciphertext):
            value = row.__dict__[name] = crypto.decrypt(value, self.field.place(row)).decode()
        return value

    def __set__(self, row: models.Model, value: object) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text, AES-256-GCM, bound to table|column|primary key. Cannot be filtered or sorted by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def place(self, row: models.Model) -> str:
        return f"{self.model._meta.db_table}|{self.column}|{row.pk}"

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opens(self))

    def pre_save(self, row: models.Model, add: bool) -> Ciphertext | None:
        value = row.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        return Ciphertext(crypto.encrypt(value.encode(), self.place(row)))

    def from_db_value(
        self, value: bytes | memoryview | None, expression: object, connection: BaseDatabaseWrapper
    ) -> Ciphertext | None:
        return None if value is None else Ciphertext(bytes(value))

    def get_db_prep_value(
        self, value: object, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> object:
        if value is not None and not isinstance(value, Ciphertext):
            raise FieldError("Encrypted text is written through its row, not by update().")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> type[Lookup[object]] | None:
        if lookup_name != "isnull":
            raise FieldError("Encrypted text cannot be searched.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError("Encrypted text is not serialised.")


class Whether(property):
    """Whether a column of a row has this value, said so that PostgreSQL can say it as well."""

    def __init__(self, column: str, value: object) -> None:
        super().__init__(lambda row: getattr(row, column) == value)
        self.column, self.value = column, value
