"""A phone is enrolled by its person, and ended by that person or by who looks after the office."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

from allauth.account.signals import password_reset
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.db.models import F
from django.db.models.functions import Now
from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.context import acting_as
from core.keys import vouching
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from intake.models import Box, Extract, Phone, PhoneEnd
from intake.phones.enrolling import office_of, require_fewer

if TYPE_CHECKING:
    from accounts.models import User

BY_HAND = [code for code in PhoneEnd.choices if code[0] != PhoneEnd.LEFT]

PublicKey = Annotated[
    str,
    Column(
        length=200,
        label=gettext_lazy("Public half of its key"),
        help=gettext_lazy("ECDSA on P-256, as SubjectPublicKeyInfo, base64."),
    ),
]
EndedFor = Annotated[str, Column(codes=BY_HAND, needed=True)]


@service(Perm.PHONE_KEEP, fresh=True, label=gettext_lazy("Enrol this phone"))
def enrol_phone(*, public_key: PublicKey, name: str, actor: User) -> Phone:
    """Let this phone deliver what you write on it without a network.

    It can do nothing else: it reads nothing here, and cannot open again what it has sealed.
    """
    require_fewer(actor)
    key = _read(public_key)
    fingerprint = sha256(key).digest()
    if Phone.objects.filter(fingerprint=fingerprint).exists():
        raise Refused(_("This phone is already enrolled. Reload the page."), "public_key")
    phone = Phone(
        person=actor, office=office_of(actor), name=name, key=key, fingerprint=fingerprint
    )
    with vouching.vouched("phone", actor.pk, fingerprint.hex()):
        phone.save(force_insert=True)
    audit.record("phone.enrolled", phone, actor=actor)
    return phone


@service(Perm.PHONE_KEEP, label=gettext_lazy("Stop using this phone"))
def end_phone(phone: Phone, *, ended_for: EndedFor, actor: User) -> Phone:
    """End a phone. From now on, everything it delivers waits for a case manager.

    What it delivered before stays as it is, and nothing that waits on the phone is lost.
    """
    if phone.ended_at:
        raise Refused(_("This phone is already marked as no longer used."))
    _end(phone, PhoneEnd(ended_for), actor)
    phone.refresh_from_db()
    return phone


def leave_phones(user: User, *, actor: User) -> None:
    """An account that may log no rescue any more has no phone, also if the role is given back."""
    if user.is_active and type(user).objects.holding(Perm.PHONE_KEEP).filter(pk=user.pk).exists():
        return
    for phone in Phone.objects.filter(person=user).in_force():
        _end(phone, PhoneEnd.LEFT, actor)


@receiver(password_reset, dispatch_uid="intake.collect_ends")
def end_collect(user: User, **_more: object) -> None:
    """Whoever had the password may have connected ODK Collect, too: its person connects it anew."""
    with acting_as(user.pk):
        phones = list(Phone.objects.filter(person=user, digest__isnull=False).in_force())
        for phone in phones:
            _end(phone, PhoneEnd.STOPPED, user)
        if phones:
            tell([user], "collect-ended", target=user)


@service(Perm.PHONE_KEEP)
def read_phones(*, actor: User) -> tuple[list[Phone], list[Box], list[Extract]]:
    """The phones this person sees, the boxes that are on their way, and what of the cases this
    person reads can be read offline on which phone."""
    beside = Phone.objects.select_related(*Phone.shown_with)
    phones = list(beside.visible_to(actor).in_force().order_by("-created_at", "id"))
    rows = Box.objects.select_related(*Box.shown_with)
    boxes = list(rows.visible_to(actor).not_settled().order_by("written_at", "id"))
    held = Extract.objects.visible_to(actor).in_force()  # by the case, on whosever phone it is
    extracts = list(held.select_related(*Extract.shown_with).order_by("until", "id"))
    ids = [row.pk for row in [*phones, *boxes, *extracts]]
    cases = [row.case_id for row in extracts]
    audit.read_rows("phones.listed", Phone._meta.label, ids, actor=actor, shown=cases)
    return phones, boxes, extracts


def _end(phone: Phone, why: PhoneEnd, actor: User) -> None:
    rows = Phone.objects.filter(pk=phone.pk).in_force()
    rows.update(ended_at=Now(), ended_for=why, updated_at=Now(), version=F("version") + 1)
    audit.record(
        "collect.ended" if phone.is_collect else "phone.ended", phone, actor=actor, ended_for=why
    )


def _read(text: str) -> bytes:
    """The public half as a phone sends it. Raises `Refused`."""
    try:
        key = base64.b64decode(text, validate=True)
        half = load_der_public_key(key)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        half = None
    if not (isinstance(half, EllipticCurvePublicKey) and isinstance(half.curve, SECP256R1)):
        words = _("This is not a key that a phone makes. Reload the page.")
        raise Refused(words, "public_key")
    return key
