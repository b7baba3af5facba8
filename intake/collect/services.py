"""An account of ODK Collect is made by its person, and shown once."""

from __future__ import annotations

from hashlib import sha256

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.keys import vouching
from core.services import service
from intake.collect.account import Connected, digest_of, new_password
from intake.collect.encryption import new_key
from intake.models import Phone
from intake.phones.enrolling import office_of, require_fewer


@service(Perm.PHONE_KEEP, fresh=True, label=gettext_lazy("Connect ODK Collect"))
def connect_collect(*, name: str, actor: User) -> Connected:
    """Let ODK Collect on a phone fetch blank forms and deliver what you fill in, as you.

    It can do nothing else. Its password is shown once.
    """
    require_fewer(actor)
    password, (public, private) = new_password(), new_key()
    fingerprint = sha256(public).digest()
    phone = Phone(
        person=actor,
        office=office_of(actor),
        name=name,
        key=public,
        fingerprint=fingerprint,
        private=private,
        digest=digest_of(password),
    )
    with vouching.vouched("phone", actor.pk, fingerprint.hex()):
        phone.save(force_insert=True)
    audit.record("collect.connected", phone, actor=actor)
    tell([actor], "collect-connected", target=phone)
    return Connected(phone, password)
