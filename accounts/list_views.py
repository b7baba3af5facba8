"""How a reader looks at a list: the views they may open, and the columns they see.

A view is opened by an address that holds its filters, as they would stand there anyhow, and its id,
by which the page knows its columns. Filters that are changed afterwards stand in the address, too:
a view is a place to begin from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.models import ListName, SavedView
from accounts.permissions import Perm
from core.lists.pages import ListPage, Look, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.access import Actor
    from core.lists.forms import ListFilter
    from core.lists.tables import Table

PAGES: dict[str, str] = {  # of each list, its page
    ListName.CASES: "desk:cases",
    ListName.SITES: "casework:sites",
    ListName.NETWORKS: "prosecutions:networks",
    ListName.SURVIVORS: "desk:survivors",
    ListName.SUSPECTS: "desk:suspects",
    ListName.HEARINGS: "desk:hearings",
    ListName.REFERRALS: "desk:referrals",
    ListName.PROVIDERS: "aftercare:providers",
    ListName.PEOPLE: "people:list",
    ListName.TASKS: "desk:to-do",
    ListName.AUDIT: "desk:trail",
}
# Where each becomes a file, and who may: at once (`desk/lists/files.py`), or locked (`exchange/`).
FILES: dict[str, tuple[str, tuple[str, ...], Perm]] = {
    ListName.CASES: ("desk:cases-csv", (), Perm.EXPORT_IDENTIFY),
    ListName.TASKS: ("desk:tasks-file", (), Perm.EXPORT_IDENTIFY),
    ListName.PROVIDERS: ("desk:providers-file", (), Perm.EXPORT_MAKE),
    ListName.PEOPLE: ("desk:people-file", (), Perm.PEOPLE_VIEW),
    ListName.AUDIT: ("desk:trail-file", (), Perm.AUDIT_VIEW),
    ListName.SITES: ("exchange:ask-list", ("sites",), Perm.EXPORT_MAKE),
    ListName.SURVIVORS: ("exchange:ask-list", ("involvements",), Perm.EXPORT_MAKE),
    ListName.SUSPECTS: ("exchange:ask-list", ("suspects",), Perm.EXPORT_MAKE),
    ListName.HEARINGS: ("exchange:ask-list", ("hearings",), Perm.EXPORT_MAKE),
    ListName.REFERRALS: ("exchange:ask-list", ("referrals",), Perm.EXPORT_MAKE),
}


def page_of(form: ListFilter, *beside: str, of: type[ListPage] = ListPage) -> ListPage:
    """The page of the list that this filter narrows, as its address asks for it; `beside`: what is
    read with each row of it, if not what the list says. Raises `BadPage`."""
    table, reader, asked = form.table, form.user, form.data
    path = reverse(PAGES[table.name])
    rows = form.narrow(table.reach(reader))
    if beside:
        rows = rows.select_related(None).select_related(*beside)
    look = look_at(table, asked, path, reader)
    return of(table, rows, asked, path, reader=reader, form=form, look=look)


def look_at(table: Table, asked: Mapping[str, str], path: str, reader: Actor) -> Look:
    """One statement, however many views."""
    rows = SavedView.objects.visible_to(reader).filter(listed=table.name)
    kept = sorted(rows, key=lambda row: (str(row.name).casefold(), row.pk))
    usual = [row for row in kept if row.usual and row.owner_id == reader.pk]
    views = [row for row in kept if not row.usual]
    chosen = [row for row in views if str(row.pk) == asked.get("view")]
    is_open = str(chosen[0].pk) if chosen else ""
    return Look(
        columns=frozenset((chosen or usual)[0].columns) if chosen or usual else frozenset(),
        open=is_open,
        views=tuple(
            View(str(row.name), address_of(row, path), str(row.pk) == is_open, bool(row.office_id))
            for row in views
        ),
        save_path=reverse("people:new-view", args=[table.name]),
        columns_path=reverse("people:choose-columns", args=[table.name]),
        file_path=_file_path(table.name, reader),
        change_path=reverse("people:change-view", args=[chosen[0].pk])
        if chosen and chosen[0].owner_id == reader.pk
        else "",
    )


def _file_path(listed: str, reader: Actor) -> str:
    name, args, needs = FILES.get(listed, ("", (), ""))
    return reverse(name, args=args) if name and reader.has_perm(needs) else ""


def address_of(view: SavedView, path: str) -> str:
    return f"{path}?{view.query}{'&' if view.query else ''}view={view.pk}"
