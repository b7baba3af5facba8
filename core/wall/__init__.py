"""The second wall, as it stands: all that the database itself sees to, whoever asks it.

`*.sql`         functions, triggers and policies, a file a subject; each says what it is for
`tables.py`     the tables behind the wall, one a line; their policies are made from it
`policies.py`   the sentences of those policies
`grants.py`     what each role of the database may do with which table

`installing.py` makes a database say all this, once after every `migrate`. It reads what is there
(`catalogue.py`), touches only what is otherwise, and takes away what no file says. To change the
wall, edit its file: no migration, and no `create or replace` by hand, which the next `migrate`
undoes.

The schema `public` is Casework's own: what an installation adds, it keeps in another.

A file holds pieces (`pieces.py`): each begins with `create function`, `create trigger` or `create
policy` at the start of a line and ends where the next begins, so that the rights of a function
stand below it. Functions may call each other in any order.
"""

from __future__ import annotations

from core.wall.installing import install, is_whole
from core.wall.pieces import makers, pieces

__all__ = ["install", "is_whole", "makers", "pieces"]
