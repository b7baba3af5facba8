"""What can happen to programs and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Prefetch
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts import keys
from accounts.columns import OverlapDays, ProgramName
from accounts.key_scopes import KeyScope
from accounts.links import organisation
from accounts.models import ApiKey, ServiceAccount, User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LABEL = "accounts.ServiceAccount"
MOST_NETWORKS = 20
OVERLAP_DAYS, MOST_DAYS = 7, 180


@dataclass(frozen=True)
class Issued:
    """A new key and its text, which nobody sees again."""

    row: ApiKey
    text: str


@service(Perm.KEY_ISSUE, fresh=True, label=gettext_lazy("Add a program"))
def open_program(
    *,
    name: ProgramName,
    username: str,
    purpose: str,
    owner: User,
    run_by: str,
    actor: User,
) -> ServiceAccount:
    """Make an account for a program. Nobody can sign in to it, and it can do nothing until two
    persons give it a role.

    Who runs it stays as it is said here.
    """
    if hasattr(owner, "service_account") or not owner.is_active:
        raise Refused(
            _("Name a person who works here and is responsible for the program."), "owner"
        )
    user, made = User.objects.get_or_create(username=username, defaults={"name": name})
    if not made:
        raise Refused(_("This user name is taken."), "username")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    account: ServiceAccount = ServiceAccount.objects.create(
        user=user, purpose=purpose, owner=owner, run_by=run_by
    )
    facts = {"user": str(user.pk), "owner": str(owner.pk), "run_by": run_by}
    audit.record("program.opened", account, actor=actor, **facts)
    return account


@service(Perm.KEY_ISSUE)
def read_programs(*, actor: User) -> list[ServiceAccount]:
    """Every program, with its roles and the keys it has in force."""
    rows = ServiceAccount.objects.select_related("owner").order_by("user__name", "id")
    programs = list(rows.prefetch_related(_users(), _in_force()))
    audit.read_rows("programs.listed", LABEL, [row.pk for row in programs], actor=actor)
    return programs


@service(Perm.KEY_ISSUE)
def read_program(account: ServiceAccount, *, actor: User) -> dict[str, object]:
    """One program: who answers for it, its roles, and its keys, those that are over as well."""
    audit.read("program.read", account, actor=actor)
    now = timezone.now()
    api_keys = ApiKey.objects.filter(user=account.user_id).select_related("issued_by", "replaces")
    keys_of = list(api_keys.order_by("-created_at", "-id")[:50])
    for key in keys_of:
        key.alive = key.is_in_force(now)
    return {
        "account": account,
        "person": User.objects.with_roles().get(pk=account.user_id),
        "keys": keys_of,
    }


@service(Perm.KEY_ISSUE, fresh=True, label=gettext_lazy("Issue a key"))
def issue_key(
    account: ServiceAccount,
    *,
    scopes: Sequence[str],
    networks: Sequence[str] = (),
    days: int = MOST_DAYS,
    actor: User,
) -> Issued:
    """Issue a key with which a program acts. It is shown once. The people who confirm roles are
    told."""
    _require_active(account.user)
    if not scopes:
        raise Refused(_("Say what the key is for."), "scopes")
    _require_words(account, scopes)
    off_boards = KeyScope.OFF_BOARD in scopes
    if off_boards and not networks:
        raise Refused(_("Say from which addresses the provider calls."), "networks")
    row, text = keys.make(
        account.user,
        lifetime=timedelta(days=days),
        scopes=sorted(set(scopes)),
        provider=organisation().issuer if off_boards else "",
        networks=_checked(networks),
        issued_by=actor,
    )
    _announce("key.issued", row, account, actor)
    return Issued(row, text)


@service(Perm.KEY_ISSUE, fresh=True, label=gettext_lazy("Replace a key"))
def rotate_key(key: ApiKey, *, overlap_days: OverlapDays = OVERLAP_DAYS, actor: User) -> Issued:
    """Issue a new key with the same rights. Both keys work for some days, so that the program
    can change over."""
    current = ApiKey.objects.select_for_update(of=("self",)).select_related("user").get(pk=key.pk)
    account = ServiceAccount.objects.filter(user=current.user_id).first()
    if account is None:
        raise Refused(
            _("This key belongs to a person. Revoke it; the person can then get a new one.")
        )
    _require_active(current.user)
    if not current.is_in_force(timezone.now()):
        raise Refused(_("This key has already expired. Issue a new one."))
    if ApiKey.objects.filter(replaces=current).exists():
        raise Refused(_("This key has already been replaced."))
    _require_words(account, current.scopes or ())
    row, text = keys.make(
        current.user,
        lifetime=current.expires_at - current.created_at,  # what was short stays short
        scopes=current.scopes,
        provider=current.provider,
        networks=current.networks,
        issued_by=actor,
        replaces=current,
    )
    end = min(current.expires_at, timezone.now() + timedelta(days=overlap_days))
    ApiKey.objects.filter(pk=current.pk).update(
        expires_at=end, updated_at=Now(), version=F("version") + 1
    )
    _announce("key.rotated", row, account, actor)
    return Issued(row, text)


@service(Perm.KEY_ISSUE, fresh=True, label=gettext_lazy("Revoke a key"))
def revoke_key(key: ApiKey, *, actor: User) -> ApiKey:
    """Revoke a key. This takes effect at once: its next call is refused."""
    ended = ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(
        revoked_at=Now(), updated_at=Now(), version=F("version") + 1
    )
    if not ended:
        raise Refused(_("This key has already been revoked."))
    key.refresh_from_db()
    audit.record("key.revoked", key, actor=actor, user=str(key.user_id))
    return key


def _announce(deed: str, row: ApiKey, account: ServiceAccount, actor: User) -> None:
    """Whoever issues a key could use it, so others learn of it at once."""
    others = {*User.objects.holding(Perm.CHANGE_DECIDE), account.owner} - {actor}
    tell(others, "key-issued", target=account)
    audit.record(deed, row, actor=actor, user=str(account.user_id))


def _checked(networks: Sequence[str]) -> list[str]:
    """Each as an address or a range, written one way."""
    if len(networks) > MOST_NETWORKS:
        raise Refused(_("At most %(most)s addresses.") % {"most": MOST_NETWORKS}, "networks")
    try:
        return sorted({str(ip_network(text)) for text in networks})
    except ValueError:
        words = _("Give addresses such as 192.0.2.7 or ranges such as 192.0.2.0/24.")
        raise Refused(words, "networks") from None


def _require_words(account: ServiceAccount, scopes: Iterable[str]) -> None:
    """Of what such a key said nothing would be open: the account holds no more either."""
    if KeyScope.OFF_BOARD in scopes and settings.ORGANISATION is None:
        raise Refused(_("No provider of your organisation is set up."), "scopes")
    if set(scopes) - set(account.words):
        words = _("This program is run by others, so its keys cannot read about people or figures.")
        raise Refused(words, "scopes")


def _require_active(user: User) -> None:
    if not user.is_active:
        raise Refused(_("This account is disabled."))


def _users() -> Prefetch:
    return Prefetch("user", queryset=User.objects.with_roles())


def _in_force() -> Prefetch:
    alive = ApiKey.objects.in_force().order_by("-created_at")
    return Prefetch("user__api_keys", queryset=alive, to_attr="alive_keys")
