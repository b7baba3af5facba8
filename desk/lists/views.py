"""The pages of these lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.http import HttpResponseRedirect
from django.shortcuts import render

from core.lists.pagination import BadPage
from core.web import Page
from desk.lists.nouns import HEARINGS, NOUNS, REFERRALS, SURVIVORS, SUSPECTS
from desk.lists.services import read_hearings, read_referrals, read_survivors, read_suspects
from desk.several.offered import offered

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from core.services import Service
    from desk.lists.nouns import Lines, Noun


class _Lines(Page):
    noun: ClassVar[Noun]
    service: ClassVar[Service[..., Lines]]

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            lines = self.service(request.GET.dict(), actor=self.actor)
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(self.noun.url)
        others = [noun for noun in NOUNS if self.actor.has_perm(noun.needs)]
        context = {"lines": lines, "others": others, "several": offered(self.noun.name, self.actor)}
        return render(request, "desk/lines.html", context)


class Survivors(_Lines):
    noun, service = SURVIVORS, read_survivors


class Suspects(_Lines):
    noun, service = SUSPECTS, read_suspects


class Hearings(_Lines):
    noun, service = HEARINGS, read_hearings


class Referrals(_Lines):
    noun, service = REFERRALS, read_referrals
