"""Where a phone asks which extracts it may go on showing, and for the shares of their keys.

Without a session, by its signature: POST a JSON object, `{"phone", "asked", "after", "held",
"lacks"}`, with the header `Phone-Signature`, base64 of the 64 bytes of ECDSA (P-256, SHA-256) over
`casework reading 1`, a zero byte, and the body. `asked` is a number above that of the request
before, so that one that was overheard cannot be sent again; a 409 says which it was. `after` is the
word (`next`) of the last answer that arrived: whoever says an older one than the last two is one of
two copies of a phone, and all that it holds ends. `held`: the extracts it has; `lacks`: those of
them of which it needs the share.

The answer says what it may keep. A share opens nothing by itself: it takes the PIN and a key that
the phone does not give away. Content never comes from here.
"""

from __future__ import annotations

import secrets
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
from intake.extracts.services import end_copied, for_phone
from intake.models import AGAIN, Extract, Phone
from intake.phones import manifest
from intake.phones.arriving import PerPhone, Refusal
from intake.phones.door import refusal_of

if TYPE_CHECKING:
    from django.http import HttpRequest

SAID = b"casework reading 1\0"
MOST_BYTES, MOST_HELD = 4_000, 50
LARGEST = 2**53 - 1  # a script counts no further


class Request(NamedTuple):
    """`after`: none where the page that asks is from before an update."""

    phone: bytes
    asked: int
    after: str | None
    held: list[UUID]
    lacks: list[UUID]


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
        after = values.get("after")
        lacks = values.get("lacks", held)  # a page from before an update needs all
        if type(asked) is not int or not 0 < asked <= LARGEST or len(held) > MOST_HELD:
            raise ValueError
        if after is not None and not isinstance(after, str):
            raise ValueError
        ids = ([UUID(pk) for pk in rows] for rows in (held, lacks))
        return Request(bytes.fromhex(mark), asked, after, *ids)
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
    current = Phone.objects.select_for_update(of=("self",)).get(pk=phone.pk)
    if question.asked <= current.asked:
        raise Refusal(409, _("Continue where it broke off."), asked=current.asked)
    if question.after is None and current.word:
        raise manifest.Malformed({"after": gettext("Some fields need attention.")})
    if current.word and question.after not in (current.word, current.word_before):
        end_copied(phone, phone.person)
    word = _note(current, question)
    kept = for_phone(phone, question.held, question.lacks, phone.person)
    extracts = [_told(row, question.lacks) for row in kept]
    return JsonResponse({"ended": bool(phone.ended_at), "extracts": extracts, "next": word})


def _note(phone: Phone, question: Request) -> str:
    """That it asked. Says what the next request must say."""
    word, before = secrets.token_urlsafe(16), phone.word_before
    if question.after is None:
        word = ""
    elif question.after == phone.word:
        before = phone.word
    elif question.after != before:  # a copy: only whoever has this answer goes on
        before = word
    rows = Phone.objects.filter(pk=phone.pk)
    rows.update(asked=question.asked, seen_at=Now(), word=word, word_before=before)
    return word


def _told(row: Extract, lacks: list[UUID]) -> dict[str, object]:
    """How many seconds it lasts still, and how long its share is good for; that, if it lacks it."""
    left = row.until - timezone.now()
    share = {"share": row.share} if row.pk in lacks else {}
    return {
        "id": str(row.pk),
        "left": int(left.total_seconds()),
        "again": int(min(left, AGAIN).total_seconds()),
    } | share
