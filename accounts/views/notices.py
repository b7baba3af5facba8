"""What the reader was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.models import Notice
from accounts.notices import WORDS, links
from accounts.services.notices import see_all_notices, see_notice
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MOST = 100


class Notices(Page):
    permission = see_all_notices.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        notices = list(Notice.objects.visible_to(self.actor).order_by("-created_at", "-id")[:MOST])
        addresses = links(notices, self.actor)
        lines = [
            {"row": row, "words": WORDS[row.kind], "url": addresses.get(row.pk)} for row in notices
        ]
        context = {
            "unseen": [line for line in lines if not line["row"].seen_at],
            "seen": [line for line in lines if line["row"].seen_at],
        }
        return render(request, "people/notices.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        see_all_notices(actor=self.actor)
        return HttpResponseRedirect(reverse("people:notices"))


class SeeNotice(Page):
    model, service = Notice, see_notice

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        see_notice(self.target, actor=self.actor)
        return HttpResponseRedirect(reverse("people:notices"))
