"""Where a phone asks which extracts it may go on showing, and for the shares of their keys.

Without a session, by its signature: POST a JSON object, `{"phone", "asked", "held"}`, with the
header `Phone-Signature`, base64 of the 64 bytes of ECDSA (P-256, SHA-256) over `casework reading
1`, a zero byte, and the body. `asked` is a number above that of the request before, so that one
that was overheard cannot be sent again; a 409 says which it was. `held`: the extracts it has.

The answer says what it may keep. A share opens nothing by itself: it takes the PIN and a key that
the phone does not give away. Content never comes from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import orjson
from django.db.models.functions import Now
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from core.context import acting_as
from core.days import clock
from core.refusals import gettext as _
from intake.extracts.services import for_phone
from intake.models import AGAIN, Extract, Phone
from intake.phones import manifest
from intake.phones.door import PerPhone, Refusal, refusal_of

if TYPE_CHECKING:
    from django.http import HttpRequest

SAID = b"casework reading 1\0"
MOST_BYTES, MOST_HELD = 4_000, 50
LARGEST = 2**53 - 1  # a script counts no further


class Request(NamedTuple):
    phone: bytes
    asked: int
    held: list[UUID]


@method_decorator(csrf_exempt, name="dispatch")
class Keep(View):
    """No cookie is asked, so that no other site can ask anything by one."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            question = _read(request)
            phone = _phone(request, question)
            with acting_as(phone.person_id), clock.by(clock.of(phone.person)):
                return _answer(phone, question)
        except (Refusal, manifest.Malformed) as refusal:
            return refusal_of(refusal)


def _read(request: HttpRequest) -> Request:
    body = request.body if int(request.headers.get("Content-Length") or 0) <= MOST_BYTES else b""
    try:
        values = orjson.loads(body)
        mark, asked, held = (values[name] for name in ("phone", "asked", "held"))
        if type(asked) is not int or not 0 < asked <= LARGEST or len(held) > MOST_HELD:
            raise ValueError
        return Request(bytes.fromhex(mark), asked, [UUID(pk) for pk in held])
    except (ValueError, TypeError, KeyError, AttributeError):
        words = gettext("Some fields need attention.")
        raise manifest.Malformed({"body": words}) from None


def _phone(request: HttpRequest, question: Request) -> Phone:
    """The phone that signed this."""
    beside = Phone.objects.select_related("person", "office")
    phone: Phone | None = beside.filter(fingerprint=question.phone).first()
    signature = request.headers.get("Phone-Signature", "")
    if phone is None or not manifest.verified(signature, SAID + request.body, bytes(phone.key)):
        raise Refusal(401, gettext("This is not a phone that is enrolled here."))
    if wait := PerPhone(phone).seconds_to_wait(request):
        raise Refusal(429, gettext("Too often. Try again later."), wait=wait)
    return phone


def _answer(phone: Phone, question: Request) -> HttpResponse:
    newer = Phone.objects.filter(pk=phone.pk, asked__lt=question.asked)
    if not newer.update(asked=question.asked, seen_at=Now()):
        asked = Phone.objects.values_list("asked", flat=True).get(pk=phone.pk)
        raise Refusal(409, _("Continue where it broke off."), asked=asked)
    kept = for_phone(phone, question.held, phone.person)
    return JsonResponse({"ended": bool(phone.ended_at), "extracts": [_told(row) for row in kept]})


def _told(row: Extract) -> dict[str, object]:
    """How many seconds it lasts still, and the share with how long that is good for."""
    left = row.until - timezone.now()
    return {
        "id": str(row.pk),
        "left": int(left.total_seconds()),
        "again": int(min(left, AGAIN).total_seconds()),
        "share": row.share,
    }
