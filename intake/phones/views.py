"""Pages of phones: which there are, what waits, and putting right what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

import orjson
from django.forms import CharField, HiddenInput
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.sign_in.sessions import device_words
from casework.models import Case
from core.access import IDENTITY
from core.verbs.forms import form_of
from core.web import FormPage, Page
from intake.choices import for_phone
from intake.forms import RescueForm
from intake.models import Box, BoxKind, BoxState
from intake.phones import keys, wording
from intake.phones.box_pages import BoxAbout
from intake.phones.kinds import for_role
from intake.phones.services.boxes import log_from_box, open_box
from intake.phones.services.enclosing import file_enclosed
from intake.phones.services.phones import enrol_phone, read_phones
from intake.views import LogRescue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from core.idempotency import Answer


class Phones(Page):
    """One's own phones and what waits; of whoever looks after an office, those of the office."""

    permission = read_phones.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        phones, boxes, extracts = read_phones(actor=self.actor)
        mine = [phone for phone in phones if phone.person_id == self.actor.pk]
        looked_after = self.actor.scope.offices[IDENTITY]
        to_do = [
            box.pk
            for box in boxes
            if box.looked_after_at in looked_after
            or (box.is_for_writer and box.phone.person_id == self.actor.pk)
        ]
        return render(
            request,
            "intake/phones.html",
            {
                "mine": mine,
                "asked": orjson.dumps(wording.for_phone(self.actor)).decode() if mine else "",
                "others": [phone for phone in phones if phone.person_id != self.actor.pk],
                "waiting": [box for box in boxes if box.state != BoxState.AWAY],
                "to_do": to_do,
                "extracts": extracts,
                "away": [box for box in boxes if box.state == BoxState.AWAY],
            },
        )


class PhoneVerb(FormPage):
    """A button of a phone or a box that asks once more; it goes back to the list."""

    template_name = "people/form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "submit_label": self.service.label,
            "about": self.target.describe(),
            "back_url": reverse("intake:phones"),
        }
        return super().get_context_data(**(words | kwargs))

    def after(self) -> str:
        return reverse("intake:phones")


class EnrolPhone(FormPage):
    """The phone makes its key in the browser; only the public half is sent."""

    service = enrol_phone
    keeps_drafts = False  # a key that was not enrolled is of no use
    template_name = "intake/enrol.html"
    form_class = form_of(
        enrol_phone,
        on={
            "public_key": CharField(max_length=200, widget=HiddenInput),
            "name": CharField(max_length=60, label=_("What you call this phone")),
        },
    )

    def get_initial(self) -> dict[str, object]:
        return {"name": device_words(self.request.headers.get("User-Agent", ""))}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        number, key = keys.public()
        offered = for_phone(self.actor) | {"kinds": for_role(self.actor)}
        offered["asked"] = wording.for_phone(self.actor)
        places = orjson.dumps(offered).decode()
        context = {"submit_label": _("Enrol"), "number": number, "key_of_boxes": key}
        context |= {"places": places}
        back = {"back_url": reverse("intake:phones")}
        return super().get_context_data(**(context | back | kwargs))


class OpenBox(LogRescue):
    """What came back, in the form it was written in: put right, and saved by who looks at it."""

    model, permission = Box, open_box.permission
    enclosed: Sequence[str] = ()  # the names of its files

    def handle(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if self.target.kind == BoxKind.RESCUE:
            return super().handle(request, *args, **kwargs)
        return BoxAbout.as_view()(request, *args, **kwargs)

    def before(self) -> str:
        return reverse("intake:phones")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:  # type: ignore[override]
        box: Box = self.target
        entry = open_box(box, actor=self.actor)
        fields, self.enclosed = entry.fields, [file.name for file in entry.files]
        form = RescueForm(fields, user=self.actor, now=box.happened_at)
        form.is_valid()  # so that what is wrong is said beside it
        if not fields.get("occurred_at"):
            place = form.cleaned_data.get("jurisdiction")
            zone = ZoneInfo(place.time_zone) if place else timezone.get_current_timezone()
            fields["occurred_at"] = f"{box.happened_at.astimezone(zone):%Y-%m-%dT%H:%M}"
        return self.show(fields, form, form.cleaned_data.get("key") or uuid4())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:  # type: ignore[override]
        return super().post(request)

    def log(self, form: RescueForm) -> Answer:
        log = super().log

        def act() -> Answer:
            answer = log(form)
            case = Case.objects.get(pk=answer.content["id"])
            file_enclosed(self.target, case, actor=self.actor)
            return answer

        return log_from_box(self.target, act=act, actor=self.actor)

    def beside(self) -> dict[str, object]:
        return {"box": self.target, "enclosed": self.enclosed}
