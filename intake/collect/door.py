"""Where ODK Collect fetches its forms and submits them: OpenRosa 1.0, without a session.

User name and password are those of an account, over HTTPS only. Submitting is answered with 201 or
202 once what was sent is kept, and not before. It is read before anything is locked: a slow network
holds up nobody.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from contextlib import closing
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db.models.functions import Now
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from accounts.sign_in import limits
from core.context import acting_as
from core.days import clock
from core.languages import spoken_to
from core.refusals import gettext as _
from intake.collect import xforms
from intake.collect.account import digest_of
from intake.collect.encryption import NoForm, OtherKey, read_envelope
from intake.collect.questions import PLACES
from intake.collect.receiving import receive, too_large
from intake.models import BoxKind, BoxState, Phone
from intake.phones.arriving import PerPhone, Refusal
from intake.phones.manifest import FIRST_YEAR, LAST_YEAR, MOST_BOX

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

FORM = "xml_submission_file"
LISTS = "http://openrosa.org/xforms/xforms"
MOST_BODY = MOST_BOX + 100_000  # with what stands between the files
INCOMPLETE = "*isIncomplete*"  # says Collect where more follows
CLOSE = timedelta(minutes=10)


class InMemory(MemoryFileUploadHandler):
    """What arrives is encrypted, and has a bound: it touches no disk."""

    taken = 0  # bytes, of all files

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > MOST_BODY:
            raise too_large()
        super().receive_data_chunk(raw_data, start)


@method_decorator(csrf_exempt, name="dispatch")
class ForCollect(View):
    """Asks who calls, and answers as OpenRosa says. No cookie is asked."""

    http_method_names = ["get", "head", "options"]
    takes_ended = False  # whether an account that has ended may still do this

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            phone = caller(request)
            self.read(request)
            person = phone.person
            with acting_as(person.pk), clock.by(clock.of(person)), spoken_to(person):
                self.phone = self._in_use(phone)
                answer: Any = super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            answer = _message(refusal.words, refusal.status)
            if refusal.wait:
                answer["Retry-After"] = str(refusal.wait)
            if refusal.status == 401:
                answer["WWW-Authenticate"] = 'Basic realm="casework", charset="UTF-8"'
        answer["X-OpenRosa-Version"] = "1.0"
        answer["X-OpenRosa-Accept-Content-Length"] = str(MOST_BOX)
        return answer

    def read(self, request: HttpRequest) -> None:
        """What comes with the request, before a transaction begins. Raises `Refusal`."""

    def _in_use(self, phone: Phone) -> Phone:
        """As it is now: reading may have taken long. From here on one phone is served at a time."""
        rows = Phone.objects.filter(pk=phone.pk)
        rows.update(seen_at=Now())
        current: Phone = rows.select_related("person", "office").get()
        in_use = current.person.is_active and not current.ended_at
        if not (in_use or self.takes_ended):
            raise Refusal(403, _("This phone is already marked as no longer used."))
        return current

    def address(self, name: str, *args: str) -> str:
        return escape(self.request.build_absolute_uri(reverse(f"intake:{name}", args=args)))


def caller(request: HttpRequest) -> Phone:
    """The account whose user name and password these are, ended or not. Raises `Refusal`.

    Wrong ones are counted where they come from and do not stop a right one there: no password of
    120 bits is guessed, and an office shares an address.
    """
    if not request.is_secure():
        raise Refusal(403, _("A password is taken over HTTPS only."))
    header = request.headers.get("Authorization", "")
    refusal = Refusal(401, _("This user name and this password are not of an account here."))
    if not header:
        raise refusal
    if (phone := _found(header)) is None:
        counted = [limits.of_address(request, "collect")]
        if wait := limits.begin(counted):
            raise Refusal(429, gettext("Too often. Try again later."), wait=wait)
        limits.failed(counted)
        raise refusal
    if wait := PerPhone(phone).seconds_to_wait(request):
        raise Refusal(429, gettext("Too often. Try again later."), wait=wait)
    return phone


def _found(header: str) -> Phone | None:
    kind, _space, text = header.partition(" ")
    try:
        pair = base64.b64decode(text.strip() if kind.lower() == "basic" else "", validate=True)
        name, _colon, password = pair.decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    rows = Phone.objects.select_related("person", "office").filter(digest=digest_of(password))
    phone: Phone | None = rows.first()
    is_named = phone and hmac.compare_digest(phone.user_name.encode(), name.encode())
    return phone if is_named else None


class FormList(ForCollect):
    def get(self, request: HttpRequest) -> HttpResponse:
        forms = (xforms.blank(kind, self.phone) for kind in xforms.kinds_of(self.phone))
        entries = "".join(map(self._entry, forms))
        return _xml(f'<xforms xmlns="{LISTS}List">{entries}</xforms>')

    def _entry(self, form: xforms.BlankForm) -> str:
        beside = f"<manifestUrl>{self.address('collect-manifest')}</manifestUrl>"
        return (
            f"<xform><formID>{form.id}</formID><name>{escape(str(form.kind.label))}</name>"
            f"<version>{form.version}</version><hash>md5:{xforms.digest(form.text)}</hash>"
            f"<downloadUrl>{self.address('collect-form', form.id)}</downloadUrl>"
            f"{beside if form.kind == BoxKind.RESCUE else ''}</xform>"
        )


class Form(ForCollect):
    def get(self, request: HttpRequest, form_id: str) -> HttpResponse:
        kind = xforms.kind_of(form_id)
        if kind not in xforms.kinds_of(self.phone):
            raise Refusal(404, _("There is no such form."))
        return _xml(xforms.blank(kind, self.phone).text)


class Manifest(ForCollect):
    """The manifest of what a form needs beside itself."""

    def get(self, request: HttpRequest) -> HttpResponse:
        digest = xforms.digest(xforms.places(self.phone.person))
        return _xml(
            f'<manifest xmlns="{LISTS}Manifest"><mediaFile><filename>{PLACES}</filename>'
            f"<hash>md5:{digest}</hash>"
            f"<downloadUrl>{self.address('collect-places')}</downloadUrl>"
            "</mediaFile></manifest>"
        )


class Places(ForCollect):
    def get(self, request: HttpRequest) -> HttpResponse:
        table = xforms.places(self.phone.person)
        return HttpResponse(table, content_type="text/csv; charset=utf-8")


class Submit(ForCollect):
    http_method_names = ["post", "head", "options"]
    takes_ended = True  # what it brings waits, as of every phone

    def head(self, request: HttpRequest) -> HttpResponse:
        """Asked first: by whom it may be, and how much at once."""
        return HttpResponse(status=204)

    def read(self, request: HttpRequest) -> None:
        if request.method == "POST":
            self.files = _files(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        files = self.files
        raw = files.pop(FORM, b"")
        try:
            box = receive(self.phone, read_envelope(raw), raw, files, _sent_at(request))
        except NoForm:
            raise _no_form() from None
        except OtherKey:
            words = _(
                "This is not encrypted for your account. Get the blank forms again, and fill it in"
                " once more."
            )
            raise Refusal(400, words) from None
        if box.state == BoxState.ARRIVING:
            if INCOMPLETE not in request.POST:
                raise Refusal(400, _("Not all files of this form arrived. Send it again."))
            return _message(_("Continue where it broke off."), 202)
        if box.state == BoxState.TAKEN:
            return _message(gettext("Saved on the server"), 201)
        return _message(gettext("Arrived, but it must be checked. Sign in and open Phones."), 201)


def _files(request: HttpRequest) -> dict[str, bytes]:
    """By name, what came with the request."""
    length = request.headers.get("Content-Length", "")
    if not re.fullmatch(r"[0-9]{1,20}", length):
        raise _no_form()
    if int(length) > MOST_BODY:
        raise too_large()
    request.upload_handlers = [InMemory(request)]
    try:
        return {name: _taken(file) for name, file in request.FILES.items()}
    except (MultiPartParserError, SuspiciousOperation):
        raise _no_form() from None


def _taken(file: Any) -> bytes:
    """What is in it, which is held once."""
    with closing(file):
        return bytes(file.file.getvalue())


def _no_form() -> Refusal:
    return Refusal(400, _("This is not a form as ODK Collect sends it."))


def _sent_at(request: HttpRequest) -> datetime:
    """By the clock of the phone. Collect has written the hours from 1 to 12, without saying which
    half of the day: half a day off is not off."""
    now = timezone.now()
    try:
        sent = parsedate_to_datetime(request.headers.get("Date", ""))
    except (ValueError, TypeError, OverflowError):
        return now
    if sent.tzinfo is None or not FIRST_YEAR <= sent.year <= LAST_YEAR:
        return now
    halves = (sent, sent + timedelta(hours=12), sent - timedelta(hours=12))
    return now if any(abs(now - half) < CLOSE for half in halves) else sent


def _message(words: str, status: int) -> HttpResponse:
    nature = "submit_success" if status < 400 else "submit_error"
    message = f'<message nature="{nature}">{escape(str(words))}</message>'
    space = "http://openrosa.org/http/response"
    return _xml(f'<OpenRosaResponse xmlns="{space}">{message}</OpenRosaResponse>', status)


def _xml(text: str, status: int = 200) -> HttpResponse:
    head = "" if text.startswith("<?xml") else '<?xml version="1.0" encoding="UTF-8"?>'
    return HttpResponse(head + text, status=status, content_type="text/xml; charset=utf-8")
