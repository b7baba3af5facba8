"""How people are found when they sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import BaseUserManager


class UserManager(BaseUserManager[Any]):
    def create_user(self, username: str, *, password: str | None = None, **fields: object) -> Any:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user
