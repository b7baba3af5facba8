"""Where an enrolled phone delivers: without a session, by its signature, and learns nothing else
but which own questions are asked.

POST a piece of a box, in order. Each answer says how much of it we `have`: the phone goes on from
there, also after a 409, which says that the piece did not begin there. An answer with `received`
is the receipt: then, and not before, the phone may forget the box. The same box, sent again, gets
the same receipt and changes nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models.functions import Now
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from core.api.errors import CONTENT_TYPE, Faults, problem
from core.context import acting_as
from core.days import clock
from core.languages import spoken_to
from core.refusals import gettext as _
from intake.models import Box, BoxPart, BoxState, Phone
from intake.phones import keys, manifest, wording
from intake.phones.arriving import PerPhone, Refusal, claim
from intake.phones.content import sealed
from intake.phones.manifest import MOST_PART, Malformed, Manifest
from intake.phones.services.boxes import settle

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


@method_decorator(csrf_exempt, name="dispatch")
class Deliver(View):
    """No cookie is asked, so that no other site can send anything by one."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            body = _body(request)
            header, raw = manifest.read(request.headers.get("Box-Manifest", ""))
            phone = _phone(request, header, raw, body)
            if header.box != pk:
                raise Malformed({"box": _("This is the address of another box.")})
            with acting_as(phone.person_id), clock.by(clock.of(phone.person)):
                return _taken(phone, header, body, request.headers.get("Box-Asked", ""))
        except (Refusal, Malformed) as refusal:
            return refusal_of(refusal)


def refusal_of(refusal: Refusal | Malformed) -> HttpResponse:
    """How it is answered."""
    if isinstance(refusal, Malformed):
        errors = {name: [words] for name, words in refusal.errors.items()}
        return _problem(400, gettext("Some fields need attention."), errors)
    return _problem(refusal.status, refusal.words, None, wait=refusal.wait, **refusal.more)


def _problem(
    status: int, words: str, errors: Faults | None = None, *, wait: int = 0, **more: object
) -> HttpResponse:
    content = problem(status, words, errors) | more
    answer = JsonResponse(content, status=status, content_type=CONTENT_TYPE)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _body(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:12]) > MOST_PART:
        raise Refusal(413, gettext("A piece has at most %(most)s bytes.") % {"most": MOST_PART})
    return request.body


def _phone(request: HttpRequest, header: Manifest, raw: bytes, body: bytes) -> Phone:
    """The phone that signed this. One that is ended signs as well: what it brings waits."""
    beside = Phone.objects.select_related("person", "office")
    phone: Phone | None = beside.filter(fingerprint=header.phone).first()
    signature = request.headers.get("Box-Signature", "")
    if phone is None or not manifest.is_signed(signature, raw, body, bytes(phone.key)):
        raise Refusal(401, gettext("This is not a phone that is enrolled here."))
    if wait := PerPhone(phone).seconds_to_wait(request):
        raise Refusal(429, gettext("Too often. Try again later."), wait=wait)
    return phone


def _taken(phone: Phone, header: Manifest, body: bytes, knows: str) -> HttpResponse:
    """Keep the piece; of the last one, settle the whole."""
    Phone.objects.filter(pk=phone.pk).update(seen_at=Now())
    box = _box(phone, header)
    if box.state != BoxState.ARRIVING:
        return _receipt(box, 200, knows)
    if header.at != box.have:
        return _problem(409, _("Continue where it broke off."), have=box.have)
    if not body or box.have + len(body) > box.size:
        raise Malformed({"at": _("The piece does not fit into the box.")})
    BoxPart.objects.create(box=box, at=box.have, sealed=body)
    box.have, box.sent_at = box.have + len(body), header.sent_at
    if box.have < box.size:
        box.keep("have", "sent_at")
        return _receipt(box, 202)
    if sha256(sealed(box)).digest() != header.sha256:
        BoxPart.objects.filter(box=box).delete()
        box.have = 0
        box.keep("have")
        return _receipt(box, 202)  # what arrived is not what was sent: it begins anew
    box.arrived_at = timezone.now()
    settle(box)
    return _receipt(box, 201, knows)


def _box(phone: Phone, header: Manifest) -> Box:
    """Under a newer field key it may have been sealed anew, so that its number may change."""
    fixed = {
        "kind": header.kind,
        "size": header.size,
        "digest": header.sha256,
        "written_at": header.written_at,
    }
    first = {"key_number": header.key, "sent_at": header.sent_at}
    return claim(phone, header.box, fixed, first)


def _asked(box: Box, knows: str) -> dict[str, object]:
    """What the organisation asks itself now, unless this phone knows it, or knows of no such thing
    (`intake/phones/wording.py`)."""
    if not knows or box.state == BoxState.ARRIVING or box.phone.ended_at:
        return {}
    with spoken_to(box.phone.person):
        now = wording.for_phone(box.phone.person)
    return {} if now["mark"] == knows else {"asked": now}


def _receipt(box: Box, status: int, knows: str = "") -> HttpResponse:
    """What the phone may know: how far it is, the time here, the key to seal the next with, and the
    words of own questions."""
    number, key = keys.public()
    return JsonResponse(
        {
            "box": str(box.pk),
            "have": box.have,
            "received": box.state != BoxState.ARRIVING,
            "taken": box.state == BoxState.TAKEN,
            "ended": box.phone.ended_at is not None,
            "clock": timezone.now().isoformat(),
            "key": {"number": number, "public": key},
        }
        | _asked(box, knows),
        status=status,
    )
