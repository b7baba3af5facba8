"""Base viewsets: the permissions, scope, refusals and conventions every endpoint shares."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from django.http import Http404
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core import audit, stale_edits
from core.api import sync
from core.api.bulk import TakesMany
from core.api.days import check_days
from core.api.document import ID
from core.api.errors import PreconditionRequired
from core.api.once import AnswersOnce
from core.days import clock
from core.lists import pagination
from core.lists.filters import not_read
from core.refusals import gettext as _
from core.services import Stale
from core.shortcuts.rows import lean, represented

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from django.http import QueryDict
    from rest_framework.request import Request
    from rest_framework.serializers import BaseSerializer

    from core.access import ScopedQuerySet
    from core.api.throttles import PerCaller
    from core.lists.declared import Errors, List
    from core.services import Service


class ServiceViewSet(TakesMany, AnswersOnce, viewsets.GenericViewSet[Any]):
    """Everything that calls services: `services` maps an action to its verb."""

    services: ClassVar[dict[str, Service[..., Any]]] = {}
    inputs: ClassVar[dict[str, type[BaseSerializer[Any]]]] = {}  # the body each action takes
    versioned: ClassVar[frozenset[str]] = frozenset({"partial_update", "move"})  # need If-Match
    asking: ClassVar[frozenset[str]] = frozenset()  # read by POST: no key, the answer is not kept
    queryset: Any
    of_changes: bool = False  # what `core.api.routers` says of the address
    about: Any = None  # the row at the address, once it is read
    lookup_value_regex = ID

    def needs(self, method: str) -> str | None:
        """The permission for this call: of the verb, else of reading the table."""
        verb = self.services.get(self.action or "")
        if verb is not None:
            return verb.permission
        view: str | None = self.queryset.model.access.view
        return view

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.request.user)

    def get_object(self) -> Any:
        row = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.about = row
        clock.go_by_office_of(row, self.request.user)
        return row

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "reader": self.request.user}

    def finalize_response(self, request: Request, response: Any, *args: Any, **kw: Any) -> Any:
        limit: PerCaller | None = getattr(request, "limit", None)
        for name, value in (limit.headers() if limit else {}).items():
            response[name] = value
        return super().finalize_response(request, response, *args, **kw)

    def validated(self) -> dict[str, Any]:
        shape = self.inputs[self.action or ""]
        sent = self.request.data if self.row is None else self.row
        body = shape(data=sent, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        check_days(body, self.about)
        data: dict[str, Any] = body.validated_data
        return data

    def sent(self) -> Any:
        """What was sent, as far as it tells one send from another."""
        return self.request.data

    def create_with(self, verb: Service[..., object], shape: Any = None) -> Response:
        """Create a row through its verb and answer it: 201. `shape`: of another answer."""
        data, serializer = self.validated(), shape or self.get_serializer
        return self.once(lambda: serializer(verb(actor=self.request.user, **data)).data)

    def change_with(
        self, verb: Service[..., object], shape: Any = None, *, keeps: Iterable[str] = ()
    ) -> Response:
        """Change the row of this address through its verb: by its version, or once per key.

        `shape` is of the answer, where it is not the row itself; fields that the row `keeps` when
        nothing is sent for them are handed on.
        """
        row = self.get_object()
        versioned = self.action in self.versioned
        read = {"version": self.version()} if versioned else {}
        kept = {name: getattr(row, name) for name in keeps}
        data = kept | self.validated() | read
        serializer = shape or self.get_serializer

        def run() -> object:
            if not versioned and self.is_stale(row):
                raise Stale(row)
            return serializer(verb(row, actor=self.request.user, **data)).data

        response = Response(run()) if versioned else self.once(run, 200)
        if "version" in response.data:  # else it answers no row
            response["ETag"] = f'"{response.data["version"]}"'
        return response

    def unknown(
        self, query: Mapping[str, str], known: set[str], several: Container[str] = ()
    ) -> Errors:
        """A parameter nobody reads is refused by name, never dropped; so is a second value."""
        return not_read(query, known, several)

    def takes_nothing(self) -> None:
        """Refuse every parameter of the address: this is not narrowed by any."""
        if errors := self.unknown(self.request.query_params, set()):
            raise ValidationError(errors)

    def is_stale(self, row: object) -> bool:
        """Whether a verb that needs no version was sent one, and the row has moved on since."""
        sent = self.request.headers.get("If-Match", "*")
        return sent != "*" and hasattr(row, "version") and self.version() != row.version

    def version(self) -> int:
        """The version the caller read, from If-Match; any that there is, where it is `*`.
        Missing: 428."""
        text = self.request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
        if not text:
            raise PreconditionRequired
        if text == "*" and self.about is not None:
            return int(self.about.version)
        text = text.partition(".")[0]  # what follows is of the answer, see `tag_of`
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValidationError({"If-Match": [_("This is not a version of this record.")]})
        return int(text)


class ReadViewSet(ServiceViewSet):
    """A list by key and a single row, both within the reader's scope, both recorded.

    `listed` says which rows, narrowed by what, in which orders.
    """

    listed: ClassVar[List[Any]]

    def get_queryset(self) -> Any:
        return self.listed.reach(self.request.user)

    def list(self, request: Request) -> Response:
        query = request.query_params
        if self.of_changes:
            return self._changes(query)
        page = self._page(query)
        if self.listed.recorded and page.rows:
            self._record(page.rows)
        path, kept = request.build_absolute_uri(request.path), query.dict()
        links = {
            "next": pagination.link(path, kept, page.next),
            "previous": pagination.link(path, kept, page.previous),
        }
        rows = represented(self.get_serializer(), page.rows)
        return linked(Response({**links, "results": rows}), links)

    def retrieve(self, request: Request, pk: str) -> Response:
        self.takes_nothing()
        row = self.get_object()
        if self.listed.recorded:
            self._record([row])
        response = Response(self.get_serializer(row).data)
        if hasattr(row, "version"):
            tag = response["ETag"] = tag_of(row, response.data)
            known = request.headers.get("If-None-Match", "").replace("W/", "").split(",")
            if tag in map(str.strip, known):
                response.status_code, response.data = 304, None
        return response

    def _page(self, query: QueryDict) -> pagination.Page:
        """The rows asked for. Whatever is wrong with the question is said at once, by name."""
        errors = self.unknown(query, {"cursor", "limit", "sort", *self.listed.filters})
        sort = self.listed.order(query.get("sort", ""), errors)
        rows = self.lean(self.listed.narrow(self.get_queryset(), query, self.request.user, errors))
        try:
            page = pagination.paginate(rows, sort, query.get("cursor", ""), query.get("limit", ""))
        except pagination.BadPage as bad:
            errors[bad.field] = [str(bad)]
        if errors:
            raise ValidationError(errors)
        return page

    def _changes(self, query: Any) -> Response:
        """Rows that changed or came into reach, and the ids of those that are gone."""
        errors = self.unknown(query, {"cursor", "limit", "updated_since", *self.listed.filters})
        if "sort" in query:
            errors["sort"] = [_("Leave this out: this list is always in order of change.")]
        reach = self.get_queryset()
        rows = self.lean(self.listed.narrow(reach, query, self.request.user, errors))
        try:
            since = sync.moment(query.get("updated_since", ""))
            size = pagination.size_of(query.get("limit", ""))
            if not errors:
                changes = sync.changes(
                    rows,
                    reach,
                    asked=sync.SyncQuery(self.request.user, self.basename, since),
                    changed=self.listed.changed,
                    cursor=query.get("cursor", ""),
                    size=size,
                )
        except pagination.BadPage as bad:
            errors[bad.field] = [str(bad)]
        if errors:
            raise ValidationError(errors)
        if self.listed.recorded and changes.rows:
            self._record(changes.rows)
        path = self.request.build_absolute_uri(self.request.path)
        links = {"next": pagination.link(path, query.dict(), changes.next)}
        rows = represented(self.get_serializer(), changes.rows)
        gone = [str(copy.row) for copy in changes.gone]
        answer = {**links, "until": sync.until(since), "results": rows, "gone": gone}
        return linked(Response(answer), links)

    def both(self, stale: Stale) -> dict[str, object]:
        """What stands now beside what was sent, and who changed it, as on a page."""
        row = self.get_queryset().filter(pk=self.kwargs.get("pk")).first()
        if row is None:
            return {}
        if self.listed.recorded:
            self._record([row], "retrieve")
        changed = stale_edits.changed(stale.current)
        return {
            "current": self.get_serializer(row).data,
            "yours": self.request.data,
            "changed_by": changed["who"],
            "changed_at": changed["at"],
        }

    def _record(self, rows: Any, seen: str = "") -> None:
        model, actor = self.queryset.model, self.request.user
        action = f"{model._meta.model_name}.{seen or self.action}"
        ids, subjects = [row.pk for row in rows], self.shown(rows)
        audit.read_rows(action, model._meta.label, ids, actor=actor, shown=subjects)

    def lean(self, rows: object) -> Any:
        """The rows without related ones of which nothing is shown. A view with its own idea of
        what they are about gets all of them."""
        own = type(self).shown is not ReadViewSet.shown
        return rows if own else lean(self.get_serializer(), rows)

    def shown(self, rows: ScopedQuerySet) -> Iterable[Any]:
        """The cases and persons these rows are about."""
        return audit.about(rows, self.request.user)


def tag_of(row: Any, content: object) -> str:
    """The ETag of a row: its version, which If-Match asks for, and what this reader is shown, since
    that also depends on other rows."""
    text = orjson.dumps(content, default=str, option=orjson.OPT_NON_STR_KEYS)
    return f'"{row.version}.{hashlib.blake2b(text, digest_size=6).hexdigest()}"'


def linked(response: Response, links: Mapping[str, str | None]) -> Response:
    """With the neighbouring pages in its head as well (RFC 8288)."""
    parts = [f'<{address}>; rel="{rel}"' for rel, address in links.items() if address]
    if parts:
        response["Link"] = ", ".join(parts)
    return response
