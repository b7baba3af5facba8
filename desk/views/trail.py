"""Who saw a record, and the whole trail for an auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render

from casework.models import Case
from core.lists.pagination import BadPage
from core.web import Page
from desk.services import (
    read_case_readers,
    read_chain,
    read_person_readers,
    read_trail,
    read_unusual,
)
from desk.trail.unusual import LIMITS
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class Readers(Page):
    """Who saw one record."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        read: Any = self.service
        try:
            context = read(self.target, request.GET.dict(), path=request.path, actor=self.actor)
        except BadPage:
            return HttpResponseRedirect(request.path)
        return render(request, "desk/readers.html", context | self.about())

    def about(self) -> dict[str, Any]:
        """The case, and the code of the person where it is about one."""
        raise NotImplementedError


class CaseReaders(Readers):
    model, service = Case, read_case_readers

    def about(self) -> dict[str, Any]:
        return {"case": self.target}


class PersonReaders(Readers):
    model, service = Involvement, read_person_readers

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def about(self) -> dict[str, Any]:
        return {"case": self.target.case, "person": self.target.code}


class Trail(Page):
    permission = read_trail.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            context = read_trail(request.GET.dict(), actor=self.actor)
        except BadPage:
            return HttpResponseRedirect(request.path)
        return render(request, "desk/trail.html", context)


class Unusual(Page):
    permission = read_unusual.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"findings": read_unusual(actor=self.actor), "limits": LIMITS}
        return render(request, "desk/unusual.html", context)


class Chain(Page):
    """How far the history is chained; printed, it is an anchor on paper."""

    permission = read_chain.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "desk/chain.html", read_chain(actor=self.actor))
