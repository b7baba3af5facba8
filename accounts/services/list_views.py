"""What people keep of lists: a view under a name, and the columns they usually want.

A view holds words of an address, checked by the filter of its list, and no row. So whoever opens
one that was shown to an office sees what is open to them, and is told of a filter that is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext_lazy

from accounts.models import ListName, Office, SavedView
from accounts.permissions import Perm
from core import audit
from core.access import EXISTS
from core.lists.forms import FILTERS
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from accounts.models import User

MOST, LONGEST = 50, 500
Name = Annotated[str, Column(length=60, needed=True)]
Names = Annotated[Sequence[Annotated[str, Column(length=20)]], Column(length=20)]


@service(Perm.VIEW_KEEP, label=gettext_lazy("Save this view"))
def save_view(
    *,
    listed: str,
    name: Name,
    query: str = "",
    columns: Names = (),
    office: Office | None = None,
    actor: User,
) -> SavedView:
    """Save the filters, the order and the columns of a list under a name, for yourself or for
    everyone who may know of the cases of an office. Without columns it shows all."""
    _require_room(listed, name, actor)
    _require_of(office, actor)
    view = SavedView.objects.create(
        owner=actor,
        listed=listed,
        name=name,
        query=_checked(listed, query, actor),
        columns=_columns(listed, columns, actor),
        office=office,
    )
    audit.record("view.saved", view, actor=actor, listed=listed, shared=office is not None)
    return view


@service(Perm.VIEW_KEEP, label=gettext_lazy("Change a view"))
def change_view(
    view: SavedView,
    *,
    version: int,
    name: Name,
    query: str = "",
    columns: Names = (),
    office: Office | None = None,
    actor: User,
) -> SavedView:
    """Change the name of a view, what it shows and who sees it. Raises `Stale`."""
    _require_own(view, actor)
    _require_room(view.listed, name, actor, but=view)
    _require_of(office, actor)
    changed = amend(
        view,
        version,
        name=name,
        query=_checked(view.listed, query, actor),
        columns=_columns(view.listed, columns, actor),
        office=office,
    )
    audit.record("view.changed", changed, actor=actor, shared=office is not None)
    return changed


@service(Perm.VIEW_KEEP, label=gettext_lazy("Remove a view"))
def remove_view(view: SavedView, *, actor: User) -> SavedView:
    """Remove a view, also for others who see it. No record changes."""
    _require_own(view, actor)
    audit.record("view.removed", view, actor=actor)
    SavedView.objects.filter(pk=view.pk).delete()
    return view


@service(Perm.VIEW_KEEP, label=gettext_lazy("Choose columns"))
def choose_columns(*, listed: str, columns: Names, actor: User) -> SavedView:
    """What you see of this list while no view is open. Nobody else is affected."""
    chosen = _columns(listed, columns, actor)
    usual, created = SavedView.objects.get_or_create(
        owner=actor, listed=listed, usual=True, defaults={"name": "", "columns": chosen}
    )
    if not created:
        usual.columns = chosen
        usual.keep("columns")
    audit.record("view.columns_chosen", usual, actor=actor, listed=listed)
    return usual


def _checked(listed: str, query: str, actor: User) -> str:
    """The filters and the order that an address asks of a list, as they are kept."""
    if len(query) > LONGEST * 4:
        raise Refused(_("These are too many filters for one view."), "query")
    words = _("A filter or an order in the address is not one of this list. Choose it again.")
    try:
        asked = dict(parse_qsl(query, strict_parsing=bool(query)))
    except ValueError as no_pair:
        raise Refused(words, "query") from no_pair
    form = FILTERS[listed](asked, user=actor)
    errors: dict[str, list[str]] = {}
    form.table.listed.order(asked.get("sort", ""), errors)
    strange = set(asked) - {*form.fields, "sort", "view", "cursor"}
    if not form.is_valid() or errors or strange:
        raise Refused(words, "query")
    kept = urlencode(form.chosen() | ({"sort": asked["sort"]} if asked.get("sort") else {}))
    if len(kept) > LONGEST:
        raise Refused(_("These are too many filters for one view."), "query")
    return kept


def _columns(listed: str, names: Sequence[str], actor: User) -> list[str]:
    """In the order of the list. All of them are said by none, so that a new one shows as well."""
    known = [column.name for column in FILTERS[listed].table.columns_for(actor)]
    if set(names) - set(known):
        raise Refused(_("One of: %(names)s.") % {"names": ", ".join(known)}, "columns")
    return [name for name in known if name in names] if set(known[1:]) - set(names) else []


def _require_own(view: SavedView, actor: User) -> None:
    if view.owner_id != actor.pk or view.usual:
        raise Refused(_("Only the person who saved this view can change it. Save one of your own."))


def _require_room(listed: str, name: str, actor: User, but: SavedView | None = None) -> None:
    if listed not in ListName.values:
        raise Refused(_("One of: %(names)s.") % {"names": ", ".join(ListName.values)}, "listed")
    mine = [
        saved_view
        for saved_view in SavedView.objects.filter(owner=actor, usual=False)
        if saved_view != but
    ]
    if len(mine) >= MOST:
        raise Refused(_("You have %(count)s views. Remove one first.") % {"count": len(mine)})
    if any(view.listed == listed and view.name == name for view in mine):
        raise Refused(_("You already have a view with this name. Choose another."), "name")


def _require_of(office: Office | None, actor: User) -> None:
    if office is not None and office.pk not in actor.scope.offices[EXISTS]:
        raise Refused(_("Choose an office whose cases you may see."), "office")
